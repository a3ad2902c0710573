// The list: what is found, shown while its last cards are on their way.
const optionOf = (row, marks, whole) => {
  const option = make("div", { class: "cb-result", role: "option", id: `cb-option-${rows.length}`, "aria-selected": "false" }, icon(row.glyph || kinds[row.kind].icon), bodyOf(row, marks), metaOf(row));
  if (whole) { option.classList.add("cb-result--whole"); tellAll(option, row); }
  option.dataset.row = String(rows.length);
  rows.push(row);
  return option;
};
const choose = (number, moved = true) => {
  const options = [...panel.querySelectorAll("[role=option]")];
  if (!options.length) { field.removeAttribute("aria-activedescendant"); return; }
  chosen = (number + options.length) % options.length;
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
  field.setAttribute("aria-activedescendant", options[chosen].id);
  tellAll(options[chosen], rows[chosen]);
  // What a row is comes last: of one that is taller than the list, its name stays in view.
  if (moved) for (const part of [options[chosen], options[chosen].querySelector(".cb-result__name")]) part.scrollIntoView({ block: "nearest" });
};
const foot = (answer, query) => {
  const more = answer.total - shown;
  const keys = [[["Esc"], /* said */ "close"]];
  if (rows.length) keys.unshift([["\u2191", "\u2193"], /* said */ "move"], [["Enter"], /* said: a row */ "open"], [[/* said */ "Ctrl", "Enter"], "copy response"]);
  else if (!answer.good) keys.unshift([["Enter"], /* said */ "keep"]);
  const bar = make("div", { class: "cb-results__foot" });
  if (more > 0) bar.append(make("button", { type: "button", class: "cb-results__clear", "data-cb-more": "" }, `Show ${Math.min(more, ROWS)} more of ${answer.total}`));
  if (rows.length || !answer.good) bar.append(make("button", { type: "button", class: "cb-results__clear", "data-cb-keep": query }, answer.good ? "None of these helped" : "Keep this search"));
  if (!answer.good) bar.append(make("a", { class: "cb-results__clear", href: new URL("symptoms/", root).href }, "Symptoms A-Z"));
  bar.append(make("span", { class: "cb-results__keys" }, ...keys.flatMap(([names, does]) => [make("span", { "data-cb-says": names[1] === "Enter" ? "" : null }, ...names.flatMap((name) => [make("kbd", {}, name), " "]), does)])));
  return bar;
};
const listOf = (...inside) => make("div", { role: "listbox", id: field.getAttribute("aria-controls"), "aria-label": `Results for: ${field.value.trim()}` }, ...inside);
const reveal = (...parts) => {
  const before = panel.querySelectorAll(".cb-icon");
  panel.replaceChildren(...parts);
  spareIcons(before);
  panel.hidden = false;
  field.setAttribute("aria-expanded", "true");
};
const unread = () => {
  rows = []; last = null;
  field.removeAttribute("aria-activedescendant");
  changebook.unread(field);
  field.setAttribute("aria-expanded", "true");
};
const render = async (query, mine, pause) => {
  const answer = await answered(query, filters), text = query.trim();
  // What "All" would list: a kind may be looked for further than all of them are.
  const every = filters.kind ? await answered(query, { ...filters, kind: "" }) : answer;
  const { good } = answer, groups = await groupsOf(answer), bar = good ? chips(answer, every) : null;
  if (mine !== run) return;
  const marks = new Set(answer.marks), parts = [];
  rows = [];
  groups.forEach((group, number) => {
    const title = group.title && make("div", { class: "cb-results__title", id: `cb-group-${number}` }, group.title);
    const named = title ? { "aria-labelledby": `cb-group-${number}` } : { "aria-label": good ? "Best matches" : "Nearest" };
    group.box = make("div", { class: "cb-results__group", role: "group", ...named }, title, ...group.rows.map((row) => optionOf(row, marks, !good)));
  });
  for (const outage of answer.outages) parts.push(outageNote(outage));
  if (answer.codes) parts.push(codeNote(answer.codes));
  if (answer.note) parts.push(nameNote(answer.note));
  if (bar) parts.push(bar);
  if (!good) parts.push(make("p", { class: "cb-results__verdict" }, verdictOf(answer), make("span", {}, rows.length ? " Nearest first, then what to ask." : "")));
  else if (!rows.length) parts.push(make("div", { class: "cb-results__none" }, make("p", {}, "No results with these filters.")));
  const list = listOf(...groups.map((group) => group.box));
  // What to ask follows the last of the nearest when one scrolls, as all of it is one answer.
  parts.push(good ? list : make("div", { class: "cb-results__scroll" }, list, triageOf(answer)), foot(answer, text));
  reveal(...parts);
  last = { answer, text };
  choose(0, false); // the field stays in view: somebody is typing
  setTimeout(() => { if (mine === run) address(); }, pause);
  const pinned = rows.filter((row) => row.pinned).length, count = pinned + answer.total;
  announce(!good ? `${verdictOf(answer)} ${rows.length ? `Nearest: ${rows.length}. First: ${rows[0].title}` : "What to ask is below"}` : `${answer.note ? `Now called ${answer.note.name}. ` : ""}${count === 1 ? `${count} result` : `${count} results`}${rows.length ? `. First: ${rows[0].title}` : ""}`);
  for (const group of groups) {
    const rest = group.rest ? await group.rest() : [];
    if (mine !== run) return;
    group.box.append(...rest.map((row) => optionOf(row, marks)));
  }
  const names = await similarOf(answer);
  if (mine !== run) return;
  panel.querySelector(".cb-results__keys").before(...names);
  panel.dataset.ready = text;
};
// What is typed is in the address after a pause, what is chosen at once.
const show = (pause = 0) => {
  const query = field.value, mine = ++run;
  if (!query.trim()) { close(); return (listed = Promise.resolve()); }
  listed = (async () => {
    try {
      await render(query, mine, pause);
    } catch (error) {
      if (mine !== run) return;
      // The book was published again while this page stood open: once more, with the new one.
      files.clear();
      try { await render(query, mine, pause); } catch (again) { if (mine === run) unread(); }
    }
  })();
  return listed;
};
