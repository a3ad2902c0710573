// What a query finds. There is one ranking: the browser runs this file, and so does Python.
// It fetches nothing itself: `ask` is a generator that yields the names of the files it needs and is handed their contents.
(() => {
  "use strict";
  const { language, fold, letters, words, namesLike, codesLike, slotsOf, PASTE, codesOf, tableOf, firstFile, postingsOf, termsOf, cardFile, prepare } = globalThis.changebookSearch;
  const { score, TAIL, NEAREST, contenders, kindOf, uncrowded, behindGuides, withOthers, withPlaybook, sureness, general, listing, varied } = globalThis.changebookSearch;
  const { ASKS, WISHES } = language;
  const FACETS = ["kind", "status", "severity", "system", "group"]; // what a list can be filtered by
  const FEW = 3; // so many words are a few

  const TELLING = 3; // of so many words that say something one must be of a subject for the query to look like it
  const THIN = 0.8; // when the best playbook answers less than this, questions and lists are looked through too
  const NAMING = 600; // words of a text in which names are looked for
  const CODE = 60; // letters of a code, an alert or a queue
  const BRIEF = 12; // words up to which a query may be a question

  // ---- Asking ----------------------------------------------------------------------------------------------------------
  // What a document is filtered by: { kind, status, severity, system, group }, each a list of terms. What a change is filtered by is
  // told once: hundreds of its pages' hits ask for it.
  const facetsOf = (start, hit) => {
    const table = start.tiers[hit.tier], change = start.changes[hit.change], names = (of, list) => (list || []).map((one) => start[of][one]);
    const all = change && (change.facets ??= { status: [change.status], system: names("systems", change.systems), group: names("groups", change.groups) });
    return {
      kind: [general(hit) ? "playbook" : start.kinds[table.kinds[hit.number]]],
      status: all ? all.status : [],
      severity: table.severities[hit.number] ? [String(table.severities[hit.number])] : [],
      system: all ? all.system : names("systems", table.systems[hit.number]),
      group: all ? all.group : [],
    };
  };
  // The known outages that a query names, or that lie on the way of its first page.
  const outagesFor = (start, stemsTyped, hit) => {
    const change = hit && start.changes[hit.change];
    const way = change ? change.systems : hit && hit.tier === "symptoms" ? start.tiers.symptoms.systems[hit.number] || [] : [];
    return start.outages.filter((outage) => outage.stems.some((stem) => stemsTyped.includes(stem)) || outage.systems.some((system) => way.includes(system)));
  };

  // Of hits in order those of different playbooks, and of what other desks answer.
  const different = (start, hits) => {
    const seen = new Set();
    return hits.filter((hit) => (hit.scenario >= 0 ? !seen.has(hit.scenario) && seen.add(hit.scenario) : kindOf(start, hit) === "elsewhere"));
  };
  // Who is asked for by number, queue or name comes first.
  const withDirect = (hits, direct) => [...direct, ...hits.filter((hit) => !direct.some((one) => one.tier === hit.tier && one.number === hit.number))];

  // Find what `query` asks for. Yields lists of file names, is handed their contents, returns the answer:
  // { good, subject, note, pins: [{ change, hub, lead, key, also }], hits: [{ tier, number, change, also, ... }], total, counts, marks, names, near }.
  function* ask(query, filters = {}) {
    const [start] = yield ["start.json"];
    const text = query.trim();
    let slots = slotsOf(query.trimStart(), start);
    const whole = letters(text);
    const counts = Object.fromEntries(FACETS.map((name) => [name, Object.create(null)]));
    const strange = slots.filter((slot) => slot.subject !== undefined), subject = strange.length && TELLING * strange.length >= slots.filter((slot) => slot.share === 1).length ? start.subjects[strange[0].subject] : "";
    const empty = { good: false, subject, vague: !slots.length, codes: null, outages: [], note: null, pins: [], hits: [], total: 0, counts, marks: [], names: [], near: [], start };
    if (!whole) return empty;

    // Names: the whole query, the beginning of a name, or a name among the words.
    const exact = start.names.exactly(whole);
    const list = words(text).filter((word) => !word.joined).map((word) => word.text).slice(0, NAMING);
    const stemsTyped = slots.map((slot) => slot.stem);
    const within = start.names.within(list);
    // Every word of the query is in a name: "hyphen fix" means Lookup Hyphen Fix.
    const named = new Set((slots.length > 1 ? [...within, ...start.names.with(stemsTyped)] : within).map((name) => name.change));
    const begun = whole.length > 3 ? start.names.starting(whole).filter((name) => 2 * whole.length >= name.key.length).slice(0, 2) : [];
    const old = exact.find((name) => name.former) || within.find((name) => name.former);
    const note = old ? { former: old.name, name: start.changes[old.change].name } : null;
    const marks = slots.flatMap((slot) => slot.terms.map(([term]) => term)).filter((term) => term[0] !== "~");
    // A whole name asks for its change and nothing else.
    const pins = exact.map((name) => ({ change: name.change, hub: start.changes[name.change].hub, lead: 0, also: [] }));
    if (exact.length) return { ...empty, good: true, outages: outagesFor(start, stemsTyped, pins[0]), note, pins, marks };

    // Keys: codes, alerts and queues, the whole query or words of it with a digit in them ("she reads lkp 504").
    const typed = text.split(/\s+/).map(letters), long = typed.length > PASTE, grams = whole.length > CODE ? [] : [{ key: whole, first: 0, last: typed.length - 1 }];
    const gramAt = new Set(); // of a paste's numbers those that look like codes, each once
    for (let size = long ? 2 : 3; size > 0; size--) {
      for (let first = 0; first + size <= typed.length && grams.length <= PASTE; first++) {
        const key = typed.slice(first, first + size).join("");
        if (key.length < 3 || key.length > CODE || !(long ? /^[a-z]{2,}\d{2,}$/ : /\d/).test(key) || (long && gramAt.has(key))) continue;
        gramAt.add(key);
        grams.push({ key, first, last: first + size - 1 });
      }
    }
    const terms = termsOf(slots), postings = yield* postingsOf(start, "symptoms", [...grams.map(({ key }) => `=${key}`), ...terms]);

    const used = new Set(), direct = []; // `direct`: who is asked for by number, queue or name
    for (const { key, first, last } of grams) {
      const targets = postings.get(`=${key}`);
      // The longest key counts: where LKP-504 is, 504 is no code of its own.
      if (!targets || used.has(first) || used.has(last)) continue;
      for (let at = first; at <= last; at++) used.add(at);
      for (let at = 0; at < targets.length; at += 2) {
        const hub = targets[at], change = start.tiers.symptoms.changes[hub];
        if (hub < 0) {
          const number = -targets[at + 1] - 1;
          if (!direct.some((one) => one.number === number)) direct.push({ tier: "more", number, change: -1, scenario: -1, also: [], coverage: 1, score: 98 });
          continue;
        }
        // A code that a change answers leads to that change; the general playbook follows among the hits.
        if (!pins.some((pin) => pin.hub === hub)) pins.push({ change, hub, lead: targets[at + 1], key, also: [] });
      }
    }
    pins.sort((a, b) => (b.change >= 0) - (a.change >= 0) || a.hub - b.hub);
    // A code that nobody knows is named, with those that look like it.
    const lost = grams.map(({ key, first, last }) => ({ key, free: !used.has(first) && !used.has(last) })).find(({ key, free }) => free && start.prefixes.has((/^([a-z]+)\d+$/.exec(key) || [])[1]));
    let codes = null;
    if (lost) {
      // Its figures are no code of their own: LKP-999 is no rejected claim file.
      const figures = lost.key.replace(/^[a-z]+/, "");
      slots = slots.map((slot) => (slot.stem === figures ? { ...slot, terms: [] } : slot));
      const [known] = yield ["codes.json"];
      codes = { asked: lost.key.replace(/\d/, "-$&").toUpperCase(), like: codesLike(lost.key, codesOf(known)) };
    }
    const pinned = pins.filter((pin, at) => pin.change >= 0 || at === 0).slice(0, 3);

    const asks = ASKS.test(fold(text)) && list.length > 2 && list.length <= BRIEF;
    const symptoms = score(start, "symptoms", slots, postings);
    let { hits, many, coverage } = contenders(start, [symptoms], named, asks, symptoms.weights);
    const others = filters.kind && !["scenario", "playbook", "change"].includes(filters.kind);
    if (direct.length || (!pinned.length && (asks || others || coverage < THIN || many < 3))) {
      const [{ table }] = yield [firstFile("more")];
      if (!start.tiers.more.kinds) Object.assign(start.tiers.more, tableOf(table));
      // A word that only this tier holds weighs what it weighs here.
      const rest = score(start, "more", slots, yield* postingsOf(start, "more", terms));
      const weights = symptoms.weights.map((one, at) => Math.min(one, rest.weights[at]));
      rest.held.forEach((one, at) => { symptoms.held[at] ||= one; });
      ({ hits } = contenders(start, [symptoms, rest], named, asks, weights));
    }
    hits = uncrowded(hits);
    if (!asks) hits = behindGuides(start, hits);
    hits = withPlaybook(start, withOthers(start, hits));
    // "It's not working" says nothing that could be found.
    const vague = slots.every((slot) => slot.share < 1);
    // A page of the handbook is what a single word hardly asks for.
    const fits = (hit) => list.length > 1 || kindOf(start, hit) !== "page";
    // Of a few words that the book holds half of at most there is no good match, however well that half fits.
    const telling = slots.filter((slot) => slot.share === 1), known = slots.filter((slot, at) => slot.share === 1 && !slot.unsure && symptoms.held[at]);
    const enough = known.length > 0 && (telling.length > FEW || known.length * 2 > telling.length);
    const answers = enough && hits.length > 0 && fits(hits[0]) && sureness(start, slots, symptoms.rarest, hits, WISHES.test(fold(text))) > 0;
    const good = pinned.length > 0 || direct.length > 0 || (named.size > 0 && hits.length > 0) || begun.length > 0 || answers;
    const near = different(start, hits.filter((hit) => hit.coverage >= NEAREST));
    // What answers far less than the best does is chaff.
    hits = good ? hits.filter((hit) => hit.score >= TAIL * hits[0].score && fits(hit)) : [];
    hits = withDirect(hits, direct);
    for (const name of begun.reverse()) {
      const hub = start.changes[name.change].hub;
      hits = [{ tier: "symptoms", number: hub, change: name.change, scenario: -1, also: [], coverage: 1, score: 99 }, ...hits.filter((hit) => hit.tier !== "symptoms" || hit.number !== hub)];
    }
    const own = new Set(pinned.map((pin) => pin.change).filter((change) => change >= 0));
    const leads = new Set(pinned.map((pin) => pin.hub));
    hits = hits.filter((hit) => !(own.has(hit.change) || (hit.tier === "symptoms" && leads.has(hit.number))));

    // Counts of a facet are of what the other facets let through, as it would be listed.
    const before = pinned.filter((pin) => pin.change < 0).map((pin) => ({ tier: "symptoms", number: pin.hub, scenario: pin.hub, also: pin.also }));
    const shown = [], listed = listing(before, true), lists = Object.fromEntries(FACETS.map((name) => [name, new Map()]));
    const chosen = Object.keys(filters).filter((name) => filters[name]);
    for (const hit of hits) {
      const facets = facetsOf(start, hit), against = chosen.filter((name) => !facets[name].includes(filters[name]));
      if (against.length > 1) continue;
      for (const name of against.length ? against : FACETS) {
        for (const term of facets[name]) {
          let list = lists[name].get(term);
          if (!list) lists[name].set(term, (list = { lists: listing(before), count: 0 }));
          if (list.lists(hit)) list.count++;
        }
      }
      if (!against.length && listed(hit)) shown.push(hit);
    }
    for (const name in lists) for (const [term, { count }] of lists[name]) counts[name][term] = count;
    const rows = asks || pinned.length || direct.length || named.size ? shown : varied(start, shown);
    return { good, subject, vague, codes, outages: outagesFor(start, stemsTyped, hits[0]), note, pins: pinned, hits: rows, total: shown.length, counts, marks, names: good ? [] : namesLike(whole, start), start, near: near.slice(0, 3) };
  }

  // Drive `ask` where every file is at hand: whoever runs this has `changebookFile` return the text of one.
  const opened = new Map();
  const open = () => opened.clear();
  const parse = (name, text) => (name === "start.json" ? prepare(JSON.parse(text)) : JSON.parse(text));
  const read = (name) => {
    if (!opened.has(name)) opened.set(name, parse(name, globalThis.changebookFile(name)));
    return opened.get(name);
  };
  const answer = (query, filters, most) => {
    const asking = ask(query, filters);
    let step = asking.next();
    while (!step.done) step = asking.next(step.value.map(read));
    const { start, ...found } = step.value;
    return { ...found, hits: found.hits.slice(0, most) };
  };

  Object.assign(globalThis.changebookSearch, { ask, answer, open });
})();
