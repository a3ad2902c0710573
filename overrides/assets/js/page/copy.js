// Copy buttons: data-cb-copy names the element whose text is copied. The result is announced politely.
const say = (button, words, announced = words) => {
  const label = button.querySelector(".cb-copy__label");
  label.textContent = words;
  document.getElementById("cb-status").textContent = announced;
  setTimeout(() => { label.textContent = button.dataset.label || "Copy"; delete button.dataset.done; }, 2400);
};
// A blank that is empty is named and marked, and the caret goes to it: what is sent holds no brackets.
const lacking = (button, source, fields) => {
  const blanks = fields.map((field) => field.placeholder.slice(1, -1)).join(", ");
  const empty = [...source.querySelectorAll(".cb-fill__field")].filter((field) => !field.value.trim());
  for (const field of empty) field.setAttribute("aria-invalid", "true");
  for (const note of document.querySelectorAll(`[data-cb-left="${source.id}"]`)) {
    note.textContent = `Fill in: ${blanks}`;
    note.dataset.cbLacking = "";
  }
  fields[0].focus();
  say(button, "Fill in first", `Not copied. Fill in: ${blanks}`);
};
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-cb-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.cbCopy), fields = changebook.empty(source);
  if (fields.length) { lacking(button, source, fields); return; }
  const text = changebook.textOf(source);
  try {
    await navigator.clipboard.writeText(text);
    say(button, "Copied");
  } catch (error) {
    getSelection().selectAllChildren(source);
    // What is in fields is no part of a selection.
    document.addEventListener("copy", (copying) => {
      if (getSelection().anchorNode !== source) return;
      copying.clipboardData.setData("text/plain", text);
      copying.preventDefault();
    }, { once: true });
    say(button, "Selected: press Ctrl+C");
  }
  button.dataset.done = "";
});
