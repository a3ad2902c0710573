// Documents to postings. Python alone runs this file, when the index is built.
(() => {
  "use strict";
  const { STEPS, letters, words, stops, wordings, concepts, hash } = globalThis.changebookSearch;

  // How much a word counts by where it is. Callers' own words and codes are what an analyst types; a title is the
  // desk's name for the same thing; the rest says what a page is about, and long texts would drown the short ones.
  const FIELDS = { callers: 5, keywords: 5, codes: 6, title: 3.5, seen: 1.6, former: 2.5, name: 2.5, about: 1.1, body: 0.3 };
  // Words at which a field counts as long; a word of a longer one counts less (BM25F with a fixed pivot in place of an
  // average, so that one changed record leaves every other record's figures alone).
  const PIVOT = { callers: 30, keywords: 30, codes: 6, title: 5, seen: 40, former: 6, name: 4, about: 60, body: 150 };
  const LONG = { callers: 0.2, keywords: 0.2, codes: 0.1, title: 0.3, seen: 0.5, former: 0.2, name: 0.2, about: 0.5, body: 0.6 };
  const SATURATION = { symptoms: 30, more: 6 }; // a word said four times is worth hardly more than twice

  const spoken = new Map(); // the words of all documents as they are written, and how often, to complete and correct by
  // The terms of one document's fields with their impacts: { term: 1..15 }.
  const impacts = (fields, byFirst, saturation) => {
    const weights = new Map();
    for (const [field, texts] of Object.entries(fields)) {
      const counts = new Map();
      let length = 0;
      for (const text of texts) {
        const list = words(text);
        for (const word of list) {
          if (stops(word)) continue;
          if (!word.joined) length++;
          if (/^[a-z]{3,}$/.test(word.text)) spoken.set(word.text, (spoken.get(word.text) || 0) + 1);
          counts.set(word.stem, (counts.get(word.stem) || 0) + 1);
        }
        for (const [, term] of concepts(list, byFirst)) counts.set(term, (counts.get(term) || 0) + 1);
      }
      const norm = 1 + LONG[field] * Math.max(0, length / PIVOT[field] - 1);
      for (const [term, count] of counts) weights.set(term, (weights.get(term) || 0) + (FIELDS[field] * count) / norm);
    }
    for (const [term, weight] of weights) weights.set(term, Math.max(1, Math.round((STEPS * weight) / (saturation + weight))));
    return weights;
  };

  // Postings of a tier: { term: [gap * 16 + impact, ...] } by document number; keys are terms that start with "=".
  const build = (tier, documents, synonyms) => {
    const postings = new Map(), last = new Map(), byFirst = wordings(synonyms);
    documents.forEach((fields, number) => {
      for (const [term, impact] of impacts(fields, byFirst, SATURATION[tier])) {
        if (!postings.has(term)) postings.set(term, []);
        postings.get(term).push((number - (last.get(term) || 0)) * 16 + impact);
        last.set(term, number);
      }
    });
    return postings;
  };
  let built = new Map();
  const load = (tier, documents, keys, synonyms) => {
    spoken.clear();
    built = build(tier, documents, synonyms);
    for (const [key, targets] of Object.entries(keys)) built.set(`=${letters(key)}`, (built.get(`=${letters(key)}`) || []).concat(targets));
  };
  const shards = (count) => {
    const files = Array.from({ length: count }, () => Object.create(null));
    for (const [term, list] of built) files[hash(term) % count][term] = list;
    return files.map((file) => JSON.stringify(file));
  };
  const vocabulary = () => [...spoken];

  Object.assign(globalThis.changebookSearch, { load, shards, vocabulary });
})();
