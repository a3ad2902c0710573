// Code that is wider than its place is a stop for the keyboard, which scrolls it.
const watch = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
for (const code of document.querySelectorAll("pre > code")) watch.observe(code);
