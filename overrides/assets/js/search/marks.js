// The words of a row that the query found.
// The stems of a word or phrase, remembered: the same cards are shown again and again.
const known = new Map();
const stemsOf = (text) => {
  if (!known.has(text)) known.set(text, words(text).map((word) => word.stem));
  return known.get(text);
};
// Text with the words underlined that the query found.
const marked = (text, marks) => {
  const parts = document.createDocumentFragment();
  for (const piece of text.split(/([\p{L}\p{N}'\u2019]+)/u)) {
    const hit = piece && /[\p{L}\p{N}]/u.test(piece) && stemsOf(piece).some((stem) => marks.has(stem));
    parts.append(hit ? make("mark", {}, piece) : piece);
  }
  return parts;
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
