// What a query may mean: its words as slots, each with the terms that can answer it.
(() => {
  "use strict";
  const { language, stem, words, stops } = globalThis.changebookSearch;
  const { FAINTS, PARTICLES = [], STOP } = language;

  // Ways to a word other than the word itself, of 1.
  const SYNONYM = 0.65, JOINED = 0.7, SHORTHAND = 1, LATER = 0.12, PHRASE = 0.75;
  const FAINT = 0.45, FIGURE = 0.1; // a word that goes with anything, such as "cannot" or "screen"; a number, a time, a room
  const FIGURES = /^(?:\d{1,2}|\d{4,}|\d+[a-z]{1,3}|[a-z]{1,2}\d{1,2})$/; // 504 is a code
  const KIN = 0.35, KINDRED = 3; // another word of the same foreign subject; how many of them are looked for
  const WRITTEN = 0.5; // a part of a word that the book knows whole
  const SLOTS = 24; // words of a query that are asked for
  const PASTE = 60; // words from which a text is a paste
  const TOGETHER = 7; // letters from which a word is taken for several before it is taken for a slip
  const RUN = 4; // words that one short form is written as: "ADT^A08", "pt nt fnd"
  const PLAYBOOK = "pb"; // the letters of the codes of playbooks
  const AROUND = 9, GAP = "..."; // words that may be between the parts of what is said around others: "where ... should be"

  // The words of a query, each with the number of the piece between spaces that it is in. What a long text repeats is
  // looked at once.
  const tokensOf = (query) => {
    const pieces = query.trim().split(/\s+/);
    return (pieces.length > PASTE ? [...new Set(pieces)] : pieces).flatMap((piece, number) => words(piece).map((word) => ({ ...word, piece, number })));
  };

  // Whether the code of a playbook begins at a word: the 999 of PB-999 is no code of its own.
  const isPlaybook = (list, at) => list[at]?.text === PLAYBOOK && /^\d+$/.test(list[at + 1]?.text);

  // The short form that begins at a word: { size, means }. What is also an ordinary word counts only in capitals, and
  // where not all is in capitals; one letter only with its sign.
  const shortAt = (list, at, start, shouted) => {
    for (let size = Math.min(RUN, list.length - at); size > 0; size--) {
      const run = list.slice(at, at + size), key = run.map((word) => word.text).join("");
      const spaced = run.map((word, place) => (place && word.number !== run[place - 1].number ? " " : "") + word.text).join("");
      const together = run.every((word, place) => !place || word.number === run[place - 1].number || /^[a-z]?\d+$/.test(word.text));
      const means = start.shorthand.get(spaced) || (together && start.shorthand.get(key));
      if (!means || (size === 1 && [at - 1, at].some((one) => isPlaybook(list, one))) || (key.length < 2 && !/[+#]/.test(run[0].piece))) continue;
      const ordinary = size === 1 && (STOP.has(key) || FAINTS.has(key));
      if (!ordinary || (!shouted && run[0].piece.includes(key.toUpperCase()))) return { size, means };
    }
    return null;
  };

  // Whether a short form is several words that the book has: each counts by itself too.
  const together = (run, start) => run.length > 1 && run.every((word) => stops(word) || (/^[a-z]{3,}$/.test(word.text) && start.lexicon.known.has(word.stem) && !start.shorthand.has(word.text)));

  // What is said around other words, by the stem it begins with: { parts, means } each, a part as stems.
  const framesOf = (shorthand) => {
    const byFirst = new Map();
    for (const [key, means] of shorthand) {
      if (!key.includes(GAP)) continue;
      const parts = key.split(GAP).map((part) => part.trim().split(" ").map(stem));
      if (!byFirst.has(parts[0][0])) byFirst.set(parts[0][0], []);
      byFirst.get(parts[0][0]).push({ parts, means });
    }
    return byFirst;
  };
  // The meanings of what is said around the words of a list, each once, with the word that it begins with.
  const framesIn = (list, start) => {
    const found = new Map(), stems = list.map((word) => plainStem(word, start));
    const there = (part, at) => part.every((one, offset) => stems[at + offset] === one);
    stems.forEach((one, at) => {
      for (const { parts, means } of start.frames.get(one) || []) {
        let end = at;
        const whole = parts.every((part, number) => {
          const last = number ? Math.min(stems.length, end + AROUND) : at;
          let from = end;
          while (from <= last && !there(part, from)) from++;
          end = from + part.length;
          return from <= last;
        });
        if (whole && !found.has(means[0])) found.set(means[0], { word: list[at], means });
      }
    });
    return [...found.values()];
  };
  // The stem of a word as it would be written in full.
  const plainStem = (word, start) => {
    const [full] = start.shorthand.get(word.text) || [word.text];
    return start.lexicon.slipped(word.text) || (full.includes(" ") ? word.stem : stem(full));
  };

  // Of a long text the words that tell most, in their order: those that the book holds, the rarest first.
  const telling = (list, start) => {
    const saying = list.filter((word) => !stops(word));
    if (saying.length <= SLOTS) return list;
    const worth = (word) => (FAINTS.has(word.text) || FAINTS.has(word.stem) || FIGURES.test(word.text) ? 0 : start.lexicon.rarity(word.stem) || (start.shorthand.has(word.text) ? 1 : 0.5));
    const once = [...new Map(saying.map((word) => [word.stem, word])).values()];
    const kept = new Set(once.sort((a, b) => worth(b) - worth(a)).slice(0, SLOTS));
    return list.filter((word) => kept.has(word));
  };

  // Of the words that tell of a subject those that the book holds, the commonest first.
  const kinOf = (subject, start) => {
    const known = [...start.strange.keys()].filter((one) => start.strange.get(one) === subject && start.lexicon.known.has(one));
    return known.sort((a, b) => start.lexicon.rarity(a) - start.lexicon.rarity(b)).slice(0, KINDRED);
  };

  // A query as slots, one for each word or short form: { stem, share, subject, unsure, place, begun, terms }; `subject` is the number
  // of what the word tells of that is in no playbook, or undefined; `unsure` is a word that only looks like some of the book's, `place`
  // one that tells where, not what.
  const slotsOf = (query, start) => {
    const every = tokensOf(query), said = every.filter((word) => !word.joined), list = telling(said, start);
    const ends = /[\s.,;:!?]$/.test(query), shouted = query === query.toUpperCase();
    const some = list.some((word) => !stops(word));
    const slots = [], meant = []; // `meant`: the words as they are taken, each with its slot, to find wordings of several
    const more = []; // what some of the words mean together
    const slotFor = (word) => {
      const slot = { stem: word.stem, share: 1, subject: undefined, unsure: false, begun: new Set(), terms: new Map() };
      slots.push(slot);
      return slot;
    };
    const add = (slot, term, weight) => slot.terms.set(term, Math.max(weight, slot.terms.get(term) || 0));
    const mean = (slot, means) => means.forEach((meaning, number) => {
      const said = words(meaning), sure = SHORTHAND - LATER * number, kept = said.filter((one) => !stops(one));
      for (const one of kept) add(slot, one.stem, kept.length > 1 ? sure * PHRASE : sure);
      if (!number && kept.every((one) => FAINTS.has(one.text) || FAINTS.has(one.stem))) slot.share = FAINT;
      if (number) for (const [, term] of start.concepts(said)) add(slot, term, sure * SYNONYM);
      else for (const one of said) meant.push({ ...one, slot, sure });
    });
    for (let at = 0; at < list.length; at++) {
      const word = list[at], short = shortAt(list, at, start, shouted);
      if (short && together(list.slice(at, at + short.size), start)) more.push({ word, means: short.means });
      else if (short) {
        if (some && short.size === 1 && short.means.every((meaning) => words(meaning).every(stops))) continue;
        const slot = slotFor(word), run = list.slice(at, at + short.size);
        for (const one of run) if (short.size === 1 || /^[a-z]{3,}$/.test(one.text)) add(slot, one.stem, 1);
        for (const code of every) if (code.joined && code.number === word.number) add(slot, code.stem, 1);
        mean(slot, short.means);
        at += short.size - 1;
        continue;
      }
      if (some && (stops(word) || start.lexicon.slipped(word.text))) continue;
      const slot = slotFor(word);
      add(slot, word.stem, 1);
      for (const other of [at - 1, at + 1]) {
        const pair = list[other] && (other < at ? list[other].text + word.text : word.text + list[other].text);
        if (pair && (/\d/.test(pair) || start.lexicon.known.has(stem(pair)))) add(slot, stem(pair), JOINED);
      }
      for (const code of every) if (code.joined && (code.of === word.text || code.text.includes(word.text))) add(slot, code.stem, 1);
      // "MPI 240" is one code: where it is nowhere, the 240 of another one is no answer.
      if (/^\d{2,}$/.test(word.text) && (word.code || (at && start.prefixes.has(list[at - 1].text)))) slot.terms.delete(word.stem);
      if (FAINTS.has(word.text) || FAINTS.has(word.stem)) slot.share = FAINT;
      else if (FIGURES.test(word.text) && !word.part) slot.share = FIGURE;
      slot.subject = start.strange.get(word.stem);
      // What nobody's words hold is looked for by those of its subject that the book has: a laminator among printers.
      if (slot.subject !== undefined && !start.lexicon.known.has(word.stem)) for (const one of kinOf(slot.subject, start)) add(slot, one, KIN);
      let taken = word, sure = 1;
      if (slot.subject === undefined && !start.lexicon.known.has(word.stem) && /^[a-z]{2,}$/.test(word.text)) {
        const last = at === list.length - 1 && !ends, longer = last ? start.lexicon.starting(word.text) : [];
        let found = longer;
        if (!found.length && word.text.length >= TOGETHER) found = start.lexicon.parts(word.text);
        if (!found.length) found = start.lexicon.guesses(word.text);
        if (!found.length) found = start.lexicon.parts(word.text);
        if (!found.length) found = start.lexicon.head(word.text);
        if (!found.length) {
          found = start.lexicon.alike(word.text, list.length === 1);
          slot.unsure = true;
        }
        for (const [other, likely] of found) {
          add(slot, stem(other), likely);
          if (longer.length) slot.begun.add(stem(other));
        }
        // What the likeliest of them means counts too.
        if (found.length) { taken = { text: found[0][0], stem: stem(found[0][0]) }; sure = found[0][1]; }
      }
      if (slot.share === 1) for (const [other, likely] of start.lexicon.compounds(word.text)) add(slot, other, likely);
      if (slot.share === 1) for (const [text, likely] of start.lexicon.within(word.text)) {
        const less = start.lexicon.known.has(word.stem) ? WRITTEN * likely : likely;
        add(slot, stem(text), less);
        for (const [, term] of start.concepts([{ text, stem: stem(text) }])) add(slot, term, SYNONYM * less);
      }
      // A verb and what it leaves behind: "lehnt ... ab" is "ablehnt".
      for (const text of list.slice(at + 1).filter((behind) => PARTICLES.includes(behind.text)).map((behind) => behind.text + word.text)) {
        if (start.lexicon.known.has(stem(text))) add(slot, (taken = { text, stem: stem(text) }).stem, JOINED);
      }
      meant.push({ ...taken, slot, sure });
    }
    for (const { word, means } of [...more, ...framesIn(said, start)]) mean(slotFor(word), means);
    for (const [run, term] of start.concepts(meant)) {
      const sure = Math.min(...run.map((one) => one.sure));
      for (const one of run) add(one.slot, term, SYNONYM * sure);
    }
    return slots.map((slot) => ({ ...slot, place: [...slot.terms.keys()].some((term) => start.places.has(term)), terms: [...slot.terms] }));
  };

  Object.assign(globalThis.changebookSearch, { framesOf, slotsOf, PASTE });
})();
