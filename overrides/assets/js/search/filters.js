// The filters over a list, with their counts. The build puts the words of a status in `statuses`.
// The counts of kinds are those of `every`, which has all of them.
const chips = (answer, every) => {
  const counted = Object.entries(every.counts.kind);
  const bar = make("div", { class: "cb-results__facets", role: "group", "aria-label": "Show only" });
  const sum = counted.reduce((total, [, count]) => total + count, 0);
  const chip = (kind, label, count) => bar.append(make("button", { type: "button", class: "cb-chip", "aria-pressed": String((filters.kind || "") === kind), "data-cb-kind-only": kind }, `${label} `, make("span", { class: "cb-chip__count" }, String(count))));
  if (answer.pins.length && !Object.values(filters).some(Boolean)) return null;
  if (counted.length > 1 || filters.kind) {
    chip("", "All", sum);
    for (const kind of Object.keys(kinds)) {
      const count = filters.kind === kind ? answer.counts.kind[kind] : every.counts.kind[kind];
      if (count || filters.kind === kind) chip(kind, kinds[kind].many, count || 0);
    }
  }
  for (const [name, all] of Object.entries(CHOICES)) {
    const terms = Object.entries(answer.counts[name]).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    if ((terms.length < 2 || answer.total < 2) && !filters[name]) continue;
    // What is chosen stays among the choices, even with none left of it.
    if (filters[name] && !terms.some(([term]) => term === filters[name])) terms.push([filters[name], 0]);
    const labeled = ([term, count]) => `${name === "severity" ? `Sev ${term}` : Object.hasOwn(statuses, term) ? statuses[term] : term} (${count})`;
    const options = terms.map((one) => new Option(labeled(one), one[0], one[0] === filters[name], one[0] === filters[name]));
    const select = make("select", { class: "cb-results__choice", "aria-label": all, "data-cb-choice": name }, new Option(all, ""), ...options);
    bar.append(select);
  }
  if (Object.values(filters).some(Boolean)) bar.append(make("button", { type: "button", class: "cb-results__clear", "data-cb-unfilter": "" }, "Clear filters"));
  return bar.childElementCount ? bar : null;
};
