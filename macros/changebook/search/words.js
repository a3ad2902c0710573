// What a word is: for what is indexed, for what is asked, and for what a list of results underlines.
// The browser runs this file, and so does Python.
(() => {
  "use strict";
  const { STOP, stemOf } = globalThis.changebookSearch.language;

  // An impact, the weight of a word in a document, is one of 15 steps: four bits a posting.
  const STEPS = 15;

  const fold = (text) => (/[^\x00-\x7f]/.test(text) ? text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "") : text).toLowerCase().replace(/['\u2018\u2019`]/g, "");
  const letters = (text) => fold(text).replace(/[^a-z0-9]+/g, "");

  const stems = new Map();
  const stem = (word) => {
    if (!stems.has(word)) stems.set(word, stemOf(word));
    return stems.get(word);
  };
  // The words of a text in order: { text, stem, at } with what they were and where. "LKP-404" is one word and its parts.
  const words = (text) => {
    const found = [];
    for (const whole of fold(text).match(/[a-z0-9]+(?:[-./_][a-z0-9]+)*/g) || []) {
      if (/^[a-z0-9]+$/.test(whole)) {
        found.push({ text: whole, stem: stem(whole) });
        continue;
      }
      const parts = whole.split(/[-./_]/);
      const code = parts.length === 2 && /^[a-z]{2,5}$/.test(parts[0]) && /^\d{2,}$/.test(parts[1]);
      if (/\d/.test(whole) || parts.some((part) => part.length < 3)) found.push({ text: parts.join(""), stem: parts.join(""), joined: true });
      for (const part of parts) found.push({ text: part, stem: stem(part), part: true, code });
    }
    return found;
  };
  // The letters of MED-207 are not the word "med"; its number by itself is what a caller may remember.
  const stops = (word) => STOP.has(word.text) || (word.part && /^\d?$/.test(word.text)) || (word.code && /^[a-z]/.test(word.text));

  // Concepts: each group of synonyms is one more term, ~0, ~1..., wherever one of its wordings is.
  const wordings = (synonyms) => {
    const byFirst = new Map();
    synonyms.forEach((group, number) => {
      for (const wording of group) {
        const stems = words(wording).filter((word) => !word.joined).map((word) => word.stem);
        if (!stems.length) continue;
        if (!byFirst.has(stems[0])) byFirst.set(stems[0], []);
        byFirst.get(stems[0]).push({ stems, term: `~${number}` });
      }
    });
    return byFirst;
  };
  // The wordings in a list of words, each as [first, last, term]; what is one word and its parts counts as its parts.
  const concepts = (every, byFirst) => {
    const found = [];
    if (!byFirst.size) return found;
    const list = every.some((word) => word.joined) ? every.filter((word) => !word.joined) : every;
    for (let at = 0; at < list.length; at++) {
      const starting = byFirst.get(list[at].stem);
      if (!starting) continue;
      for (const { stems, term } of starting) {
        if (stems.every((one, offset) => list[at + offset]?.stem === one)) found.push([at, at + stems.length - 1, term]);
      }
    }
    return found;
  };

  // The file of a term is told by this number.
  const hash = (term) => {
    let value = 2166136261;
    for (let at = 0; at < term.length; at++) value = Math.imul(value ^ term.charCodeAt(at), 16777619);
    return value >>> 0;
  };

  Object.assign(globalThis.changebookSearch, { STEPS, fold, letters, stem, words, stops, wordings, concepts, hash });
})();
