// What a word is, and what a query finds. The browser runs this file and so does Python: there is one ranking.
// It fetches nothing itself: `ask` is a generator that yields the names of the files it needs and is handed their contents.
globalThis.changebookSearch = (() => {
  "use strict";

  // ---- The figures of the ranking, each with its reason. -----------------------------------------------------------
  // How much a word counts by where it stands. Callers' own words and codes are what an analyst types; a title is the
  // desk's name for the same thing; the rest says what a page is about, and long texts would drown the short ones.
  const FIELDS = { callers: 7, codes: 6, title: 3.5, seen: 1.6, former: 2.5, name: 2.5, about: 1.1, body: 0.7 };
  // Words at which a field counts as long; a word of a longer one counts less (BM25F with a fixed pivot in place of an
  // average, so that one changed record leaves every other record's figures alone).
  const PIVOT = { callers: 60, codes: 6, title: 5, seen: 40, former: 6, name: 4, about: 60, body: 150 };
  const LONG = { callers: 0.5, codes: 0.1, title: 0.3, seen: 0.5, former: 0.2, name: 0.2, about: 0.5, body: 0.6 };
  const SATURATION = 3.5; // a word said four times is worth hardly more than twice
  const STEPS = 15; // an impact is one of 15 steps: four bits a posting
  // Ways to a word other than the word itself.
  const SYNONYM = 0.8, JOINED = 0.9, PREFIX = 0.85, TYPO = { 1: 0.75, 2: 0.55 };
  // A change's playbook is its scenario's playbook with something new on top: where its own words do not answer a word
  // of the query, its scenario's do, for this much.
  const INHERITED = 0.66;
  const SETTLED = new Set(["closed", "cancelled"]); // of these it inherits nothing: what was new is standing by now, or never came
  // Pages by kind: callers before documents, answers before lists.
  const KINDS = { scenario: 1, playbook: 1, change: 0.92, question: 0.95, answer: 0.55, asset: 0.55, system: 0.7, group: 0.6, partner: 0.7, page: 0.75 };
  const ASKED = 1.9; // an answer to a question, when the query is worded as one
  const NAMED = 1.6; // a page of a change whose name, or former name, stands among the words
  const FIRST = 1.6; // its hub, once more: who types a name wants the change, not one page of it
  const FAINT = 0.25; // a word that goes with anything, such as "cannot" or "screen"
  // A page that answers half of the words is worth less than half: `score * (1 - PARTIAL + PARTIAL * coverage)`.
  const PARTIAL = 0.5;
  // A match is good when it answers most of the query, or less of it in the very words: `coverage + score / WELL`.
  const GOOD = 0.565, WELL = 20;
  const TELLING = 3; // a word of a lower impact stands in passing, and answers its part of the query only in part
  const UNKNOWN = 0.95; // a word that the book does not hold weighs nearly as much as its rarest one
  const THIN = 0.8; // when the best playbook answers less than this, questions and lists are looked through too
  const CROWD = 0.52; // the third page of one scenario, and each one after it, stands back for another scenario's
  const TAIL = 0.25; // of the best score: less is not listed
  const HALF = 0.3; // of the query, to be named as the nearest where nothing is good
  const ALIKE = 0.5; // of its pairs of letters a name shares with what was typed, to be offered
  const SLOTS = 24, WORDS = 60; // words of a query that are asked for, and looked at
  const LONGEST = 60; // letters of a name

  // ---- Words ---------------------------------------------------------------------------------------------------------
  const STOP = new Set(
    ("a an the of to in on at for and or but is are was were be been am im i ive my me mine we our us you your he she his her him they them their it " +
      "its this that these those there theres here with from by as so if then than when what whats who how why where which do does did done doing has have " +
      "had will would can could should shall may might must just also any some very into onto off about says say said saying tells told caller callers " +
      "calling please thanks thank hi hello get gets got getting one ones someone somebody").split(" "),
  );
  const IRREGULAR = {
    found: "find", sent: "send", gone: "go", went: "go", goes: "go", lost: "lose", came: "come", took: "take", taken: "take",
    kept: "keep", wrote: "write", written: "write", saw: "see", seen: "see", gave: "give", given: "give", broke: "break",
    broken: "break", chose: "choose", chosen: "choose", held: "hold", made: "make", paid: "pay", left: "leave", shown: "show",
    threw: "throw", thrown: "throw", cannot: "cant", couldnt: "cant", wont: "cant", unable: "cant", nothing: "no",
    nobody: "no", none: "no", noone: "no", not: "no", doesnt: "no", didnt: "no", isnt: "no", arent: "no", wasnt: "no",
    hasnt: "no", havent: "no", never: "no", grey: "gray", patients: "patient", children: "child", people: "person",
  };
  const FAINTS = new Set(
    ("cant no work working open show see try use used new now today yesterday day week time since again back keep come go find look need want know think thing " +
      "happen happening trouble weird strange odd funny acting looks broken say make take give put tell ask let still already yet page screen system computer button help problem issue error wrong right good bad " +
      "all every other another same different many much lot long first last next two three since only even").split(" "),
  );
  const fold = (text) => (/[^\x00-\x7f]/.test(text) ? text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "") : text).toLowerCase().replace(/['\u2018\u2019`]/g, "");
  const letters = (text) => fold(text).replace(/[^a-z0-9]+/g, "");

  // Plural, past and -ing forms meet in one stem; it need not be a word.
  const stems = new Map();
  const stem = (word) => {
    if (!stems.has(word)) stems.set(word, stemOf(word));
    return stems.get(word);
  };
  const stemOf = (word) => {
    if (Object.hasOwn(IRREGULAR, word)) word = IRREGULAR[word];
    if (word.length < 4 || /\d/.test(word)) return word;
    if (/ies$/.test(word) && word.length > 4) word = word.slice(0, -3) + "y";
    else if (/(ss|x|ch|sh|z)es$/.test(word)) word = word.slice(0, -2);
    else if (/[^sui]s$/.test(word)) word = word.slice(0, -1);
    if (/ing$/.test(word) && /[aeiouy].*ing$/.test(word) && word.length > 5) word = word.slice(0, -3);
    else if (/ed$/.test(word) && /[aeiouy].*ed$/.test(word) && word.length > 4) word = word.slice(0, -2);
    word = word.replace(/^(.{4,})(able|ible|ably|ation|ly|ment|ness)$/, "$1");
    if (/e$/.test(word) && word.length > 3) word = word.slice(0, -1);
    if (/([bcdfgklmnprstvz])\1$/.test(word)) word = word.slice(0, -1);
    return word;
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
      if (/\d/.test(whole) || parts.some((part) => part.length < 3)) found.push({ text: parts.join(""), stem: parts.join(""), joined: true });
      for (const part of parts) found.push({ text: part, stem: stem(part), part: true });
    }
    return found;
  };
  const stops = (word) => STOP.has(word.text) || (word.part && /^\d?$/.test(word.text));

  // Concepts: each group of synonyms is one more term, ~0, ~1..., wherever one of its wordings stands.
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

  // ---- Building ------------------------------------------------------------------------------------------------------
  const spoken = new Map(); // the words of all documents as they are written, and how often, to complete and correct by
  // The terms of one document's fields with their impacts: { term: 1..15 }.
  const impacts = (fields, byFirst) => {
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
        for (const [, , term] of concepts(list, byFirst)) counts.set(term, (counts.get(term) || 0) + 1);
      }
      const norm = 1 + LONG[field] * Math.max(0, length / PIVOT[field] - 1);
      for (const [term, count] of counts) weights.set(term, (weights.get(term) || 0) + (FIELDS[field] * count) / norm);
    }
    for (const [term, weight] of weights) weights.set(term, Math.max(1, Math.round((STEPS * weight) / (SATURATION + weight))));
    return weights;
  };

  const hash = (term) => {
    let value = 2166136261;
    for (let at = 0; at < term.length; at++) value = Math.imul(value ^ term.charCodeAt(at), 16777619);
    return value >>> 0;
  };

  // Postings of a tier: { term: [gap * 16 + impact, ...] } by document number; keys are terms that start with "=".
  const build = (documents, synonyms) => {
    const postings = new Map(), last = new Map(), byFirst = wordings(synonyms);
    documents.forEach((fields, number) => {
      for (const [term, impact] of impacts(fields, byFirst)) {
        if (!postings.has(term)) postings.set(term, []);
        postings.get(term).push((number - (last.get(term) || 0)) * 16 + impact);
        last.set(term, number);
      }
    });
    return postings;
  };
  let built = new Map();
  const load = (documents, keys, synonyms) => {
    spoken.clear();
    built = build(documents, synonyms);
    for (const [key, targets] of Object.entries(keys)) built.set(`=${letters(key)}`, (built.get(`=${letters(key)}`) || []).concat(targets));
  };
  const shards = (count) => {
    const files = Array.from({ length: count }, () => Object.create(null));
    for (const [term, list] of built) files[hash(term) % count][term] = list;
    return files.map((file) => JSON.stringify(file));
  };
  const vocabulary = () => [...spoken];

  // ---- Near words ------------------------------------------------------------------------------------------------------
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

  // ---- Asking ----------------------------------------------------------------------------------------------------------
  // A query as slots: one a word, each with the terms that can stand for it and their weights.
  const slotsOf = (query, start) => {
    const every = words(query).slice(0, 2 * WORDS);
    const list = every.filter((word) => !word.joined);
    const ends = /[\s.,;:!?]$/.test(query);
    const meaning = list.filter((word) => !stops(word));
    const kept = new Set((meaning.length ? meaning : list).slice(0, SLOTS));
    const meant = start.concepts(list), slots = [];
    list.forEach((word, at) => {
      if (!kept.has(word)) return;
      const terms = new Map([[word.stem, 1]]), typed = [], begun = new Set();
      const add = (term, weight) => terms.set(term, Math.max(weight, terms.get(term) || 0));
      for (const [first, last, term] of meant) if (first <= at && at <= last) add(term, SYNONYM);
      for (const other of [at - 1, at + 1]) {
        const pair = list[other] && (other < at ? list[other].text + word.text : word.text + list[other].text);
        if (pair && (/\d/.test(pair) || start.lexicon.known.has(stem(pair)))) add(stem(pair), JOINED);
      }
      const codes = every.filter((one) => one.joined && one.text.includes(word.text));
      for (const code of codes) add(code.stem, 1);
      if (!start.lexicon.known.has(word.stem) && /^[a-z]+$/.test(word.text)) {
        const last = at === list.length - 1 && !ends;
        const longer = last && word.text.length > 1 ? start.lexicon.starting(word.text) : [];
        if (longer.length) for (const other of longer) { add(stem(other), PREFIX); typed.push(other); begun.add(stem(other)); }
        else for (const [other, far] of near(word.text, start.lexicon)) { add(stem(other), TYPO[far]); typed.push(other); }
        // What the likeliest of them means counts too.
        if (typed.length) for (const [, , term] of start.concepts([{ stem: stem(typed[0]) }])) add(term, SYNONYM * 0.8);
      }
      const share = FAINTS.has(word.text) || FAINTS.has(word.stem) ? FAINT : 1;
      slots.push({ stem: word.stem, share, begun, terms: [...terms] });
    });
    return slots;
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
      // Every one of `stems` stands in the name.
      with: (stems) => (byStem.get(stems[0]) || []).filter((entry) => stems.every((stem) => entry.stems.has(stem))),
      // The name, of six letters or more, stands in the text: some of its words in a row are the name's letters.
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
  // Where `word` stands, or would stand, in a sorted list.
  const first = (list, word, of) => {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (of(list[middle]) < word) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  // start.json as it is used: the words by what they begin with, the names by their letters.
  const prepare = (raw) => {
    const byFirst = wordings(raw.synonyms);
    // The words of synonyms can be completed and corrected too.
    const said = raw.synonyms.flat().flatMap(words).map((word) => word.text).filter((word) => /^[a-z]{3,}$/.test(word));
    const given = raw.words ? raw.words.split(" ") : [];
    const often = new Map(given.map((word, at) => [word, Number(raw.often[at])]));
    const list = [...new Set([...given, ...said])].sort();
    const lexicon = {
      words: list,
      known: new Set(list.map(stem)),
      bits: list.map(signature),
      starting(prefix) {
        const found = [];
        for (let at = first(list, prefix, (word) => word); at < list.length && list[at].startsWith(prefix); at++) found.push(list[at]);
        return found.sort((a, b) => (often.get(b) || 0) - (often.get(a) || 0) || a.length - b.length).slice(0, 4);
      },
    };
    // The hubs stand among the symptoms in the order of the changes.
    const hubs = [], change = raw.kinds.indexOf("change");
    raw.tiers.symptoms.kinds.forEach((kind, number) => { if (kind === change) hubs.push(number); });
    const changes = raw.changes.map(([name, prior, former, status, systems, groups, shown], number) => ({ name, prior, former, status, systems, groups, shown, hub: hubs[number] }));
    return { ...raw, changes, lexicon, names: namesOf(changes), concepts: (words) => concepts(words, byFirst) };
  };

  const decode = (list) => {
    const documents = new Int32Array(list.length), impacts = new Uint8Array(list.length);
    let number = 0;
    list.forEach((value, at) => { number += value >> 4; documents[at] = number; impacts[at] = value & 15; });
    return { documents, impacts };
  };

  const fileOf = (start, tier, term) => `${tier}-${hash(term) % start.tiers[tier].shards}.json`;
  // A term may be called as a property that every object has: "constructor".
  const postings = (files, name, term) => (files.get(name) && Object.hasOwn(files.get(name), term) ? files.get(name)[term] : undefined);
  const filesFor = (start, tier, slots) => [...new Set(slots.flatMap((slot) => slot.terms.map(([term]) => fileOf(start, tier, term))))];
  const cardFile = (start, tier, number) => `${tier}-cards-${Math.floor(number / start.tiers[tier].cards)}.json`;

  // Score a tier: for each slot and document the best value of the slot's terms, and how near that term is to the word.
  const score = (start, tier, slots, files) => {
    const count = start.tiers[tier].kinds.length;
    const values = new Float32Array(count * slots.length), shares = new Float32Array(count * slots.length);
    const rarest = Math.log(1 + (count + 0.5) / 1.5);
    const weights = slots.map((slot, number) => {
      let heaviest = 0;
      const found = slot.terms.map(([term, share]) => ({ term, share, list: postings(files, fileOf(start, tier, term), term) })).filter(({ list }) => list);
      // A word half typed is as common as the commonest word it can become.
      const begun = Math.max(0, ...found.filter(({ term }) => slot.begun.has(term)).map(({ list }) => list.length));
      for (const { term, share, list } of found) {
        const { documents, impacts: steps } = decode(list), many = slot.begun.has(term) ? begun : documents.length;
        const rarity = slot.share * Math.log(1 + (count - many + 0.5) / (many + 0.5));
        heaviest = Math.max(heaviest, share * rarity);
        for (let at = 0; at < documents.length; at++) {
          const cell = documents[at] * slots.length + number, value = (share * rarity * steps[at]) / STEPS;
          if (value > values[cell]) values[cell] = value;
          const near = share * Math.min(1, steps[at] / TELLING);
          if (near > shares[cell]) shares[cell] = near;
        }
      }
      return heaviest || UNKNOWN * rarest * slot.share;
    });
    return { values, shares, weights };
  };

  const hitsOf = (start, tier, { values, shares }, named, asks, weights) => {
    const table = start.tiers[tier], size = weights.length, hits = [];
    const whole = weights.reduce((sum, one) => sum + one, 0);
    for (let number = 0; number < table.kinds.length; number++) {
      const scenario = table.scenarios[number], change = table.changes[number], kind = start.kinds[table.kinds[number]];
      const own = number * size, standing = kind === "playbook" && !SETTLED.has(start.changes[change].status) ? scenario * size : own;
      let value = 0, coverage = 0;
      for (let at = 0; at < size; at++) {
        value += Math.max(values[own + at], INHERITED * values[standing + at]);
        coverage += weights[at] * Math.max(shares[own + at], shares[standing + at]);
      }
      if (!value) continue;
      coverage /= whole;
      let prior = KINDS[kind] * (change >= 0 ? start.changes[change].prior / 100 : 1);
      if (named.has(change)) prior *= NAMED * (kind === "change" ? FIRST : 1);
      if (asks && kind === "question") prior *= ASKED;
      hits.push({ tier, number, change, scenario, coverage, score: value * prior * (1 - PARTIAL + PARTIAL * coverage) });
    }
    return hits;
  };

  const byScore = (a, b) => b.score - a.score || (a.tier < b.tier ? 1 : a.tier > b.tier ? -1 : a.number - b.number);
  // One scenario's pages do not fill the list: after two of them each further one stands back.
  const uncrowded = (hits) => {
    const seen = new Map();
    for (const hit of hits.slice(0, 400)) {
      if (hit.scenario < 0) continue;
      const before = seen.get(hit.scenario) || 0;
      if (before > 1) hit.score *= CROWD ** (before - 1);
      seen.set(hit.scenario, before + 1);
    }
    return hits.sort(byScore);
  };

  // What a document is filtered by: { kind, status, severity, system, group }, each a list of terms.
  const facetsOf = (start, hit) => {
    const table = start.tiers[hit.tier], change = start.changes[hit.change];
    const systems = change ? change.systems : table.systems[hit.number] || [];
    return {
      kind: [start.kinds[table.kinds[hit.number]]],
      status: change ? [change.status] : [],
      severity: table.severities[hit.number] ? [String(table.severities[hit.number])] : [],
      system: systems.map((one) => start.systems[one]),
      group: change ? change.groups.map((one) => start.groups[one]) : [],
    };
  };
  const passes = (facets, filters, but) => Object.entries(filters).every(([name, term]) => !term || name === but || facets[name].includes(term));

  const ASKS = /^(how|what|why|who|where|when|which|can|could|do|does|did|is|are|will|should|may|must)\b|\?\s*$/i;

  // Find what `query` asks for. Yields lists of file names, is handed their contents, returns the answer:
  // { good, note, pins: [{ change, hub, lead }], hits, total, counts, marks, names, near }.
  function* ask(query, filters = {}) {
    const [start] = yield ["start.json"];
    const text = query.trim();
    const slots = slotsOf(query.trimStart(), start);
    const whole = letters(text);
    const counts = Object.fromEntries(["kind", "status", "severity", "system", "group"].map((name) => [name, Object.create(null)]));
    const empty = { good: false, note: null, pins: [], hits: [], total: 0, counts, marks: [], names: [], near: [], start };
    if (!whole) return empty;

    // Names: the whole query, the beginning of a name, or a name among the words.
    const exact = start.names.exactly(whole);
    const list = words(text).filter((word) => !word.joined).map((word) => word.text);
    const stemsTyped = slots.map((slot) => slot.stem);
    const within = start.names.within(list);
    // Every word of the query stands in a name: "hyphen fix" means Lookup Hyphen Fix.
    const named = new Set((slots.length > 1 ? [...within, ...start.names.with(stemsTyped)] : within).map((name) => name.change));
    const begun = whole.length > 3 ? start.names.starting(whole).filter((name) => 2 * whole.length >= name.key.length).slice(0, 2) : [];
    const old = exact.find((name) => name.former) || within.find((name) => name.former);
    const note = old ? { former: old.name, name: start.changes[old.change].name } : null;
    const marks = slots.flatMap((slot) => slot.terms.map(([term]) => term)).filter((term) => term[0] !== "~");
    // A whole name asks for its change and nothing else.
    const pins = exact.map((name) => ({ change: name.change, hub: start.changes[name.change].hub, lead: 0 }));
    if (exact.length) return { ...empty, good: true, note, pins, marks };

    // Keys: codes, alerts and queues, the whole query or words of it with a digit in them ("she reads lkp 504").
    const typed = text.split(/\s+/).slice(0, WORDS).map(letters), grams = [{ key: whole, first: 0, last: typed.length - 1 }];
    for (let size = 3; size > 0; size--) {
      for (let first = 0; first + size <= typed.length; first++) {
        const key = typed.slice(first, first + size).join("");
        if (/\d/.test(key) && key.length > 2) grams.push({ key, first, last: first + size - 1 });
      }
    }
    const keyFiles = grams.map(({ key }) => fileOf(start, "symptoms", `=${key}`));
    const wanted = [...new Set([...filesFor(start, "symptoms", slots), ...keyFiles])];
    const files = new Map(wanted.map((name) => [name, null]));
    (yield wanted).forEach((content, at) => files.set(wanted[at], content));

    const used = new Set();
    for (const { key, first, last } of grams) {
      const targets = postings(files, fileOf(start, "symptoms", `=${key}`), `=${key}`);
      // The longest key counts: where LKP-504 stands, 504 is no code of its own.
      if (!targets || used.has(first) || used.has(last)) continue;
      for (let at = first; at <= last; at++) used.add(at);
      for (let at = 0; at < targets.length; at += 2) {
        const hub = targets[at], change = start.tiers.symptoms.changes[hub];
        // A code that a change answers leads to that change; the standing playbook follows among the hits.
        if (!pins.some((pin) => pin.hub === hub)) pins.push({ change, hub, lead: targets[at + 1] });
      }
    }
    pins.sort((a, b) => (b.change >= 0) - (a.change >= 0) || a.hub - b.hub);
    const pinned = pins.filter((pin, at) => pin.change >= 0 || at === 0).slice(0, 3);

    const asks = ASKS.test(fold(text)) && list.length > 2;
    const symptoms = score(start, "symptoms", slots, files);
    let hits = hitsOf(start, "symptoms", symptoms, named, asks, symptoms.weights);
    const coverage = hits.reduce((most, hit) => Math.max(most, hit.coverage), 0);
    const others = filters.kind && !["scenario", "playbook", "change"].includes(filters.kind);
    if (!pinned.length && (asks || others || coverage < THIN || hits.length < 3)) {
      const names = filesFor(start, "more", slots), more = new Map();
      const [table, ...contents] = yield ["more.json", ...names];
      Object.assign(start.tiers.more, table);
      contents.forEach((content, at) => more.set(names[at], content));
      // A word that only this tier holds weighs what it weighs here.
      const rest = score(start, "more", slots, more);
      const weights = symptoms.weights.map((one, at) => Math.min(one, rest.weights[at]));
      hits = [...hitsOf(start, "symptoms", symptoms, named, asks, weights), ...hitsOf(start, "more", rest, named, asks, weights)];
    }
    hits = uncrowded(hits.sort(byScore));
    const good = pinned.length > 0 || named.size > 0 || begun.length > 0 || hits.some((hit) => hit.coverage + hit.score / WELL >= GOOD);
    const near = hits.filter((hit) => hit.coverage >= HALF);
    // What answers far less than the best does is chaff.
    hits = good ? hits.filter((hit) => hit.score >= TAIL * hits[0].score) : [];
    for (const name of begun.reverse()) {
      const hub = start.changes[name.change].hub;
      hits = [{ tier: "symptoms", number: hub, change: name.change, scenario: -1, coverage: 1, score: 99 }, ...hits.filter((hit) => hit.tier !== "symptoms" || hit.number !== hub)];
    }
    const own = new Set(pinned.map((pin) => pin.change).filter((change) => change >= 0));
    const leads = new Set(pinned.map((pin) => pin.hub));
    hits = hits.filter((hit) => !(own.has(hit.change) || (hit.tier === "symptoms" && leads.has(hit.number))));

    // Counts of a facet are of what the other facets let through.
    const shown = [];
    for (const hit of hits) {
      const facets = facetsOf(start, hit);
      for (const [name, terms] of Object.entries(facets)) {
        if (passes(facets, filters, name)) for (const term of terms) counts[name][term] = (counts[name][term] || 0) + 1;
      }
      if (passes(facets, filters, "")) shown.push(hit);
    }
    return { good, note, pins: pinned, hits: shown, total: shown.length, counts, marks, names: good ? [] : namesLike(whole, start), start, near: near.slice(0, 3) };
  }

  // Drive `ask` where every file is at hand already.
  const opened = new Map();
  const open = (files) => { for (const [name, text] of Object.entries(files)) opened.set(name, parse(name, text)); };
  const parse = (name, text) => (name === "start.json" ? prepare(JSON.parse(text)) : JSON.parse(text));
  const answer = (query, filters, most) => {
    const asking = ask(query, filters);
    let step = asking.next();
    while (!step.done) step = asking.next(step.value.map((name) => opened.get(name)));
    const { start, ...found } = step.value;
    return { ...found, hits: found.hits.slice(0, most) };
  };

  return { ask, answer, cardFile, distance, load, open, prepare, shards, vocabulary, words };
})();
