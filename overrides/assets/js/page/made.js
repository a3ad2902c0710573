// When the site was made, on paper and wherever a page says so.
for (const place of document.querySelectorAll("[data-cb-made]")) {
  place.textContent = place.dataset.cbMade + changebook.made.words;
  if (place.matches("time")) place.dateTime ||= changebook.made.now;
}
