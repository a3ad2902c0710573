// Opening what a row leads to.
const open = (row, elsewhere) => {
  const url = new URL(row.address, root);
  if (elsewhere) { window.open(url, "_blank", "noopener"); return; }
  // The words stay in the address: Back comes to the list again.
  address();
  run++;
  panel.hidden = true;
  field.setAttribute("aria-expanded", "false");
  // A link of the page's own, so that instant loading sees it.
  const link = make("a", { href: url.href, hidden: "" });
  document.body.append(link);
  link.click();
  link.remove();
};
