// The drawer, by keyboard: a real button drives Material's checkbox; Esc closes and gives focus back.
const drawer = document.getElementById("__drawer");
const menu = document.querySelector("[data-cb-drawer]");
const setDrawer = (open) => {
  drawer.checked = open;
  drawer.dispatchEvent(new Event("change", { bubbles: true }));
  const links = open ? [...document.querySelectorAll(".md-nav--primary .md-nav__link:is(a, label[tabindex])")] : [];
  links.find((link) => link.checkVisibility({ visibilityProperty: true }))?.focus();
};
// It is closed beside the menu too, by a label of Material's.
drawer.addEventListener("change", () => menu?.setAttribute("aria-expanded", String(drawer.checked)));
menu?.addEventListener("click", () => setDrawer(!drawer.checked));
addEventListener("hashchange", () => { if (drawer.checked) setDrawer(false); }); // it leads to a place on the page
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drawer.checked && !changebook.composing(event)) { setDrawer(false); menu.focus(); }
});
// A group of pages opens, and its title closes it, by a label of Material's: from the keyboard it works as a button does.
for (const label of document.querySelectorAll(".md-nav--primary .md-nav label, .md-nav--primary label.md-nav__link")) label.tabIndex = 0;
document.addEventListener("keydown", (event) => {
  const label = event.target.closest?.("label[tabindex]");
  if (!label || !changebook.presses(event)) return;
  event.preventDefault();
  label.click();
  const to = label.control.checked ? label.nextElementSibling.querySelector("label, a") : label.control.nextElementSibling;
  to.focus();
});
// On a phone the list of pages is one row: the page being read is scrolled into it.
const here = document.querySelector(".cb-local [aria-current]");
if (here) here.closest("ul").scrollLeft = here.offsetLeft - 12;
