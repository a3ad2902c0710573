// What an unknown word may have meant: a word of the book with its consonants, its sound, its beginning, or a slip away.
(() => {
  "use strict";
  const { stem, words, spoken, language } = globalThis.changebookSearch;
  // LINKS: what a language that writes several words as one puts between them; others have none.
  const { STOP, LINKS = [""] } = language;

  // How sure each way to a word is, of 1.
  const SURE = { consonants: 0.9, typing: 0.85, ending: 0.8, begun: 0.8, slip: 0.75, sound: 0.7, parts: 0.7, within: 0.6, compound: 0.6, slips: 0.55, almost: 0.5, alike: 0.35 };
  const USUAL = 0.03; // a word of the book counts more for each doubling of how often the book says it
  const ALIKE = 0.5, SHORT = 5; // of its pairs of letters a word shares with what it may mean where nothing is nearer; letters it needs for that
  const ALONE = 0.2; // a word that is all of a query shares so much with what it may mean
  const MOST = 4; // words that one may have meant
  const LESS = 0.75; // of the best: what is less likely is not meant

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
  // "rslts" and "results" are one skeleton: the first letter, then the consonants, each once in a row.
  const skeleton = (word) => word[0] + word.slice(1).replace(/[aeiouy]/g, "").replace(/(.)\1+/g, "$1");
  // What sounds alike is written alike: "fone", "sycosis", "rezults".
  const sound = (word) => skeleton(
    word.replace(/^kn|^gn|^pn/, "n").replace(/^wr/, "r").replace(/^ps/, "s").replace(/^[aeiou]+/, "a").replace(/ph/g, "f").replace(/gh(?=t)/g, "").replace(/sch|sh/g, "x").replace(/tch|ch/g, "x")
      .replace(/[sc]?c(?=[eiy])/g, "s").replace(/[ckq]+/g, "k").replace(/z/g, "s").replace(/dg/g, "j").replace(/g(?=[ei])/g, "j").replace(/(.)h/g, "$1"),
  );
  const ended = (bones) => (bones.length > 3 ? bones.replace(/(?:ng|[sdtn])$/, "") : bones);
  // The letters of `short` are in `word` in their order; how many consonants of the word are left out, or -1.
  const within = (short, word) => {
    let at = 0, skipped = 0;
    for (const letter of word) {
      if (letter === short[at]) at++;
      else if (at && at < short.length && !/[aeiouy]/.test(letter)) skipped++;
    }
    return at === short.length ? skipped : -1;
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

  // How many slips are looked for in a word.
  const slipsIn = (word) => (word.length >= 9 ? 2 : word.length >= 4 ? 1 : 0);
  // How sure it is that one word, of the shape `mine`, means another, 0 for not at all.
  const likeness = (mine, theirs) => {
    const { word, bits } = mine, { word: other, bits: theirBits } = theirs;
    const same = word[0] === other[0];
    if (same && mine.bones === theirs.bones && mine.bones.length > 1) return mine.bones.length > 2 ? SURE.consonants : SURE.slip;
    if (same && word.length > 2 && other.startsWith(word)) return SURE.begun;
    if (same && mine.bones.length > 2 && mine.stump === theirs.stump) return SURE.ending;
    const most = slipsIn(word);
    if (most && Math.abs(word.length - other.length) <= most && bitCount(bits ^ theirBits) <= 2 * most) {
      const far = distance(word, other, most);
      if (far === 1 && (same || word.length > 4)) return same ? SURE.slip : SURE.slips;
      if (far === 2 && most === 2 && same) return SURE.slips;
    }
    if (mine.sound === theirs.sound && mine.sound.length > 2) return SURE.sound;
    if (!same) return 0;
    if (word.length > 2 && other.length <= 3 * word.length && (bits & ~theirBits) === 0) {
      const skipped = within(word, other);
      if (skipped >= 0 && skipped <= 2) return SURE.within - 0.05 * skipped;
    }
    if (mine.bones.length > 3 && Math.abs(mine.bones.length - theirs.bones.length) < 2 && distance(mine.bones, theirs.bones, 1) === 1) return SURE.almost;
    return 0;
  };
  const swap = (word, other) => word !== other && [...word].sort().join("") === [...other].sort().join("");
  const pairsOf = (word) => new Set(Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2)));
  // The share of their pairs of letters that two words have in common; `mine` are those of one.
  const shared = (mine, word) => {
    let both = 0, size = 0;
    for (let at = 0; at < word.length - 1; at++) {
      const pair = word.slice(at, at + 2);
      if (word.indexOf(pair) < at) continue;
      size++;
      if (mine.has(pair)) both++;
    }
    return (2 * both) / (mine.size + size || 1);
  };
  const shapeOf = (word) => {
    const bones = skeleton(word);
    return { word, bones, stump: ended(bones), sound: sound(word), bits: signature(word) };
  };

  const remembered = (map, key, find) => {
    if (!map.has(key)) map.set(key, find());
    return map.get(key);
  };

  const spokenIn = (texts) => [...new Set(texts.flatMap((text) => spoken(words(text))))];
  // The words that are known, to be completed and corrected: those of the book, and those of synonyms.
  const lexiconOf = (start) => {
    const others = [];
    for (const [, same, rest] of start.words.matchAll(/([0-9])([a-z]*)/g)) others.push((others.at(-1) || "").slice(0, same) + rest);
    const given = [...others, ...spokenIn([...start.names, ...start.former.flat()])].sort();
    const synonyms = start.synonyms.flat().flatMap(words).map((word) => word.text).filter((word) => /^[a-z]{3,}$/.test(word));
    const often = new Map(given.map((word, at) => [word, Number(start.often[at])]));
    const list = [...new Set([...given, ...synonyms])].sort();
    const known = new Set(list.map(stem)), said = new Set([...given.map(stem), ...start.short]), guessed = new Map(), joined = new Map(), slips = new Map(), alikes = new Map();
    let shapes, fillers;
    const usual = (word) => 1 + USUAL * (often.get(word) || 0);
    // One of each stem, the likeliest first.
    const best = (found) => {
      const sorted = found.sort((a, b) => b[1] * usual(b[0]) - a[1] * usual(a[0]) || a[0].length - b[0].length), seen = new Set();
      const top = sorted.length ? sorted[0][1] * usual(sorted[0][0]) : 0;
      return sorted.filter(([word, sure]) => sure * usual(word) >= LESS * top && !seen.has(stem(word)) && seen.add(stem(word))).slice(0, MOST);
    };
    const guess = (word) => {
      const mine = shapeOf(word), found = [], shortest = word.length - slipsIn(word), longest = word.length + slipsIn(word);
      shapes ||= list.map(shapeOf);
      for (const theirs of shapes) {
        // Most words are too long or too short, begin with another letter and sound like another.
        if ((theirs.word.length < shortest || theirs.word.length > longest) && theirs.word[0] !== word[0] && theirs.sound !== mine.sound) continue;
        const sure = likeness(mine, theirs);
        if (sure) found.push([theirs.word, sure]);
      }
      return best(found);
    };
    const alike = (word, alone) => {
      const mine = pairsOf(word), like = (other) => shared(mine, other);
      if (mine.size < 2) return []; // one pair of letters is no likeness: "zzzz" and "dizzy"
      const found = word.length < SHORT ? [] : list.filter((other) => other.length >= SHORT && like(other) >= ALIKE);
      if (found.length || !alone) return best(found.map((other) => [other, SURE.alike]));
      return best(list.map((other) => [other, SURE.alike * like(other)]).filter(([, sure]) => sure >= SURE.alike * ALONE));
    };
    // The word that says nothing which an unknown word is a slip away from, where the book has none that is nearer: "wich".
    const slip = (word) => {
      if (word.length < 3 || !/^[a-z]+$/.test(word) || known.has(stem(word)) || STOP.has(word)) return "";
      const mine = shapeOf(word);
      fillers ||= [...STOP].filter((other) => other.length > 2 && /^[a-z]+$/.test(other)).map(shapeOf);
      const near = fillers.map((other) => [other.word, other.word.length > 3 ? likeness(mine, other) : swap(word, other.word) * SURE.slip]);
      const [[nearest, sure]] = near.sort((a, b) => b[1] - a[1]);
      if (sure < SURE.slip || (word.length > 3 && sure === SURE.begun && nearest.startsWith(word))) return "";
      return guess(word).some(([other, likely]) => likely >= sure && !STOP.has(other)) ? "" : nearest;
    };
    // How rarely the book says a word, by its stem; 0 for a word that it does not say.
    const commonest = new Map();
    for (const word of list) commonest.set(stem(word), Math.max(often.get(word) || 0, commonest.get(stem(word)) || 0));
    return {
      known,
      said,
      rarity: (stem) => (commonest.has(stem) ? 11 - commonest.get(stem) : 0),
      // The words that begin so, the commonest first; of a beginning of few letters as few: each may be one more file.
      starting(prefix) {
        const found = [];
        for (let at = first(list, prefix, (word) => word); at < list.length && list[at].startsWith(prefix); at++) found.push([list[at], SURE.typing]);
        return best(found).slice(0, prefix.length);
      },
      // What `word`, which is not known, may have meant: [word, how sure] each, the likeliest first.
      guesses: (word) => remembered(guessed, word, () => guess(word)),
      slipped: (word) => remembered(slips, word, () => slip(word)),
      // The words of the book that share half of its letters with `word`, which means none of them for sure; where it is
      // all that was typed, those that share the most.
      alike: (word, alone) => remembered(alikes, `${word} ${alone}`, () => alike(word, alone)),
      // The stems of words that are written as one with this one, and that are known: "befund" is in "laborbefund".
      compounds(word) {
        const mine = stem(word);
        if (LINKS.length < 2 || mine.length < SHORT - 1) return [];
        const holds = (other) => other.length > mine.length + 2 && (other.endsWith(mine) || LINKS.some((link) => other.startsWith(mine + link) && known.has(other.slice(mine.length + link.length))));
        return remembered(joined, mine, () => [...known].filter(holds).map((other) => [other, SURE.compound]));
      },
      // The known words that this one, known or not, is written of: "blut" and "wert" of "blutwert".
      within(word) {
        const parts = LINKS.length > 1 && word.length > 2 * SHORT - 2 ? this.parts(word) : [];
        return parts.every(([part]) => stem(part).length >= SHORT - 1) ? parts : [];
      },
      // Of a word that is not known the known one that it ends with, the longest: "wert" of "leberwert".
      head(word) {
        const ends = (at) => at <= word.length - SHORT + 1 && known.has(stem(word.slice(at)));
        // One letter makes no part: "ebefund" may be known too.
        for (let at = 2; LINKS.length > 1 && at < word.length; at++) if (ends(at) && !ends(at + 1)) return [[word.slice(at), SURE.within]];
        return [];
      },
      // Known words, three at most, that are written as one; or a known word behind "un", "re" and the like.
      parts(word, most = 3) {
        for (let at = word.length - 2; most > 1 && at > 1; at--) {
          const [first, rest] = [word.slice(0, at), word.slice(at)], knows = (part) => STOP.has(part) || (part.length > 2 && known.has(stem(part)));
          const bare = LINKS.filter((link) => first.endsWith(link)).map((link) => first.slice(0, first.length - link.length)).find(knows);
          if (bare === undefined) continue;
          const more = knows(rest) ? [[rest, SURE.parts]] : this.parts(rest, most - 1);
          if (more.length) return [[bare, SURE.parts], ...more].filter(([part]) => !STOP.has(part));
        }
        const [, behind] = /^(?:un|re|non|mis|pre)(.{4,})$/.exec(word) || [];
        return behind && known.has(stem(behind)) ? [[behind, SURE.parts]] : [];
      },
    };
  };

  Object.assign(globalThis.changebookSearch, { distance, first, spokenIn, lexiconOf });
})();
