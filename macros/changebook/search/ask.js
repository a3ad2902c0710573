// What a query finds. There is one ranking: the browser runs this file, and so does Python.
// It fetches nothing itself: `ask` is a generator that yields the names of the files it needs and is handed their contents.
(() => {
  "use strict";
  const { STEPS, fold, letters, stem, words, stops, wordings, concepts, hash, near, lexiconOf, namesOf, namesLike, codesLike } = globalThis.changebookSearch;

  // ---- The figures of the ranking, each with its reason. -----------------------------------------------------------
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
  const SLOTS = 24, WORDS = 60; // words of a query that are asked for, and looked at

  const FAINTS = new Set(
    ("cant no work working open show see try use used new now today yesterday day week time since again back keep come go find look need want know think thing " +
      "happen happening trouble weird strange odd funny acting looks broken say make take give put tell ask let still already yet page screen system computer button help problem issue error wrong right good bad " +
      "all every other another same different many much lot long first last next two three since only even").split(" "),
  );

  const COMMON = new Set("feed api system exchang interfac engin servic gateway index patient lab imag record".split(" ")); // stems in the names of systems

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
      // "MPI 240" is one code: where it stands nowhere, the 240 of another one is no answer.
      if (/^\d{2,}$/.test(word.text) && (word.code || (at && start.prefixes.has(list[at - 1].text)))) terms.delete(word.stem);
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

  // start.json as it is used: the words by what they begin with, the names by their letters.
  const prepare = (raw) => {
    const byFirst = wordings(raw.synonyms);
    // The hubs stand among the symptoms in the order of the changes.
    const hubs = [], change = raw.kinds.indexOf("change");
    raw.tiers.symptoms.kinds.forEach((kind, number) => { if (kind === change) hubs.push(number); });
    const changes = raw.changes.map(([name, prior, former, status, systems, groups, shown], number) => ({ name, prior, former, status, systems, groups, shown, hub: hubs[number] }));
    // What an outage is called by, but for the words that every system's name has.
    const outages = raw.outages.map((outage) => ({ ...outage, stems: words(outage.name).map((word) => word.stem).filter((stem) => !FAINTS.has(stem) && !COMMON.has(stem)) }));
    return { ...raw, changes, outages, prefixes: new Set(raw.prefixes), lexicon: lexiconOf(raw), names: namesOf(changes), concepts: (words) => concepts(words, byFirst) };
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
      hits.push({ tier, number, change, scenario, also: [], coverage, score: value * prior * (1 - PARTIAL + PARTIAL * coverage) });
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

  // A playbook is one result: what a change adds to it is told in its row, and a change's page holds all of it. So of the
  // general playbook and those of changes the one found first is listed; after the general one, theirs are told in its row.
  const general = (hit) => hit.tier === "symptoms" && hit.number === hit.scenario;
  const listing = (before) => {
    const firsts = new Map(before.map((hit) => [hit.scenario, hit]));
    return (hit) => {
      const first = hit.scenario < 0 ? undefined : firsts.get(hit.scenario);
      if (!first) { firsts.set(hit.scenario, hit); return true; }
      if (general(first)) first.also.push(hit.change);
      return !general(first) && !general(hit);
    };
  };

  // What a document is filtered by: { kind, status, severity, system, group }, each a list of terms.
  const facetsOf = (start, hit) => {
    const table = start.tiers[hit.tier], change = start.changes[hit.change];
    const systems = change ? change.systems : table.systems[hit.number] || [];
    return {
      kind: [general(hit) ? "playbook" : start.kinds[table.kinds[hit.number]]],
      status: change ? [change.status] : [],
      severity: table.severities[hit.number] ? [String(table.severities[hit.number])] : [],
      system: systems.map((one) => start.systems[one]),
      group: change ? change.groups.map((one) => start.groups[one]) : [],
    };
  };
  const passes = (facets, filters, but) => Object.entries(filters).every(([name, term]) => !term || name === but || facets[name].includes(term));

  // The known outages that a query names, or that lie on the way of its first page.
  const outagesFor = (start, stemsTyped, hit) => {
    const change = hit && start.changes[hit.change];
    const way = change ? change.systems : hit && hit.tier === "symptoms" ? start.tiers.symptoms.systems[hit.number] || [] : [];
    return start.outages.filter((outage) => outage.stems.some((stem) => stemsTyped.includes(stem)) || outage.systems.some((system) => way.includes(system)));
  };

  const ASKS = /^(how|what|why|who|where|when|which|can|could|do|does|did|is|are|will|should|may|must)\b|\?\s*$/i;

  // Find what `query` asks for. Yields lists of file names, is handed their contents, returns the answer:
  // { good, note, pins: [{ change, hub, lead, key, also }], hits: [{ tier, number, change, also, ... }], total, counts, marks, names, near }.
  function* ask(query, filters = {}) {
    const [start] = yield ["start.json"];
    const text = query.trim();
    const slots = slotsOf(query.trimStart(), start);
    const whole = letters(text);
    const counts = Object.fromEntries(["kind", "status", "severity", "system", "group"].map((name) => [name, Object.create(null)]));
    const empty = { good: false, vague: !slots.length, codes: null, outages: [], note: null, pins: [], hits: [], total: 0, counts, marks: [], names: [], near: [], start };
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
    const pins = exact.map((name) => ({ change: name.change, hub: start.changes[name.change].hub, lead: 0, also: [] }));
    if (exact.length) return { ...empty, good: true, outages: outagesFor(start, stemsTyped, pins[0]), note, pins, marks };

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
        // A code that a change answers leads to that change; the general playbook follows among the hits.
        if (!pins.some((pin) => pin.hub === hub)) pins.push({ change, hub, lead: targets[at + 1], key, also: [] });
      }
    }
    pins.sort((a, b) => (b.change >= 0) - (a.change >= 0) || a.hub - b.hub);
    // A code that nobody knows is named, with those that look like it.
    const lost = grams.map(({ key, first, last }) => ({ key, free: !used.has(first) && !used.has(last) })).find(({ key, free }) => free && start.prefixes.has((/^([a-z]+)\d+$/.exec(key) || [])[1]));
    let codes = null;
    if (lost) {
      const [known] = yield ["codes.json"];
      codes = { asked: lost.key.replace(/\d/, "-$&").toUpperCase(), like: codesLike(lost.key, known) };
    }
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
    // "It's not working" says nothing that could be found.
    const vague = slots.every((slot) => slot.share < 1);
    const good = pinned.length > 0 || named.size > 0 || begun.length > 0 || hits.some((hit) => !vague && hit.coverage + hit.score / WELL >= GOOD);
    const near = hits.filter((hit) => hit.coverage >= HALF);
    // What answers far less than the best does is chaff.
    hits = good ? hits.filter((hit) => hit.score >= TAIL * hits[0].score) : [];
    for (const name of begun.reverse()) {
      const hub = start.changes[name.change].hub;
      hits = [{ tier: "symptoms", number: hub, change: name.change, scenario: -1, also: [], coverage: 1, score: 99 }, ...hits.filter((hit) => hit.tier !== "symptoms" || hit.number !== hub)];
    }
    const own = new Set(pinned.map((pin) => pin.change).filter((change) => change >= 0));
    const leads = new Set(pinned.map((pin) => pin.hub));
    hits = hits.filter((hit) => !(own.has(hit.change) || (hit.tier === "symptoms" && leads.has(hit.number))));

    // Counts of a facet are of what the other facets let through, as it would be listed.
    const before = pinned.filter((pin) => pin.change < 0).map((pin) => ({ tier: "symptoms", number: pin.hub, scenario: pin.hub, also: pin.also }));
    const shown = [], listed = listing(before), counted = new Map();
    for (const hit of hits) {
      const facets = facetsOf(start, hit);
      for (const [name, terms] of Object.entries(facets)) {
        if (passes(facets, filters, name)) for (const term of terms) {
          const key = `${name} ${term}`;
          if (!counted.has(key)) counted.set(key, listing(before.map((hit) => ({ ...hit, also: [] }))));
          counts[name][term] = (counts[name][term] || 0) + counted.get(key)({ ...hit, also: [] });
        }
      }
      if (passes(facets, filters, "") && listed(hit)) shown.push(hit);
    }
    return { good, vague, codes, outages: outagesFor(start, stemsTyped, hits[0]), note, pins: pinned, hits: shown, total: shown.length, counts, marks, names: good ? [] : namesLike(whole, start), start, near: near.slice(0, 3) };
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

  Object.assign(globalThis.changebookSearch, { ask, answer, cardFile, open, prepare });
})();
