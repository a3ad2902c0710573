// Buttons that print the page; one may name what it unfolds first.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-cb-print]");
  if (!button) return;
  const fold = document.getElementById(button.dataset.cbPrint);
  if (fold) {
    fold.open = true;
    fold.dataset.cbAsked = "";
    addEventListener("afterprint", () => delete fold.dataset.cbAsked, { once: true });
  }
  print();
});
