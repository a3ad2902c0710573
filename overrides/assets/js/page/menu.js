// The drawer, by keyboard: a real button drives Material's checkbox; Esc closes and gives focus back.
const drawer = document.getElementById("__drawer");
const menu = document.querySelector("[data-cb-drawer]");
const setDrawer = (open) => {
  drawer.checked = open;
  drawer.dispatchEvent(new Event("change", { bubbles: true }));
  if (open) document.querySelector(".md-sidebar--primary a[href]:not(.md-logo)")?.focus();
};
// It is closed beside the menu too, by a label of Material's.
drawer.addEventListener("change", () => menu?.setAttribute("aria-expanded", String(drawer.checked)));
menu?.addEventListener("click", () => setDrawer(!drawer.checked));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drawer.checked && !changebook.composing(event)) { setDrawer(false); menu.focus(); }
});
// On a phone the list of pages is one row: the page being read is scrolled into it.
const here = document.querySelector(".cb-local [aria-current]");
if (here) here.closest("ul").scrollLeft = here.offsetLeft - 12;
