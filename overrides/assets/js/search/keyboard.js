// The keyboard in a list: arrows choose, Enter opens, Ctrl+Enter copies what to say, Escape closes and then empties.
const flash = (text) => {
  const hint = panel.querySelector("[data-cb-says]");
  if (!hint || hint.dataset.cbSays === "done") return;
  const before = [...hint.childNodes];
  hint.dataset.cbSays = "done";
  hint.replaceChildren(text);
  setTimeout(() => { hint.replaceChildren(...before); hint.dataset.cbSays = ""; }, 2400);
};
const enter = async (event) => {
  await listed; // what was typed last is what is opened
  if (panel.hidden) return;
  if (!rows.length) {
    if (last && !last.answer.good && keep(last.text)) panel.querySelector("[data-cb-keep]")?.replaceChildren("Kept in this browser");
    return;
  }
  const row = rows[chosen];
  if (!event.ctrlKey && !event.metaKey) { open(row, event.shiftKey); return; }
  if (!row.say) { announce("Nothing to copy here"); flash("Nothing to copy here"); return; }
  const text = changebook.filled(row.say, row.team), blanks = [...new Set(text.match(/\[[^[\]]+\]/g))].map((blank) => blank.slice(1, -1));
  const left = blanks.length ? `, fill in: ${blanks.join(", ")}` : "";
  try { await navigator.clipboard.writeText(text); announce(`Copied what to say${left}`); flash(`Copied${left}`); }
  catch (error) { announce("Not copied: open the playbook and copy it there"); }
};
document.addEventListener("keydown", (event) => {
  if (!form?.contains(event.target) || changebook.composing(event)) return;
  if (event.key === "Escape") {
    event.preventDefault();
    if (panel.hidden && event.target === field) field.value = "";
    field.select(); // what is typed next is another search
    field.focus(); // before the list is closed: a field that gets focus opens it
    close();
  }
  if (event.target !== field) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (panel.hidden) show();
    else choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
  } else if (event.key === "Enter") {
    event.preventDefault();
    enter(event);
  }
});
