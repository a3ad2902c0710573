// The rows of a list in groups: all of what is asked for by its name or code first, then everything else.
const FIRST = 2; // rows whose cards are waited for before anything is shown
const groupsOf = async (answer) => {
  const { start, hits, pins } = answer, groups = [];
  const dressed = async (place, pinned) => {
    const found = await card(start, place);
    const change = start.changes[place.change];
    return { ...found, place, pinned, change: change && { name: change.name, ...change.shown } };
  };
  for (const pin of pins) {
    const hub = await dressed({ tier: "symptoms", number: pin.hub, change: pin.change }, true);
    const list = [hub];
    if (pin.lead) {
      const tier = pin.lead > 0 ? "symptoms" : "more", number = Math.abs(pin.lead) - 1;
      if (tier === "more" && !start.tiers.more.kinds) Object.assign(start.tiers.more, await file(start, "more.json"));
      const led = await dressed({ tier, number, change: pin.change }, true);
      list.unshift(led);
      // A code leads to its answer, then to the playbook that the answer names.
      const at = (hub.assets || []).find(([, , , where]) => where === led.opens);
      if (at) list.splice(1, 0, { kind: "asset", title: at[0], note: at[1], glyph: at[2], address: at[3], pinned: true, change: hub.change });
    }
    for (const [title, note, glyph, where] of hub.assets || []) {
      if (!list.some((row) => row.address === where)) list.push({ kind: "asset", title, note, glyph, address: where, pinned: true, change: hub.change });
    }
    groups.push({ title: hub.change ? `${hub.change.name}, all of it` : "", rows: list });
  }
  const wanted = hits.slice(0, shown);
  const ready = await Promise.all(wanted.slice(0, FIRST).map((hit) => dressed(hit)));
  groups.push({ title: pins.length ? "Everything else" : "", rows: ready, rest: () => Promise.all(wanted.slice(FIRST).map((hit) => dressed(hit))) });
  return groups.filter((group) => group.rows.length);
};
