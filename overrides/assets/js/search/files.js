// The files of the index. `start.json` is requested again and names the folder of all others: what a browser kept of an older book
// is never mixed in.
const { ask, cardFile, firstFile, words } = globalThis.changebookSearch;
const root = new URL("../../", import.meta.url);
const files = new Map();
const get = async (path, cache) => {
  const response = await fetch(new URL(`search/${path}`, root), { cache });
  if (!response.ok) throw new Error(`${response.status} ${path}`);
  return response.json();
};
const once = (path, read) => {
  if (!files.has(path)) files.set(path, read().catch((error) => { files.delete(path); throw error; }));
  return files.get(path);
};
const begun = () => once("start.json", async () => changebookSearch.prepare(await get("start.json", "no-cache")));
// A file of the book that `start` is of.
const file = (start, name) => once(`${start.folder}/${name}`, () => get(`${start.folder}/${name}`, "default"));
const answered = async (query, filters) => {
  const start = await begun(), asking = ask(query, filters);
  asking.next();
  let step = asking.next([start]);
  while (!step.done) step = asking.next(await Promise.all(step.value.map((name) => file(start, name))));
  return step.value;
};
const card = async (start, { tier, number }) => {
  const cards = await file(start, cardFile(start, tier, number));
  return cards[number % start.tiers[tier].cards];
};
