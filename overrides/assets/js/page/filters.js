// Filters: a pressed chip shows the blocks of its kind.
document.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-cb-filter]");
  if (!chip) return;
  for (const other of chip.parentElement.children) other.setAttribute("aria-pressed", String(other === chip));
  for (const block of document.querySelectorAll("[data-cb-kind]")) {
    block.hidden = chip.dataset.cbFilter !== "all" && !block.dataset.cbKind.split(" ").includes(chip.dataset.cbFilter);
  }
  // A month or letter without a visible line is not shown either.
  for (const section of document.querySelectorAll("section:has([data-cb-kind])")) {
    section.hidden = !section.querySelector("[data-cb-kind]:not([hidden])");
  }
});
