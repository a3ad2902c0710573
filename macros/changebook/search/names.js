// Names and codes: found by their letters, by how they begin, and by what looks like them.
(() => {
  "use strict";
  const { letters, words, first, distance } = globalThis.changebookSearch;

  const ALIKE = 0.5; // of its pairs of letters a name shares with what was typed, to be offered
  const LONGEST = 60; // letters of a name

  const pairs = (text) => {
    const found = new Set();
    for (let at = 1; at < text.length; at++) found.add(text.slice(at - 1, at + 1));
    return found;
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
    // Names by each pair of letters that they hold, made when first asked for.
    let paired;
    const byPair = () => {
      if (paired) return paired;
      paired = new Map();
      for (const entry of all) {
        const held = pairs(entry.key);
        entry.pairs = held.size;
        for (const pair of held) {
          if (!paired.has(pair)) paired.set(pair, []);
          paired.get(pair).push(entry);
        }
      }
      return paired;
    };
    return {
      byPair,
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
  const namesLike = (whole, { names }) => {
    const mine = pairs(whole), both = new Map(), likeness = new Map();
    for (const pair of mine) for (const entry of names.byPair().get(pair) || []) both.set(entry, (both.get(entry) || 0) + 1);
    for (const [entry, shared] of both) {
      const share = (2 * shared) / (mine.size + entry.pairs);
      if (share > (likeness.get(entry.change) || ALIKE)) likeness.set(entry.change, share);
    }
    return [...likeness].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 2).map(([change]) => change);
  };

  // The codes that look like one, three at most: those with its figures in another order, then those with one slip.
  const codesLike = (key, codes) => {
    const figures = (text) => [...text].sort().join(""), own = figures(key);
    const alike = codes.map((code) => ({ code, text: letters(code) })).filter(({ text }) => Math.abs(text.length - key.length) < 2);
    const mixed = alike.filter(({ text }) => text.length === key.length && figures(text) === own);
    const slipped = alike.filter(({ text }) => distance(key, text, 1) === 1);
    return [...new Set([...mixed, ...slipped].map(({ code }) => code))].slice(0, 3);
  };

  Object.assign(globalThis.changebookSearch, { codesLike, namesOf, namesLike });
})();
