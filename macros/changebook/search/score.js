// How much each document answers of a query, tier by tier.
(() => {
  "use strict";
  const { language, STEPS } = globalThis.changebookSearch;

  // ---- The figures of the ranking, each with its reason. -----------------------------------------------------------
  // A change's playbook is its scenario's playbook with something new on top: where its own words do not answer a word
  // of the query, its scenario's do, for this much.
  const INHERITED = 0.66;
  const SETTLED = new Set(["closed", "cancelled"]); // of these it inherits nothing: what was new is standing by now, or never came
  const GUIDES = new Set(["scenario", "playbook", "elsewhere", "change"]); // what a list, a question or a page of the handbook never comes before without answering more
  const AHEAD = 3, FAR = 0.5, HARDLY = 0.2; // guides that come before them, and how near to the best; of the query, what is hardly more
  const ASKED = 1.9, HALF = 0.5; // an answer to a question, when the query is worded as one and it answers half of it
  const OTHERS = 1.4, MOSTLY = 0.6, MORE = 0.1, NEAR = 5; // what another desk does, where its words answer that much of the query
  const NAMED = 1.6; // a page of a change whose name, or former name, is among the words
  const FIRST = 1.6; // its hub, once more: who types a name wants the change, not one page of it
  // A page that answers half of the words is worth less than half: `score * (1 - PARTIAL + PARTIAL * coverage)`.
  const PARTIAL = 0.5;
  const PLACE = 0.65; // a site or partner: where it happens, and many pages of few changes say it
  const UNKNOWN = 0.6; // a word that the book does not hold weighs more than half as much as its rarest one, in what is answered of a query
  const MANY = 9; // more words than these take no more from a match
  // How sure a match is, by what speaks for it and against it; fitted to the labeled queries.
  const SURE = { always: 3.8, score: 4.1, ahead: 11.4, words: 3.6, strange: 5.6, wish: 2.9, other: 16 };
  // Of how many pages a smaller book is taken to be one: a few pages do not tell which words are rare.
  const LEAST = 60;
  const CROWD = 0.7; // the second page of one scenario, and each one after it, yields to another scenario's
  const CHAFF = 0.1; // of the best guide: what answers less is not put in order
  const NEAREST = 0.1; // of the query, to be shown as the nearest where nothing is good
  const FIRSTS = 3; // results among which there is a playbook

  // Score a tier: for each slot and document the best value of the slot's terms, and how near that term is to the word.
  const score = (start, tier, slots, lists) => {
    const count = start.tiers[tier].kinds.length;
    const values = new Float32Array(count * slots.length), shares = new Float32Array(count * slots.length), touched = new Uint8Array(count);
    const rarityOf = (many) => Math.log(1 + (Math.max(count, LEAST) - many + 0.5) / (many + 0.5));
    const rarest = rarityOf(1), held = [];
    const weights = slots.map((slot, number) => {
      let heaviest = 0;
      const found = slot.terms.map(([term, share]) => ({ term, share, list: lists.get(term) })).filter(({ list }) => list);
      // A word half typed is as common as the commonest word it can become.
      const begun = Math.max(0, ...found.filter(({ term }) => slot.begun.has(term)).map(({ list }) => list.documents.length));
      for (const { term, share, list } of found) {
        const { documents, impacts: steps } = list, many = slot.begun.has(term) ? begun : documents.length;
        const rarity = slot.share * (slot.place ? PLACE : 1) * rarityOf(many);
        heaviest = Math.max(heaviest, share * rarity);
        for (let at = 0; at < documents.length; at++) {
          touched[documents[at]] = 1;
          const cell = documents[at] * slots.length + number, value = (share * rarity * steps[at]) / STEPS;
          if (value > values[cell]) values[cell] = value;
          if (share > shares[cell]) shares[cell] = share;
        }
      }
      held[number] = found.length > 0;
      return heaviest || UNKNOWN * rarest * slot.share;
    });
    // A word that goes with anything finds nothing by itself.
    const solid = slots.map((slot) => slot.share === 1);
    return { values, shares, touched, weights, solid, held, rarest };
  };

  const hitsOf = (start, tier, { values, shares, touched, solid }, named, asks, weights) => {
    const table = start.tiers[tier], size = weights.length, hits = [];
    const whole = weights.reduce((sum, one) => sum + one, 0), vague = !solid.includes(true);
    for (let number = 0; number < table.kinds.length; number++) {
      const scenario = table.scenarios[number];
      if (!touched[number] && !touched[scenario]) continue;
      const change = table.changes[number], kind = start.kinds[table.kinds[number]];
      const own = number * size, standing = kind === "playbook" && !SETTLED.has(start.changes[change].status) ? scenario * size : own;
      // What is live holds all of the general playbook: where its own words answer as much, it comes before it.
      let live = standing !== own && start.changes[change].status === "live";
      for (let at = 0; live && at < size; at++) live = shares[own + at] >= shares[standing + at];
      const inherits = live ? 1 : INHERITED;
      let value = 0, coverage = 0, told = vague;
      for (let at = 0; at < size; at++) {
        const worth = Math.max(values[own + at], inherits * values[standing + at]);
        value += worth;
        if (worth > 0 && solid[at]) told = true;
        coverage += weights[at] * Math.max(shares[own + at], shares[standing + at]);
      }
      if (!value || !told) continue;
      coverage /= whole;
      let prior = start.weights[table.kinds[number]] * (change >= 0 ? start.changes[change].prior / 100 : 1);
      if (named.has(change)) prior *= NAMED * (kind === "change" ? FIRST : 1);
      if (asks && kind === "question" && coverage >= HALF) prior *= ASKED;
      if (kind === "elsewhere" && coverage >= MOSTLY) prior *= OTHERS;
      hits.push({ tier, number, change, scenario, also: [], coverage, score: value * prior * (1 - PARTIAL + PARTIAL * coverage) });
    }
    return hits;
  };

  const byScore = (a, b) => b.score - a.score || (a.tier < b.tier ? 1 : a.tier > b.tier ? -1 : a.number - b.number);
  // What can be listed, or be among the nearest: the best of each scenario, and what scores a tenth of the best guide. In a
  // large book thousands of pages hold one of the words; only these are put in order.
  const contenders = (start, hits) => {
    const best = new Map(), better = (key, hit) => { if (!(best.get(key)?.score >= hit.score)) best.set(key, hit); };
    let most = 0;
    for (const hit of hits) {
      if (hit.score > most && GUIDES.has(kindOf(start, hit))) most = hit.score;
      if (hit.scenario < 0) continue;
      better(hit.scenario, hit);
      if (hit.coverage >= NEAREST) better(-1 - hit.scenario, hit);
    }
    const kept = new Set(best.values());
    return hits.filter((hit) => hit.score >= CHAFF * most || kept.has(hit) || kindOf(start, hit) === "elsewhere");
  };
  // One scenario's pages do not fill the list: after one of them each further one yields.
  const uncrowded = (hits) => {
    const seen = new Map();
    for (const hit of hits.slice(0, 400)) {
      if (hit.scenario < 0) continue;
      const before = seen.get(hit.scenario) || 0;
      hit.score *= CROWD ** before;
      seen.set(hit.scenario, before + 1);
    }
    return hits.sort(byScore);
  };

  const kindOf = (start, hit) => start.kinds[start.tiers[hit.tier].kinds[hit.number]];
  // A question, a list or a page of the handbook that answers hardly more of the words than the first guide comes after
  // the first of these.
  const behindGuides = (start, hits) => {
    const guides = hits.filter((hit) => GUIDES.has(kindOf(start, hit)));
    if (!guides.length) return hits;
    const last = guides.slice(0, AHEAD).filter((guide) => guide.score >= FAR * guides[0].score).at(-1);
    for (const hit of hits) if (!GUIDES.has(kindOf(start, hit)) && hit.coverage <= guides[0].coverage + HARDLY) hit.score = Math.min(hit.score, 0.99 * last.score);
    return hits.sort(byScore);
  };

  // What another desk does comes first where it answers clearly more of the words than the first guide.
  const withOthers = (start, hits) => {
    const at = hits.slice(0, NEAR).findIndex((hit) => kindOf(start, hit) === "elsewhere");
    if (at < 1 || hits[at].coverage < hits[0].coverage + MORE || hits[at].coverage < MOSTLY) return hits;
    hits[at].score = hits[0].score;
    return [hits[at], ...hits.slice(0, at), ...hits.slice(at + 1)];
  };

  // Among the first results a playbook is shown, where one is found.
  const PLAYBOOKS = new Set(["scenario", "playbook"]);
  const withPlaybook = (start, hits) => {
    const at = hits.findIndex((hit) => PLAYBOOKS.has(kindOf(start, hit)));
    if (at < FIRSTS) return hits;
    hits[at].score = hits[FIRSTS - 1].score;
    return [...hits.slice(0, FIRSTS - 1), hits[at], ...hits.slice(FIRSTS - 1, at), ...hits.slice(at + 1)];
  };

  // How surely the first of the hits answers a query: above 0 for a good match. It answers much of the words, and leaves other
  // desks behind; words of what is in no playbook, many words, and a wish that no question names take from that.
  const sureness = (start, slots, rarest, hits, wish) => {
    const [best] = hits;
    const other = hits.slice(0, NEAR).find((hit) => kindOf(start, hit) === "elsewhere"), strange = slots.some((slot) => slot.share === 1 && slot.subject !== undefined);
    const answers = (SURE.score * best.score) / rarest + (best === other && best.coverage >= MOSTLY ? SURE.other : 0);
    const ahead = SURE.ahead * (best.coverage - (other ? other.coverage : 0));
    const doubts = (strange ? SURE.strange : 0) + (wish && kindOf(start, best) !== "question" ? SURE.wish : 0) + (language.DOUBT ?? 0);
    return SURE.always + answers + ahead - SURE.words * Math.log(1 + Math.min(slots.length, MANY)) - doubts;
  };

  // A playbook is one result: what a change adds to it is told in its row, and a change's page holds all of it. So of the
  // general playbook and those of changes the one found first is listed; after the general one, theirs are told in its row.
  const general = (hit) => hit.tier === "symptoms" && hit.number === hit.scenario;
  const listing = (before, tells = false) => {
    const firsts = new Map(before.map((hit) => [hit.scenario, hit]));
    return (hit) => {
      const first = hit.scenario < 0 ? undefined : firsts.get(hit.scenario);
      if (!first) { firsts.set(hit.scenario, hit); return true; }
      if (tells && general(first) && !first.also.includes(hit.change)) first.also.push(hit.change);
      return !general(first) && !general(hit);
    };
  };

  // The first rows of a list are different answers, as the nearest are: a further page of a playbook among them, and a list or
  // a page of the handbook, comes after the next playbook that none of them is.
  const varied = (start, rows) => {
    const firsts = rows.slice(0, FIRSTS), of = (row) => (row.scenario >= 0 ? row.scenario : kindOf(start, row) === "elsewhere" ? -1 : row);
    const again = (row, at) => firsts.findIndex((one) => of(one) === of(row)) < at;
    const first = firsts.filter((row, at) => !at || kindOf(start, row) === "question" || (GUIDES.has(kindOf(start, row)) && !again(row, at)));
    const next = rows.slice(FIRSTS).filter((row) => row.scenario >= 0);
    for (const row of next) if (first.length < FIRSTS && !first.some((one) => one.scenario === row.scenario)) first.push(row);
    for (const row of firsts) if (first.length < FIRSTS && !first.includes(row)) first.push(row);
    return [...first, ...rows.filter((row) => !first.includes(row))];
  };

  Object.assign(globalThis.changebookSearch, { score, NEAREST, hitsOf, byScore, contenders, uncrowded, kindOf, behindGuides, withOthers, withPlaybook, sureness, general, listing, varied });
})();
