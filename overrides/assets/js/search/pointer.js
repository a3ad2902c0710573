// The mouse in a list. Events are heard at the document, so that they hold when a page's parts are exchanged.
document.addEventListener("mousedown", (event) => { if (event.target.closest(".cb-result")) event.preventDefault(); });
const clicked = (event) => {
  const target = event.target.closest("[data-row], [data-cb-kind-only], [data-cb-unfilter], [data-cb-more], [data-cb-keep], [data-cb-ask]");
  if (!target || !panel?.contains(target)) { if (form && !form.contains(event.target)) close(); return; }
  if (target.dataset.row) { open(rows[Number(target.dataset.row)], event.ctrlKey || event.metaKey || event.button === 1); return; }
  if (target.dataset.cbKeep !== undefined) { if (keep(target.dataset.cbKeep)) target.replaceChildren("Kept in this browser"); return; }
  if (target.dataset.cbAsk) field.value = target.dataset.cbAsk;
  else if ("cbMore" in target.dataset) shown += ROWS;
  else if ("cbUnfilter" in target.dataset) filters = {};
  else filters.kind = target.dataset.cbKindOnly;
  show().then(() => field.focus());
};
document.addEventListener("click", clicked);
document.addEventListener("auxclick", (event) => { if (event.button === 1 && event.target.closest(".cb-result")) clicked(event); });
document.addEventListener("change", (event) => {
  const name = event.target.dataset?.cbChoice;
  if (!name || !panel?.contains(event.target)) return;
  filters[name] = event.target.value;
  show().then(() => panel.querySelector(`[data-cb-choice="${name}"]`)?.focus());
});
