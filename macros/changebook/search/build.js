// What only the index is built with: Python counts words, and this file tells it what a word is.
(() => {
  "use strict";
  const ranking = globalThis.changebookSearch;
  const { words, stops, spoken, wordings } = ranking;

  // What the function called `name` returns for each of `list`.
  const each = (name, list) => list.map((one) => ranking[name](one));

  // The words of a piece of text between spaces: the stems that count; of those, the ones that it is long by; those of
  // all its words as they are written; and the words that others are completed to and corrected by.
  const read = (piece) => {
    const every = words(piece), saying = every.filter((word) => !stops(word)), plain = (list) => list.filter((word) => !word.joined);
    return [saying.map((word) => word.stem), plain(saying).map((word) => word.stem), plain(every).map((word) => word.stem), spoken(every)];
  };

  // The wordings of `synonyms` by the stem that they begin with: [stem, [[stems, term], ...]] each.
  const synonymsByFirst = (synonyms) => [...wordings(synonyms)].map(([first, all]) => [first, all.map(({ stems, term }) => [stems, term])]);

  Object.assign(ranking, { each, read, synonymsByFirst });
})();
