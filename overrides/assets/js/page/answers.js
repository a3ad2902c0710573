// The place on the page that its address names; an address may end in anything, such as `#100%`.
changebook.named = () => {
  const name = location.hash.slice(1);
  try { return document.getElementById(decodeURIComponent(name)); } catch { return document.getElementById(name); }
};
// An answer's own address opens it.
const openAnswer = () => {
  const place = changebook.named(), fold = place?.closest("details:not([open])");
  if (!fold) return;
  fold.open = true;
  if (fold !== place) place.scrollIntoView();
};
addEventListener("hashchange", openAnswer); openAnswer();
