// In what order hits are listed, and how surely the first of them is an answer.
(() => {
  "use strict";
  const { language, PLAYBOOKS, MOSTLY, CROWD, kindOf } = globalThis.changebookSearch;

  const GUIDES = new Set(["scenario", "playbook", "elsewhere", "change"]); // what a list, a question or a page of the handbook never comes before without answering more
  // Guides that come before a list, a question or a page of the handbook, and how near to the best; of the query, what is hardly more.
  const AHEAD = 3, FAR = 0.5, HARDLY = 0.2;
  const MORE = 0.1, NEAR = 5; // what another desk does comes first where it answers so much more, among so many
  const MANY = 9; // more words than these take no more from a match
  // How sure a match is, by what speaks for it and against it; fitted to the labeled queries.
  const SURE = { always: 3.8, score: 4.1, ahead: 11.4, words: 3.6, strange: 5.6, wish: 2.9, other: 16 };
  const FIRSTS = 3; // results among which there is a playbook

  const byScore = (a, b) => b.score - a.score || (a.tier < b.tier ? 1 : a.tier > b.tier ? -1 : a.number - b.number);
  // One scenario's pages do not fill the list: after one of them each further one yields.
  const uncrowded = (hits) => {
    const seen = new Map();
    for (const hit of hits.sort(byScore).slice(0, 400)) {
      if (hit.scenario < 0) continue;
      const before = seen.get(hit.scenario) || 0;
      hit.score *= CROWD ** before;
      seen.set(hit.scenario, before + 1);
    }
    return hits.sort(byScore);
  };

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
    const firsts = [];
    for (const hit of before) firsts[hit.scenario] = hit;
    return (hit) => {
      if (hit.scenario < 0) return true;
      const first = firsts[hit.scenario];
      if (!first) { firsts[hit.scenario] = hit; return true; }
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

  Object.assign(globalThis.changebookSearch, { uncrowded, behindGuides, withOthers, withPlaybook, sureness, general, listing, varied });
})();
