// "/" puts the caret in search from anywhere, unless the reader has turned it off: whoever speaks to a browser types by chance.
let slash = changebook.store.get("changebook.slash") !== "off";
const showSlash = () => {
  document.documentElement.toggleAttribute("data-cb-no-slash", !slash);
  for (const button of document.querySelectorAll("[data-cb-slash]")) { button.hidden = false; button.textContent = slash ? "Turn the key off" : "Turn the key on"; }
};
showSlash();
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-cb-slash]")) return;
  slash = !slash;
  changebook.store.set("changebook.slash", slash ? "on" : "off");
  showSlash();
});
document.addEventListener("keydown", (event) => {
  if (!slash || event.key !== "/" || changebook.composing(event) || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, [contenteditable]")) return;
  const field = [...document.querySelectorAll(".cb-search__field")].find((one) => one.checkVisibility({ visibilityProperty: true }));
  if (field) { event.preventDefault(); field.focus(); field.select(); }
});
