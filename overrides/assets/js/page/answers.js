// An answer's own address opens it.
const openAnswer = () => {
  const place = document.getElementById(location.hash.slice(1)), fold = place?.closest("details:not([open])");
  if (!fold) return;
  fold.open = true;
  if (fold !== place) place.scrollIntoView();
};
addEventListener("hashchange", openAnswer); openAnswer();
