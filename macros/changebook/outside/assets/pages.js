// Search over the pages of an edition: every word must begin a word of a page; a title counts more than a text.
const form = document.querySelector("[data-cb-pages]");
if (form) {
  const found = document.querySelector("[data-cb-pages-found]"), shown = document.querySelector("[data-cb-pages-shown]");
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const wordsOf = (text) => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  let pages;
  const read = async () => {
    if (pages) return pages;
    const answer = await fetch(form.dataset.cbPages, { cache: "no-cache" });
    if (!answer.ok) throw new Error(String(answer.status));
    pages = (await answer.json()).map((page) => ({ ...page, head: wordsOf(page.title), body: wordsOf(page.text) }));
    return pages;
  };
  // How well a page answers: 4 for each word that begins a word of its title, 1 in its text.
  const scoreOf = (page, words) => words.reduce((sum, word) => {
    const begins = (one) => one.startsWith(word);
    return sum + (page.head.some(begins) ? 4 : page.body.some(begins) ? 1 : 0);
  }, 0);
  const holds = (page, words) => words.filter((word) => [...page.head, ...page.body].some((one) => one.startsWith(word))).length;
  const rowOf = (page) => {
    const row = document.createElement("li"), link = document.createElement("a"), text = document.createElement("p");
    row.className = "cb-row"; link.className = "cb-row__name"; text.className = "cb-row__text";
    link.href = new URL(page.address, new URL(form.dataset.cbPages, location)); link.textContent = page.title; text.textContent = page.line;
    row.append(link, text);
    return row;
  };
  const search = async () => {
    const words = wordsOf(form.elements.q.value);
    if (!words.length) return;
    try {
      const all = await read(), most = Math.max(0, ...all.map((page) => holds(page, words)));
      const best = all.filter((page) => most && holds(page, words) === most)
        .sort((one, other) => scoreOf(other, words) - scoreOf(one, words)).slice(0, 30);
      found.replaceChildren(...best.map(rowOf));
      const count = best.length === 1 ? "1 page" : `${best.length} pages`;
      shown.textContent = !best.length ? "Nothing found. Try fewer or other words." : most < words.length ? `${count} with some of your words` : count;
    } catch { shown.textContent = "Search could not be read. Check your connection and try again."; }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = new URL(location);
    address.searchParams.set("q", form.elements.q.value);
    history.replaceState(history.state, "", address);
    search();
  });
  form.elements.q.value = new URL(location).searchParams.get("q") ?? "";
  search();
}
