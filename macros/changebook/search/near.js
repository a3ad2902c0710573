// Words and names near to what was typed: its endings, its slips, what looks like it.
(() => {
  "use strict";
  const { letters, stem, words } = globalThis.changebookSearch;

  const ALIKE = 0.5; // of its pairs of letters a name shares with what was typed, to be offered
  const LONGEST = 60; // letters of a name

  const signature = (word) => {
    let bits = 0;
    for (let at = 0; at < word.length; at++) bits |= 1 << (word.charCodeAt(at) - 97);
    return bits;
  };
  const bitCount = (bits) => {
    let count = 0;
    for (; bits; bits &= bits - 1) count++;
    return count;
  };
  // Letters to change, add, leave out or swap to make one word of the other; more than `most` is `most + 1`.
  const distance = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let before = [], row = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let i = 1; i <= one.length; i++) {
      const next = [i];
      let best = i;
      for (let j = 1; j <= other.length; j++) {
        let value = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) value = Math.min(value, before[j - 2] + 1);
        next.push(value);
        best = Math.min(best, value);
      }
      if (best > most) return most + 1;
      before = row;
      row = next;
    }
    return row[other.length];
  };
  // The nearest words of the vocabulary: [word, distance], three at most, those that keep the first letter first.
  const near = (word, lexicon) => {
    const most = word.length >= 9 ? 2 : word.length >= 5 ? 1 : 0;
    if (!most || /\d/.test(word)) return [];
    const bits = signature(word), found = [];
    for (let at = 0; at < lexicon.words.length; at++) {
      const other = lexicon.words[at];
      if (Math.abs(other.length - word.length) > most || bitCount(bits ^ lexicon.bits[at]) > 2 * most) continue;
      const far = distance(word, other, most);
      if (far === 1 || (far === 2 && most === 2 && other[0] === word[0])) found.push([other, far]);
    }
    const rank = ([other, far]) => far * 10 + (other[0] === word[0] ? 0 : 3) + Math.abs(other.length - word.length);
    return found.sort((a, b) => rank(a) - rank(b)).filter((one, _, all) => one[1] === all[0][1]).slice(0, 3);
  };

  // Where `word` is, or would be, in a sorted list.
  const first = (list, word, of) => {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (of(list[middle]) < word) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  // The words that are known, to be completed and corrected: those of the book, and those of synonyms.
  const lexiconOf = (start) => {
    const given = start.words ? start.words.split(" ") : [];
    const said = start.synonyms.flat().flatMap(words).map((word) => word.text).filter((word) => /^[a-z]{3,}$/.test(word));
    const often = new Map(given.map((word, at) => [word, Number(start.often[at])]));
    const list = [...new Set([...given, ...said])].sort();
    return {
      words: list,
      known: new Set(list.map(stem)),
      bits: list.map(signature),
      // The commonest words that begin so, four at most.
      starting(prefix) {
        const found = [];
        for (let at = first(list, prefix, (word) => word); at < list.length && list[at].startsWith(prefix); at++) found.push(list[at]);
        return found.sort((a, b) => (often.get(b) || 0) - (often.get(a) || 0) || a.length - b.length).slice(0, 4);
      },
    };
  };
  // Names and former names, to be found by their letters, by how they begin, and by their words.
  const namesOf = (changes) => {
    const all = [], byKey = new Map(), byStem = new Map();
    changes.forEach(({ name, former }, change) => {
      for (const one of [name, ...former]) {
        const entry = { key: letters(one), name: one, change, former: one !== name, stems: new Set(words(one).map((word) => word.stem)) };
        all.push(entry);
        byKey.set(entry.key, [...(byKey.get(entry.key) || []), entry]);
        for (const stem of entry.stems) {
          if (!byStem.has(stem)) byStem.set(stem, []);
          byStem.get(stem).push(entry);
        }
      }
    });
    const sorted = [...all].sort((a, b) => (a.key < b.key ? -1 : 1));
    return {
      all,
      exactly: (key) => byKey.get(key) || [],
      // Every one of `stems` is in the name.
      with: (stems) => (byStem.get(stems[0]) || []).filter((entry) => stems.every((stem) => entry.stems.has(stem))),
      // The name, of six letters or more, is in the text: some of its words in a row are the name's letters.
      within: (list) => {
        const found = new Set();
        for (let at = 0; at < list.length; at++) {
          let key = "";
          for (let to = at; to < list.length && key.length < LONGEST; to++) {
            key += list[to];
            if (key.length > 5) for (const entry of byKey.get(key) || []) found.add(entry);
          }
        }
        return [...found];
      },
      starting: (prefix) => {
        const found = [];
        for (let at = first(sorted, prefix, (entry) => entry.key); at < sorted.length && sorted[at].key.startsWith(prefix); at++) found.push(sorted[at]);
        return found;
      },
    };
  };

  // The changes whose names look like a text, two at most: by the pairs of letters that both have.
  const pairs = (text) => {
    const found = new Set();
    for (let at = 1; at < text.length; at++) found.add(text.slice(at - 1, at + 1));
    return found;
  };
  const namesLike = (whole, start) => {
    const mine = pairs(whole), likeness = new Map();
    for (const { key, change } of start.names.all) {
      const theirs = pairs(key);
      let shared = 0;
      for (const pair of mine) if (theirs.has(pair)) shared++;
      const share = (2 * shared) / (mine.size + theirs.size);
      if (share > (likeness.get(change) || ALIKE)) likeness.set(change, share);
    }
    return [...likeness].sort((a, b) => b[1] - a[1]).slice(0, 2).map(([change]) => change);
  };

  // The codes that look like one, three at most: those with its figures in another order, then those with one slip.
  const codesLike = (key, codes) => {
    const figures = (text) => [...text].sort().join("");
    const mixed = codes.filter((code) => figures(letters(code)) === figures(key));
    const slipped = codes.filter((code) => distance(key, letters(code), 1) === 1);
    return [...new Set([...mixed, ...slipped])].slice(0, 3);
  };

  Object.assign(globalThis.changebookSearch, { codesLike, near, distance, lexiconOf, namesOf, namesLike });
})();
