// The field that has the focus, its list, and what both are at: one list is open at a time, and the address tells which.
const ADDRESS = 1000; // letters of a search that an address holds
const PAUSE = 250; // milliseconds after which what is typed is in the address: browsers refuse one that changes with every letter
const ROWS = 8; // rows at first; "Show more" adds as many
const CHOICES = { system: "All systems", group: "All groups", status: "Any status", severity: "Any severity" };
let form = null, field = null, panel = null;
let filters = {}, rows = [], chosen = 0, shown = ROWS, last = null, keptFor = null;
let run = 0; // counts up with every list that is begun and every one that is closed: a late answer is of an old run
let listed = Promise.resolve(); // the list that is on its way

const announce = (text) => { document.getElementById("cb-status").textContent = text; };
const address = () => {
  const url = new URL(location.href);
  for (const name of ["q", "kind", ...Object.keys(CHOICES)]) url.searchParams.delete(name);
  const text = field?.value.trim();
  if (panel && !panel.hidden && text) {
    const said = changebook.unsaid(text.slice(0, ADDRESS));
    if (said) url.searchParams.set("q", said);
    for (const [name, term] of Object.entries(filters)) if (term) url.searchParams.set(name, term);
  }
  if (url.href !== location.href) history.replaceState(history.state, "", url);
};
const close = () => {
  run++;
  filters = {}; // the next caller is another one
  if (!panel || panel.hidden) return;
  panel.hidden = true;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
  address();
};
const attach = (input) => {
  if (field === input) return;
  close();
  field = input;
  form = input.closest("form");
  panel = form.querySelector(".cb-results");
  rows = []; last = null;
};
