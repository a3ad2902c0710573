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
const asked = new URLSearchParams(location.search);
if (asked.get("q")) {
  const field = document.querySelector(".cb-search--big .cb-search__field") || document.querySelector(".cb-search__field");
  if (field) beginSearch(field, asked);
}
// Whoever opens home with a keyboard at hand begins by typing what the caller says. On a touch screen the keyboard would
// cover the page, and an address that names a place leads there.
else if (!location.hash && matchMedia("(hover: hover) and (pointer: fine)").matches)
  document.querySelector(".cb-header--home ~ * .cb-search--big .cb-search__field")?.focus({ preventScroll: true });
