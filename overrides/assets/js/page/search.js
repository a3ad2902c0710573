// Search's own script and index are fetched when its field has focus, or when the address asks for something.
const script = new URL("search.js", document.currentScript.src);
const beginSearch = (field, asked) => import(script).then((search) => search.begin(field, asked), () => {
  changebook.unread(field);
  const form = field.closest("form"), panel = form.querySelector(".cb-results");
  form.onsubmit = () => false;
  form.onkeydown = (event) => { if (event.key === "Escape" && !changebook.composing(event)) panel.hidden = true; };
  form.onfocusout = (event) => { if (!form.contains(event.relatedTarget)) panel.hidden = true; };
  document.addEventListener("focusin", first); // the next time it may be there
});
function first(event) {
  if (!event.target.matches(".cb-search__field")) return;
  document.removeEventListener("focusin", first);
  beginSearch(event.target);
}
document.addEventListener("focusin", first);
// On a touch screen the keyboard would cover the page.
const byKeyboard = matchMedia("(hover: hover) and (pointer: fine)").matches;
changebook.search = (asked) => {
  const field = document.querySelector(".cb-search--big .cb-search__field") || document.querySelector(".cb-search__field");
  // Its keys work in the list that an address opens.
  if (field) beginSearch(field, asked).then(() => { if (byKeyboard && document.activeElement === document.body && !field.closest("form").querySelector(".cb-results").hidden) field.focus({ preventScroll: true }); });
};
const asked = new URLSearchParams(location.search);
if (asked.get("q")) changebook.search(asked);
// Whoever opens home with a keyboard at hand begins by typing what the caller says; an address that names a place leads there.
else if (byKeyboard && !location.hash)
  document.querySelector(".cb-header--home ~ * .cb-search--big .cb-search__field")?.focus({ preventScroll: true });
