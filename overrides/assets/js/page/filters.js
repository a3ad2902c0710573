// Filters over a list. What is typed and chosen is kept in the address, so that anyone can bookmark the list as it is shown;
// folded rows that match are unfolded, and folded again when the filter is cleared.
const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/\s+/g, " ");
const count = (number) => number.toLocaleString(document.documentElement.lang);
const listen = (form) => {
  const controls = [...form.elements].filter((one) => one.name), clear = form.querySelector("[type=reset]");
  const status = form.querySelector("[data-cb-shown]"), what = form.dataset.cbFind, opened = new Set();
  let rows, folds, groups, total, words, marks, later;
  // What was cancelled is in its place, and is none of what is counted.
  const counts = (row) => !("cbUncounted" in row.dataset);
  const gather = () => {
    rows = [...document.querySelectorAll("[data-cb-is]")];
    folds = [...document.querySelectorAll(".cb-fold")];
    groups = [...document.querySelectorAll("[data-cb-group], .cb-fold")];
    total = document.querySelector("[data-cb-links]") ? Number(form.dataset.cbTotal) : rows.filter(counts).length;
    words = marks = null;
  };
  const read = () => { // once, when it is first needed: a list may have thousands of rows
    words ??= rows.map((row) => plain(`${row.textContent} ${row.dataset.cbAlso ?? ""}`));
    marks ??= rows.map((row) => new Set(row.dataset.cbIs.split(" ")));
  };
  const show = () => {
    const chosen = controls.filter((one) => one.value.trim());
    const typed = plain(form.elements.text.value).split(" ").filter(Boolean);
    const wanted = chosen.filter((one) => one.name !== "text").map((one) => `${one.name}=${one.value}`);
    if (chosen.length) { changebook.unfolded?.(); read(); }
    let shown = 0;
    rows.forEach((row, at) => {
      const fits = !chosen.length || (wanted.every((mark) => marks[at].has(mark)) && typed.every((word) => words[at].includes(word)));
      row.hidden = !fits;
      shown += fits && counts(row);
    });
    // A month, letter or year without a visible row is not shown either.
    for (const group of groups) group.hidden = chosen.length > 0 && !group.closest("[data-cb-is]") && !group.querySelector("[data-cb-is]:not([hidden])");
    for (const fold of folds) {
      // What is folded inside one row is unfolded for words that may be in it.
      const wants = chosen.length > 0 && !fold.hidden && (typed.length > 0 || !fold.closest("[data-cb-is]"));
      if (wants && !fold.open) { fold.open = true; opened.add(fold); }
      else if (!wants && opened.delete(fold)) fold.open = false;
    }
    clear.hidden = !chosen.length;
    document.documentElement.toggleAttribute("data-cb-filtered", chosen.length > 0);
    return !chosen.length ? `${count(total)} ${what}` : shown ? `Showing ${count(shown)} of ${count(total)} ${what}` : `None of ${count(total)} ${what} match`;
  };
  const keep = () => {
    const address = new URL(location);
    for (const one of controls) {
      const said = one.value.trim() && changebook.unsaid(one.value);
      if (said) address.searchParams.set(one.name, said);
      else address.searchParams.delete(one.name);
    }
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  };
  // The list follows each key; the address and what is read out follow when the reader pauses.
  const tell = () => {
    const said = show();
    clearTimeout(later);
    later = setTimeout(() => { changebook.hiding().then(keep, () => {}); if (status.textContent !== said) status.textContent = said; }, 250);
  };
  const take = () => {
    const asked = new URLSearchParams(location.search);
    let ignored = "";
    for (const one of controls) {
      one.value = asked.get(one.name) ?? "";
      if (one.selectedIndex !== -1) continue;
      // An address may name what is no longer a choice.
      one.value = "";
      ignored += `“${asked.get(one.name)}” is not a choice under ${one.labels[0].firstElementChild.textContent}, so it is ignored. `;
    }
    status.textContent = ignored + show();
  };
  form.addEventListener("input", tell);
  form.addEventListener("submit", (event) => { event.preventDefault(); tell(); });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const one of controls) one.value = "";
    tell();
    form.elements.text.focus();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.target !== form.elements.text || !event.target.value || changebook.composing(event)) return;
    event.preventDefault();
    event.target.value = "";
    tell();
  });
  gather();
  addEventListener("cb-part", () => { gather(); tell(); });
  addEventListener("popstate", take);
  addEventListener("pageshow", (event) => { if (event.persisted) take(); });
  take();
};
document.querySelectorAll("[data-cb-find]").forEach(listen);
