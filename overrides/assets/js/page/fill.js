// The blanks of a text to say, in place: a time is shown as it is now; where the text can be copied, there is a field for
// anything else. Paper keeps the brackets. What is typed is kept nowhere.
const add = (name, attributes, text = "") => Object.assign(document.createElement(name), attributes, { textContent: text });
const sources = new Set([...document.querySelectorAll("[data-cb-copy]")].map((button) => document.getElementById(button.dataset.cbCopy)));
const times = [];
const fieldOf = (blank) => {
  const words = blank.slice(1, -1);
  const field = add("input", { className: "cb-fill__field", type: "text", autocomplete: "off", placeholder: blank, size: blank.length, maxLength: 200 });
  field.setAttribute("aria-label", words);
  return field;
};
for (const place of document.querySelectorAll(".cb-fill")) {
  const team = place.closest("[data-cb-team]")?.dataset.cbTeam;
  const blank = place.dataset.cbBlank ?? place.textContent, words = changebook.filled(blank, team);
  const copied = [...sources].some((source) => source.contains(place));
  if (words === blank && !copied) continue;
  const screen = words === blank ? fieldOf(blank) : add("span", { className: "cb-fill__time" }, words);
  if (words !== blank) times.push({ screen, blank, team });
  place.replaceChildren(add("span", { className: "cb-fill__paper" }, place.textContent), screen);
}
// A time is written only where it changes: a reader may have it selected.
const tell = () => {
  for (const { screen, blank, team } of times) {
    const words = changebook.filled(blank, team);
    if (screen.textContent !== words) screen.textContent = words;
  }
};
changebook.eachMinute(tell);

// The fields of a text that are empty, each blank once however often it is there.
changebook.empty = (source) => {
  const fields = [...source.querySelectorAll(".cb-fill__field")].filter((field) => !field.value.trim());
  return fields.filter((field, at) => fields.findIndex((other) => other.placeholder === field.placeholder) === at);
};
// A text as it is shown, its times as of this moment, its fields as what is in them.
changebook.textOf = (source) => {
  tell();
  const copy = source.cloneNode(true), fields = source.querySelectorAll(".cb-fill__field");
  copy.querySelectorAll(".cb-fill__field").forEach((field, at) => field.replaceWith(fields[at].value.trim() || field.placeholder));
  copy.removeAttribute("id");
  copy.inert = true;
  source.after(copy); // only what is on the page has lines
  const text = copy.innerText.trim();
  copy.remove();
  return text;
};
// How many fields are still empty, in the line beside the button.
const count = (source) => {
  const left = changebook.empty(source).length;
  for (const note of document.querySelectorAll(`[data-cb-left="${source.id}"]`)) {
    note.textContent = !left ? "Ready to send" : left === 1 ? `${left} blank to fill` : `${left} blanks to fill`;
    delete note.dataset.cbLacking;
  }
};
sources.forEach(count);
// The same blank twice is filled once.
document.addEventListener("input", ({ target }) => {
  if (!target.matches(".cb-fill__field")) return;
  const source = [...sources].find((one) => one.contains(target));
  for (const field of source.querySelectorAll(".cb-fill__field")) {
    if (field.placeholder !== target.placeholder) continue;
    if (field !== target) field.value = target.value;
    field.size = Math.max(field.placeholder.length, field.value.length);
    field.removeAttribute("aria-invalid");
  }
  count(source);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches(".cb-fill__field") || changebook.composing(event)) return;
  const source = [...sources].find((one) => one.contains(event.target));
  document.querySelector(`[data-cb-copy="${source.id}"]`).click();
});
