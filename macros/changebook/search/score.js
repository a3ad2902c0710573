// How much each document answers of a query, tier by tier.
(() => {
  "use strict";
  const { STEPS } = globalThis.changebookSearch;

  // ---- The figures of the ranking, each with its reason. -----------------------------------------------------------
  // A change's playbook is its scenario's playbook with something new on top: where its own words do not answer a word
  // of the query, its scenario's do, for this much.
  const INHERITED = 0.66;
  const SETTLED = new Set(["closed", "cancelled"]); // of these it inherits nothing: what was new is standing by now, or never came
  const PLAYBOOKS = new Set(["scenario", "playbook"]);
  const ASKED = 1.9, HALF = 0.5; // an answer to a question, when the query is worded as one and it answers half of it
  const OTHERS = 1.4, MOSTLY = 0.6; // what another desk does, where its words answer that much of the query
  const NAMED = 1.6; // a page of a change whose name, or former name, is among the words
  const FIRST = 1.6; // its hub, once more: who types a name wants the change, not one page of it
  // A page that answers half of the words is worth less than half: `score * (1 - PARTIAL + PARTIAL * coverage)`.
  const PARTIAL = 0.5;
  const PLACE = 0.65; // a site or partner: where it happens, and many pages of few changes say it
  const UNKNOWN = 0.6; // a word that the book does not hold weighs more than half as much as its rarest one, in what is answered of a query
  // Of how many pages a smaller book is taken to be one: a few pages do not tell which words are rare.
  const LEAST = 60;
  const TAIL = 0.25; // of the best score: less is not listed
  const CROWD = 0.7; // the second page of one scenario, and each one after it, yields to another scenario's
  const CHAFF = TAIL * CROWD ** 3; // of the best playbook: what answers less is no hit, as no more than three pages come before it
  const NEAREST = 0.1; // of the query, to be shown as the nearest where nothing is good

  // Score a tier: for each slot and document the best value of the slot's terms, and how near that term is to the word.
  // `rows` tells a document's row; what holds no word has the first, which stays empty. `answering` tells the rows of each slot.
  const score = (start, tier, slots, lists) => {
    const count = start.tiers[tier].kinds.length, size = slots.length, rows = new Int32Array(count);
    const found = slots.map((slot) => slot.terms.map(([term, share]) => ({ term, share, list: lists.get(term) })).filter(({ list }) => list));
    let last = 0;
    for (const { list } of found.flat()) for (const number of list.documents) if (!rows[number]) rows[number] = ++last;
    const values = new Float32Array((last + 1) * size), shares = new Float32Array((last + 1) * size);
    const rarityOf = (many) => Math.log(1 + (Math.max(count, LEAST) - many + 0.5) / (many + 0.5));
    const rarest = rarityOf(1), answering = slots.map(() => []), held = found.map((terms) => terms.length > 0);
    const weights = slots.map((slot, which) => {
      let heaviest = 0;
      // A word half typed is as common as the commonest word it can become.
      const begun = Math.max(0, ...found[which].filter(({ term }) => slot.begun.has(term)).map(({ list }) => list.documents.length));
      for (const { term, share, list: { documents, impacts } } of found[which]) {
        const rarity = slot.share * (slot.place ? PLACE : 1) * rarityOf(slot.begun.has(term) ? begun : documents.length);
        heaviest = Math.max(heaviest, share * rarity);
        for (let at = 0; at < documents.length; at++) {
          const row = rows[documents[at]], cell = row * size + which, value = (share * rarity * impacts[at]) / STEPS;
          if (!shares[cell]) answering[which].push(row);
          if (value > values[cell]) values[cell] = value;
          if (share > shares[cell]) shares[cell] = share;
        }
      }
      return heaviest || UNKNOWN * rarest * slot.share;
    });
    // A word that goes with anything finds nothing by itself.
    const solid = slots.map((slot) => slot.share === 1);
    return { tier, rows, values, shares, answering, weights, solid, held, rarest };
  };

  // What every query asks of a tier's documents, worked out once: what each counts, whether it may come before the general
  // playbook as it is live, and the number of the playbook that it inherits of, or its own.
  const standings = (start, { kinds, changes, scenarios }) => {
    const playbook = start.kinds.indexOf("playbook"), status = (number) => start.changes[changes[number]]?.status;
    return {
      priors: Float64Array.from(kinds, (kind, number) => start.weights[kind] * (changes[number] >= 0 ? start.changes[changes[number]].prior / 100 : 1)),
      live: kinds.map((kind, number) => kind === playbook && status(number) === "live"),
      parents: Int32Array.from(kinds, (kind, number) => (kind === playbook && scenarios[number] >= 0 && !SETTLED.has(status(number)) ? scenarios[number] : number)),
    };
  };

  // What the documents of each row answer by themselves: together, how much of the query it is, and whether it says anything.
  const answersOf = ({ values, shares, answering, solid }, weights, whole) => {
    const size = weights.length, many = values.length / size, sums = new Float64Array(many), coverages = new Float64Array(many), telling = new Uint8Array(many);
    answering.forEach((rows, at) => {
      for (const row of rows) {
        const cell = row * size + at;
        sums[row] += values[cell];
        coverages[row] += weights[at] * shares[cell];
        if (solid[at]) telling[row] = 1;
      }
    });
    return { sums, coverages: coverages.map((one) => one / whole), telling };
  };

  // What a playbook answers with its scenario's. What is live holds all of that one: where its own words answer as much, it comes
  // before it.
  const inherited = ({ values, shares, solid }, row, parent, live, weights, whole) => {
    const size = weights.length, own = row * size, standing = parent * size;
    let before = row > 0 && live, value = 0, coverage = 0, told = !solid.includes(true);
    for (let at = 0; before && at < size; at++) before = shares[own + at] >= shares[standing + at];
    const inherits = before ? 1 : INHERITED;
    for (let at = 0; at < size; at++) {
      const worth = Math.max(values[own + at], inherits * values[standing + at]);
      if (!worth) continue; // nor is there a share of it
      value += worth;
      if (solid[at]) told = true;
      coverage += weights[at] * Math.max(shares[own + at], shares[standing + at]);
    }
    return { value, coverage: coverage / whole, told };
  };

  // Of what the tiers hold that answers something, how many there are, how much of the query the best of them answers, and as hits
  // what can be listed, or be among the nearest: what scores enough beside the best playbook, the best of each scenario, and what
  // other desks do. In a large book thousands of pages hold one of the words.
  const contenders = (start, tiers, named, asks, weights) => {
    const size = weights.length, whole = weights.reduce((sum, one) => sum + one, 0), firsts = [], nearests = [], hits = [];
    const playbooks = start.kinds.map((kind) => PLAYBOOKS.has(kind)), [hub, question, elsewhere] = ["change", "question", "elsewhere"].map((kind) => start.kinds.indexOf(kind));
    const better = (best, scenario, score) => best[scenario] === undefined || score > best[scenario].score;
    let many = 0, lead = null, most = 0, highest = 0;
    for (const scored of tiers) {
      const { tier, rows, solid } = scored, own = answersOf(scored, weights, whole);
      const table = start.tiers[tier], { kinds, changes, scenarios } = table, vague = !solid.includes(true);
      const { priors, live, parents } = (table.standings ??= standings(start, table)), same = new Map();
      for (let number = 0; number < kinds.length; number++) {
        const row = rows[number], parent = rows[parents[number]];
        if (!row && !parent) continue;
        let value = own.sums[row], coverage = own.coverages[row], told = vague || own.telling[row];
        // Playbooks that hold no word themselves answer what their scenario's does, all of them alike.
        const alike = row ? null : same.get(parent);
        if (alike) ({ value, coverage, told } = alike);
        else if (parent && parent !== row) {
          ({ value, coverage, told } = inherited(scored, row, parent, live[number], weights, whole));
          if (!row) same.set(parent, { value, coverage, told });
        }
        if (!value || !told) continue;
        const kind = kinds[number], change = changes[number], scenario = scenarios[number];
        let prior = priors[number];
        if (named.has(change)) prior *= NAMED * (kind === hub ? FIRST : 1);
        if (asks && kind === question && coverage >= HALF) prior *= ASKED;
        if (kind === elsewhere && coverage >= MOSTLY) prior *= OTHERS;
        const score = value * prior * (1 - PARTIAL + PARTIAL * coverage);
        many++;
        highest = Math.max(highest, coverage);
        const first = scenario >= 0 && better(firsts, scenario, score), nearest = scenario >= 0 && coverage >= NEAREST && better(nearests, scenario, score);
        if (score < CHAFF * most && kind !== elsewhere && !first && !nearest) continue;
        const hit = { tier, number, change, scenario, also: [], coverage, score };
        hits.push(hit);
        if (score > most && playbooks[kind]) { lead = hit; most = score; }
        if (first) firsts[scenario] = hit;
        if (nearest) nearests[scenario] = hit;
      }
    }
    // The best playbook yields to the pages of its scenario that come before it.
    const kept = new Set([...firsts, ...nearests]), before = hits.filter((hit) => hit !== lead && hit.scenario === lead?.scenario && hit.score >= most);
    const least = TAIL * most * CROWD ** before.length;
    return { many, coverage: highest, hits: hits.filter((hit) => hit.score >= least || kept.has(hit) || kindOf(start, hit) === "elsewhere") };
  };

  const kindOf = (start, hit) => start.kinds[start.tiers[hit.tier].kinds[hit.number]];

  Object.assign(globalThis.changebookSearch, { score, PLAYBOOKS, TAIL, CROWD, MOSTLY, NEAREST, contenders, kindOf });
})();
