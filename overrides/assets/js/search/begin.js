// Over the keyboard of a touch screen there is room for one result, with whom to call, once the field is at the top.
const atTop = () => { if (matchMedia("(hover: none)").matches) form.scrollIntoView({ block: "start" }); };
// From a field to its list. Events are heard at the document, so that they hold when a page's parts are exchanged.
document.addEventListener("focusin", (event) => {
  if (event.target.matches(".cb-search__field")) { attach(event.target); atTop(); if (field.value.trim() && panel.hidden) show(); }
  else if (form && !form.contains(event.target)) close();
});
document.addEventListener("input", (event) => {
  if (!event.target.matches(".cb-search__field")) return;
  attach(event.target);
  shown = ROWS;
  if (field.value === event.data) filters = {}; // typed or pasted over what was there
  show(PAUSE);
});
document.addEventListener("reset", (event) => {
  if (event.target !== form) return;
  close();
  setTimeout(() => field.focus());
});
document.addEventListener("submit", (event) => { if (event.target.matches(".cb-search")) event.preventDefault(); });

// Begin at a field: with what an address asks for, or with what was typed while this file was on its way. Returns when that
// is shown.
export const begin = (input, asked) => {
  attach(input);
  if (document.activeElement === input) atTop();
  const typed = input.value.trim(), said = asked?.get("q");
  if (said && (!typed || typed === said)) { // what was typed meanwhile counts
    input.value = said;
    for (const name of ["kind", ...Object.keys(CHOICES)]) if (asked.get(name)) filters[name] = asked.get(name);
  }
  if (asked || (input.value.trim() && panel.hidden && document.activeElement === input)) return show();
  // Asked for early; a failure shows when there is something to find.
  return begun().then((start) => file(start, firstFile("symptoms"))).catch(() => {});
};
