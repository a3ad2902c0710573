// Named to come after answers.js and before filters.js, which needs it as it is read.
// What is folded on a long list is in files of its own: they come when the fold is opened, a filter looks into it, or an address
// names a place in it. `changebook.unfolded` has what is missing of this page come.
const take = async (fold) => {
  const names = fold.dataset.cbParts.split(" ");
  delete fold.dataset.cbParts;
  try {
    const texts = await Promise.all(names.map(async (name) => {
      const answer = await fetch(name);
      if (!answer.ok) throw new Error(`${answer.status} ${name}`);
      return answer.text();
    }));
    const parts = texts.map((text) => new DOMParser().parseFromString(text, "text/html").querySelector("[data-cb-part]"));
    fold.querySelector("[data-cb-links]").replaceWith(...parts.flatMap((part) => [...part.childNodes]));
    changebook.decide();
    dispatchEvent(new Event("cb-part"));
  } catch {
    fold.dataset.cbParts = names.join(" "); // its links lead to the same
  }
};
changebook.unfolded = () => Promise.all([...document.querySelectorAll("[data-cb-parts]")].map(take));
document.addEventListener("toggle", ({ target }) => { if (target.open && target.dataset.cbParts) take(target); }, true);
if (location.hash.length > 1 && !changebook.named()) {
  changebook.unfolded().then(() => {
    for (let fold = changebook.named()?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    changebook.named()?.scrollIntoView();
  });
}
