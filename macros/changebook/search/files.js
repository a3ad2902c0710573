// How the files of an index are read, and which of them a term is in.
(() => {
  "use strict";
  const { language, stem, words, wordings, concepts, hash, shapeOf, lexiconOf, namesOf, framesOf } = globalThis.changebookSearch;
  const { FAINTS, COMMON } = language;

  // Numbers that were written as letters: `]` to `~` begin one, `#` to `[` end it.
  const numbersOf = (text) => {
    const numbers = [];
    for (let at = 0, number = 0, scale = 1; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code < 93) {
        numbers.push(number + scale * (code - 35));
        number = 0; scale = 1;
      } else {
        number += scale * (code - 93);
        scale *= 34;
      }
    }
    return numbers;
  };
  const sums = (gaps) => {
    let number = 0;
    return gaps.map((gap) => (number += gap));
  };
  const postingsIn = (text) => {
    const [documents, impacts] = text.split(" ").map(numbersOf);
    return { documents: sums(documents), impacts };
  };
  // Codes in order, a line each: how many letters one shares with the one before, then the others.
  const codesOf = (text) => {
    let code = "";
    return text.trim().split("\n").map((line) => (code = code.slice(0, line[0]) + line.slice(1)));
  };
  // What each document of a tier is.
  const tableOf = ({ kinds, changes, scenarios, severities, systems }) => ({
    kinds: numbersOf(kinds), changes: sums(changes).map((one) => one - 1), scenarios: numbersOf(scenarios).map((one) => one - 1), severities: numbersOf(severities), systems,
  });

  // What the desk's own playbooks say is in a tier's first file; the rest of a large book is in others by its hash, for both
  // tiers together. What nobody says is in none. A term may be called as a property that every object has: "constructor".
  const RARE = 4; // files of rare terms that one query reads: of a long text those of what tells most
  const firstFile = (tier) => `${tier}-0.json`;
  const fileOf = (start, term) => `terms-${hash(term) % start.shards}.json`;
  const isSaid = (start, term) => (/^=|[0-9]/.test(term) ? start.shapes.has(shapeOf(term)) : !/^[a-z]+$/.test(term) || start.lexicon.said.has(term));
  const listIn = (content, term) => (content && Object.hasOwn(content, term) ? content[term] : undefined);
  // What is at a place of a file: read once, as the next query asks for most of it again.
  const readAt = (content, place) => (content[place] && typeof content[place] === "string" ? (content[place] = postingsIn(content[place])) : content[place]);
  // The postings of terms, by term; of a key what it leads to. Yields the names of files, and is handed their contents.
  function* postingsOf(start, tier, terms) {
    const [own, first] = yield [firstFile("symptoms"), firstFile(tier)], place = tier === "symptoms" ? 0 : 1;
    const rest = start.shards ? terms.filter((term) => !listIn(own.terms, term) && isSaid(start, term)) : [];
    const names = [...new Set(rest.map((term) => fileOf(start, term)))].slice(0, RARE);
    const contents = names.length ? yield names : [], lists = new Map();
    for (const term of terms) {
      const pair = names.length && listIn(contents[names.indexOf(fileOf(start, term))], term);
      const list = listIn(first.terms, term) ? readAt(first.terms, term) : pair && readAt(pair, place);
      if (list) lists.set(term, list);
    }
    return lists;
  }
  // The terms of all words, those that tell most first.
  const termsOf = (slots) => {
    const worth = new Map();
    for (const slot of slots) for (const [term, share] of slot.terms) worth.set(term, Math.max(worth.get(term) || 0, slot.share * share));
    return [...worth.keys()].sort((a, b) => worth.get(b) - worth.get(a));
  };
  const cardFile = (start, tier, number) => `${tier}-cards-${Math.floor(number / start.tiers[tier].cards)}.json`;

  // start.json as it is used: the words by what they begin with, the names by their letters.
  const prepare = (raw) => {
    const byFirst = wordings(raw.synonyms), symptoms = { ...raw.tiers.symptoms, ...tableOf(raw.tiers.symptoms) };
    // The hubs are among the symptoms in the order of the changes.
    const hubs = [], change = raw.kinds.indexOf("change");
    symptoms.kinds.forEach((kind, number) => { if (kind === change) hubs.push(number); });
    const changes = raw.names.map((name, number) => {
      const [status, prior] = raw.statuses[raw.status[number]];
      return { name, prior, former: raw.former[number], status, systems: [], groups: [], hub: hubs[number] };
    });
    for (const name of ["systems", "groups"]) raw.affected[name].forEach((list, one) => { for (const number of sums(numbersOf(list))) changes[number][name].push(one); });
    // What an outage is called by, but for the words that every system's name has.
    const outages = raw.outages.map((outage) => ({ ...outage, stems: words(outage.name).map((word) => word.stem).filter((stem) => !FAINTS.has(stem) && !COMMON.has(stem)) }));
    const shorthand = new Map(raw.shorthand.flatMap((means) => means.pop().split(",").map((short) => [short, means])));
    return {
      ...raw, changes, outages, prefixes: new Set(raw.prefixes), shapes: new Set(raw.shapes), places: new Set(raw.places.map(stem)), lexicon: lexiconOf(raw), shorthand, frames: framesOf(shorthand),
      names: namesOf(changes), strange: new Map(Object.entries(raw.strange)), concepts: (words) => concepts(words, byFirst), tiers: { symptoms, more: raw.tiers.more },
    };
  };

  Object.assign(globalThis.changebookSearch, { numbersOf, codesOf, tableOf, firstFile, postingsOf, termsOf, cardFile, prepare });
})();
