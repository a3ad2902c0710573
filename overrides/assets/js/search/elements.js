// Elements of the list. The build puts the icons in `icons`.
const make = (name, attributes = {}, ...inside) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value);
  element.append(...inside.filter((one) => one !== null && one !== undefined && one !== ""));
  return element;
};
const icon = (name) => {
  const holder = document.createElement("template");
  holder.innerHTML = icons[name] || ""; // our own drawings, placed by the build
  return holder.content;
};
const status = (change) => make("span", { class: `cb-status cb-status--${change.status}` }, icon(change.status), change.words);
