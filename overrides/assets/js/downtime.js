// The binder's own filter: it is one file, also when it is opened from a disk. Paper always has everything.
"use strict";
const form = document.getElementById("filter"), field = form.elements.text, said = form.querySelector("[role=status]");
const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/\s+/g, " ");
const parts = [...document.querySelectorAll("[data-cb-is]")].map((part) => [part, plain(part.textContent)]);
const groups = [...document.querySelectorAll("[data-cb-group]")];
const show = () => {
  const words = plain(field.value).split(" ").filter(Boolean);
  let count = 0;
  for (const [part, text] of parts) {
    const fits = words.every((word) => text.includes(word));
    part.toggleAttribute("data-cb-out", !fits);
    count += fits;
  }
  for (const group of groups) group.toggleAttribute("data-cb-out", !group.querySelector("[data-cb-is]:not([data-cb-out])"));
  said.textContent = !words.length ? "" : count ? `Showing ${count} of ${parts.length} entries` : "Nothing matches";
};
form.hidden = false;
form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
field.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing) { field.value = ""; show(); }
});
show(); // a browser may give the page back with what was typed
