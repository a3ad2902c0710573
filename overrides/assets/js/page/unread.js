// Where search cannot be read, its list says so and points to what works without it.
// A page that was opened from a folder, or is in a closed frame, may read no other file.
const alone = location.protocol === "file:" || origin === "null";
const root = new URL("../../", document.currentScript.src);
changebook.unread = (field) => {
  const form = field.closest("form"), panel = form.querySelector(".cb-results");
  const link = (path, text) => Object.assign(document.createElement("a"), { href: new URL(alone ? `${path}index.html` : path, root).href, textContent: text });
  const line = (...parts) => { const p = document.createElement("p"); p.append(...parts); return p; };
  const box = document.createElement("div");
  box.className = "cb-results__none";
  box.append(line("Search doesn't work here."), line("Look under ", link("symptoms/", "Symptoms A-Z"), "."));
  box.firstChild.className = "cb-results__verdict";
  if (alone) box.append(line("Search works at the site's own address. From a folder, serve it first: python3 -m http.server. Or open the ", link("downtime/", "Downtime binder"), ", which needs neither."));
  panel.replaceChildren(box, Object.assign(document.createElement("div"), { role: "listbox", id: field.getAttribute("aria-controls"), ariaLabel: "Results" }));
  panel.hidden = false;
  document.getElementById("cb-status").textContent = "Search doesn't work here";
};
