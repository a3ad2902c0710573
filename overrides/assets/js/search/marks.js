// The words of a row that the query found.
// The stems of a word or phrase, remembered: the same cards are shown again and again.
const known = new Map();
const stemsOf = (text) => {
  if (!known.has(text)) known.set(text, words(text).map((word) => word.stem));
  return known.get(text);
};
// Text with the words underlined that the query found. What is between two of them is one piece: a browser lays out each by itself.
const marked = (text, marks) => {
  const all = document.createDocumentFragment(), parts = [];
  let from = 0;
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}'\u2019]+/gu)) {
    if (!stemsOf(word).some((stem) => marks.has(stem))) continue;
    parts.push(text.slice(from, index), make("mark", {}, word));
    from = index + word.length;
  }
  all.append(...[...parts, text.slice(from)].filter((part) => part !== ""));
  return all;
};
// The caller's phrase that shares most words with the query.
const said = (phrases, marks) => {
  let best = null, most = 0;
  for (const phrase of phrases) {
    const shared = new Set(stemsOf(phrase).filter((stem) => marks.has(stem))).size;
    if (shared > most) [best, most] = [phrase, shared];
  }
  return best;
};
