// Light or dark, as the reader chose it: the buttons in the header, each with the choice that it leads to. Where Material's own
// script is on the page, that does the same.
const choices = document.getElementById("__config") ? [] : [...document.querySelectorAll("input[name=__palette]")];
const colors = ({ dataset }) => ({ media: dataset.mdColorMedia, scheme: dataset.mdColorScheme, primary: dataset.mdColorPrimary, accent: dataset.mdColorAccent });
const show = (index) => choices.forEach((choice, at) => {
  choice.checked = at === index;
  choice.nextElementSibling.hidden = at !== index;
});
const first = () => Math.max(choices.findIndex((choice) => matchMedia(choice.dataset.mdColorMedia).matches), 0);
choices.forEach((choice, index) => choice.addEventListener("change", () => {
  const color = colors(choice);
  for (const [key, value] of Object.entries(color)) document.body.setAttribute(`data-md-color-${key}`, value);
  __md_set("__palette", { index, color });
  show(index);
}));
if (choices.length) show(Math.min(__md_get("__palette")?.index ?? first(), choices.length - 1));
// To a browser they are choices, between which only arrows go; the reader sees a button.
document.addEventListener("keydown", (event) => {
  if (event.target.name !== "__palette" || !changebook.presses(event)) return;
  event.preventDefault();
  const next = event.target.nextElementSibling.control;
  next.click();
  next.focus();
});
