// What a word is: for what is indexed, for what is asked, and for what a list of results underlines.
// The browser runs this file, and so does Python.
(() => {
  "use strict";
  const { STOP, stemOf } = globalThis.changebookSearch.language;

  // An impact, the weight of a word in a document, is one of 15 steps: four bits a posting.
  const STEPS = 15;

  // Letters that no decomposition makes plain, and the two letters that German, Danish and others write for one.
  const PLAIN = { "\u00df": "ss", "\u00e6": "ae", "\u0153": "oe", "\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u00f0": "d", "\u00fe": "th", "\u0131": "i", "\u0127": "h" };
  const PAIRS = { "\u00e4": "ae", "\u00f6": "oe", "\u00fc": "ue", "\u00e5": "aa", "\u00f8": "oe" };
  const swapped = (text, table) => text.replace(/[\u00c0-\u01ff]/g, (letter) => table[letter] || letter);
  const bare = (text) => swapped(text, PLAIN).normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");
  const low = (text) => text.toLowerCase().replace(/['\u2018\u2019`\u00ad\u200b-\u200f]/g, "");
  const fold = (text) => (/[^\x00-\x7f]/.test(text) ? low(bare(text.normalize("NFC").toLowerCase())) : low(text));
  const letters = (text) => fold(text).replace(/[^\p{L}\p{N}]+/gu, "");

  const stems = new Map();
  const stem = (word) => {
    if (!stems.has(word)) stems.set(word, stemOf(word));
    return stems.get(word);
  };
  // Scripts that put no space between words are indexed by every two letters in a row.
  const SOLID = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}][\p{M}\u30fc]*/gu;
  const pairsOf = (text) => {
    const signs = text.match(SOLID);
    return signs.length < 2 ? signs : signs.slice(1).map((sign, at) => signs[at] + sign);
  };
  const runs = (text) => text.match(/[a-z0-9]+(?:[-./_][a-z0-9]+)*/g) || [];
  const foreignRuns = (text) => text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:[-./_][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu) || [];

  // The words of a text in order, each as { text, stem }. "LKP-404" is one word and its parts; "M\u00fcller" is also, as one
  // more way to write it, "mueller".
  const words = (text) => {
    if (/^[a-z0-9]+$/.test(text)) return [{ text, stem: stem(text) }];
    const found = [], plain = !/[^\x00-\x7f]/.test(text);
    const other = plain || !/[\u00c4\u00d6\u00dc\u00c5\u00d8\u00e4\u00f6\u00fc\u00e5\u00f8]|[aouAOU][\u0308\u030a]/.test(text) ? [] : foreignRuns(fold(swapped(text.normalize("NFC").toLowerCase(), PAIRS)));
    (plain ? runs : foreignRuns)(fold(text)).forEach((whole, number) => {
      if (other.length && other[number] !== whole && stem(other[number]) !== stem(whole)) found.push({ text: other[number], stem: stem(other[number]), joined: true, of: whole });
      if (!plain && whole.match(SOLID)) {
        for (const pair of [...pairsOf(whole), ...runs(whole)]) found.push({ text: pair, stem: stem(pair) });
        return;
      }
      const parts = whole.split(/[-./_]/);
      if (parts.length < 2) {
        found.push({ text: whole, stem: stem(whole) });
        return;
      }
      const code = parts.length === 2 && /^[a-z]{2,5}$/.test(parts[0]) && /^\d{2,}$/.test(parts[1]);
      if (/\d/.test(whole) || parts.some((part) => part.length < 3)) found.push({ text: parts.join(""), stem: parts.join(""), joined: true });
      for (const part of parts) found.push({ text: part, stem: stem(part), part: true, code });
    });
    return found;
  };
  // The letters of MED-207 are not the word "med"; its number by itself is what a caller may remember.
  const stops = (word) => STOP.has(word.text) || (word.part && /^\d?$/.test(word.text)) || (word.code && /^[a-z]/.test(word.text));

  // Of words those that others are completed to and corrected by.
  const spoken = (list) => list.filter((word) => !stops(word)).map((word) => word.text).filter((text) => /^[a-z]{3,}$/.test(text));

  // Concepts: each group of synonyms is one more term, ~0, ~1..., wherever one of its wordings is. Words that say nothing
  // do not part a wording: "can't be parsed" is "can't parse".
  const saying = (every) => {
    const list = every.filter((word) => !word.joined), kept = list.filter((word) => !stops(word));
    return kept.length ? kept : list;
  };
  const wordings = (synonyms) => {
    const byFirst = new Map();
    synonyms.forEach((group, number) => {
      for (const wording of group) {
        const stems = saying(words(wording)).map((word) => word.stem);
        if (!stems.length) continue;
        if (!byFirst.has(stems[0])) byFirst.set(stems[0], []);
        byFirst.get(stems[0]).push({ stems, term: `~${number}` });
      }
    });
    return byFirst;
  };
  // The wordings in a list of words, each as [the words, the term]; what is one word and its parts counts as its parts.
  const concepts = (every, byFirst) => {
    const found = [], list = byFirst.size ? saying(every) : [];
    for (let at = 0; at < list.length; at++) {
      for (const { stems, term } of byFirst.get(list[at].stem) || []) {
        if (stems.every((one, offset) => list[at + offset]?.stem === one)) found.push([list.slice(at, at + stems.length), term]);
      }
    }
    return found;
  };

  // How a term begins, and what letters and digits it goes on with: "lkp504" is "lka000", and the key "=lkp504" is "=lka000".
  const shapeOf = (term) => {
    const begins = term[0] === "=" ? 3 : 2;
    return term.slice(0, begins) + term.slice(begins).replace(/[^0-9]/gu, "a").replace(/[0-9]/g, "0");
  };
  // The file of a term is told by this number. Figures that begin alike are in one: a pasted message has many.
  const hash = (term) => {
    const told = /^\d/.test(term) ? term.slice(0, 2) : term;
    let value = 2166136261;
    for (let at = 0; at < told.length; at++) value = Math.imul(value ^ told.charCodeAt(at), 16777619);
    return value >>> 0;
  };

  Object.assign(globalThis.changebookSearch, { STEPS, fold, letters, stem, words, stops, spoken, wordings, concepts, shapeOf, hash });
})();
