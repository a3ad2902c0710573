// Elements of the list.
const make = (name, attributes, ...inside) => {
  const element = document.createElement(name);
  for (const key in attributes) {
    const value = attributes[key];
    if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value);
  }
  const parts = inside.filter((one) => one !== null && one !== undefined && one !== "");
  if (parts.length) element.append(...parts);
  return element;
};
const DRAWING = "http://www.w3.org/2000/svg";
// By name, the icons of lists that are gone: they are drawn again at once, and a new one a moment later, as its file is asked for.
const icons = new Map();
const icon = (name) => {
  if (!icons.has(name)) icons.set(name, []);
  const spare = icons.get(name).pop();
  if (spare) return spare;
  const [drawing, use] = ["svg", "use"].map((tag) => document.createElementNS(DRAWING, tag));
  drawing.setAttribute("class", "cb-icon");
  drawing.setAttribute("aria-hidden", "true");
  drawing.dataset.cbIcon = name;
  use.setAttributeNS("http://www.w3.org/1999/xlink", "xlink:href", `${root.pathname}assets/icons.svg#${name}`);
  drawing.append(use);
  return drawing;
};
const spareIcons = (drawings) => { for (const drawing of drawings) icons.get(drawing.dataset.cbIcon)?.push(drawing); };
const status = (change) => make("span", { class: `cb-status cb-status--${change.status}` }, icon(change.status), change.words);
