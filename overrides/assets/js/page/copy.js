// Copy buttons: data-cb-copy names the element whose text is copied. The result is announced politely.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-cb-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.cbCopy);
  const label = button.querySelector(".cb-copy__label");
  try {
    await navigator.clipboard.writeText(source.innerText.trim());
    label.textContent = "Copied";
  } catch (error) {
    getSelection().selectAllChildren(source);
    label.textContent = "Selected: press Ctrl+C";
  }
  button.dataset.done = "";
  document.getElementById("cb-status").textContent = label.textContent;
  setTimeout(() => { label.textContent = button.dataset.label || "Copy"; delete button.dataset.done; }, 2400);
});
