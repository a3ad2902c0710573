// The drawer, by keyboard: a real button drives Material's checkbox; Esc closes and gives focus back.
const drawer = document.getElementById("__drawer");
const menu = document.querySelector("[data-cb-drawer]");
const setDrawer = (open) => {
  drawer.checked = open;
  drawer.dispatchEvent(new Event("change", { bubbles: true }));
  menu.setAttribute("aria-expanded", String(open));
  if (open) document.querySelector(".md-sidebar--primary a[href]:not(.md-logo)")?.focus();
};
menu?.addEventListener("click", () => setDrawer(!drawer.checked));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drawer.checked && !changebook.composing(event)) { setDrawer(false); menu.focus(); }
});
// On a phone the list of pages is one row: the page being read is scrolled into it.
const here = document.querySelector(".cb-local [aria-current]");
if (here) here.closest("ul").scrollLeft = here.offsetLeft - 12;
