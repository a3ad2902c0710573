// The rows of a list in groups: all of what is asked for by its name or code first, then everything else.
const FIRST = 2; // rows whose cards are waited for before anything is shown
const groupsOf = async (answer) => {
  const { start, good, near, pins } = answer, hits = good ? answer.hits : near, groups = [], opened = new Set();
  const dressed = async (place, pin) => {
    const found = await card(start, place);
    const change = start.changes[place.change];
    const also = (place.also || []).map((number) => start.changes[number].name);
    const row = { ...found, page: found.address, place, also, pinned: Boolean(pin), change: change && { name: change.name, status: change.status, ...found.change } };
    if (found.opens !== undefined) { // a code: what its playbook says, and whom its result there calls
      const guide = await card(start, { tier: "symptoms", number: found.opens });
      const { say, duty, when, team } = { ...guide, ...guide.codes[found.key] };
      return { ...row, say, duty, when, team };
    }
    // A code opens a playbook at the check that names it, with what its result has the desk do, and whom that calls.
    if (!pin?.key || !found.codes || !Object.hasOwn(found.codes, pin.key)) return row;
    const { at, ...says } = found.codes[pin.key];
    return { ...row, ...says, address: `${row.page}#check-${at}` };
  };
  for (const pin of pins) {
    const hub = await dressed({ tier: "symptoms", number: pin.hub, change: pin.change, also: pin.also }, pin);
    const list = [hub];
    if (pin.lead) {
      const tier = pin.lead > 0 ? "symptoms" : "more", number = Math.abs(pin.lead) - 1;
      const led = await dressed({ tier, number, change: pin.change }, pin);
      list.unshift(led);
      if (tier === "symptoms") opened.add(start.tiers.symptoms.scenarios[number]);
      // A code opens the playbook that its answer names; what the contract says of it comes second. Where no
      // check names the code, the playbook does what the contract says.
      if (led.opens !== undefined) {
        // It holds all of the general one.
        opened.add(led.opens).add(start.tiers.symptoms.scenarios[led.opens]);
        const guide = await dressed({ tier: "symptoms", number: led.opens, change: start.tiers.symptoms.changes[led.opens] }, pin);
        list.unshift(Object.hasOwn(guide.codes, led.key) ? guide : { ...guide, do: led.line });
      }
    }
    for (const [title, note, glyph, where] of hub.assets || []) {
      if (!list.some((row) => row.page === where)) list.push({ kind: "asset", title, note, glyph, address: where, pinned: true, change: hub.change });
    }
    groups.push({ title: hub.change ? `${hub.change.name}, all of it` : "", rows: list });
  }
  const others = hits.filter(({ tier, number }) => tier !== "symptoms" || !opened.has(number)), wanted = others.slice(0, shown);
  if (good) answer.total = others.length; // what a code opened is above them
  const first = good ? FIRST : wanted.length, ready = await Promise.all(wanted.slice(0, first).map((hit) => dressed(hit)));
  groups.push({ title: pins.length ? "Everything else" : "", rows: ready, rest: () => Promise.all(wanted.slice(first).map((hit) => dressed(hit))) });
  return groups.filter((group) => group.rows.length);
};
