// The list under a search field: its rows, its keyboard, its filters. Fetched when a field first has focus. The build puts
// the ranking before it in the same file, and the icons in `icons`.
const { ask, cardFile, words } = globalThis.changebookSearch;
const root = new URL("../../", import.meta.url);
const ROWS = 8; // rows at first; "Show more" adds as many
const FIRST = 2; // rows whose cards are waited for before anything is shown
const LABELS = { scenario: "Standing playbook", playbook: "Playbook", change: "Change", question: "Answer", answer: "Code", asset: "Page", system: "System", group: "User group", partner: "Partner", page: "Handbook" };
const MANY = { scenario: "Standing playbooks", playbook: "Playbooks", change: "Changes", question: "Answers", answer: "Codes", asset: "Pages", system: "Systems", group: "User groups", partner: "Partners", page: "Handbook" };
const GLYPHS = { scenario: "list", playbook: "list", change: "tag", question: "question", answer: "contract", asset: "note", system: "server", group: "people", partner: "people", page: "note" };
const CHOICES = { system: "All systems", group: "All groups", status: "Any status", severity: "Any severity" };
const STATUSES = { draft: "Draft", ready: "Ready", live: "Live", stable: "Stable", closed: "Closed", "rolled-back": "Rolled back", cancelled: "Cancelled" };
const KEPT = "changebook.unanswered";

// ---- Files ---------------------------------------------------------------------------------------------------------------
// `start.json` is asked for anew and names the folder of all others: what a browser kept of an older book is never mixed in.
const files = new Map();
const get = async (path, cache) => {
  const response = await fetch(new URL(`search/${path}`, root), { cache });
  if (!response.ok) throw new Error(`${response.status} ${path}`);
  return response.json();
};
const once = (path, read) => {
  if (!files.has(path)) files.set(path, read().catch((error) => { files.delete(path); throw error; }));
  return files.get(path);
};
const begun = () => once("start.json", async () => changebookSearch.prepare(await get("start.json", "no-cache")));
// A file of the book that `start` is of.
const file = (start, name) => once(`${start.folder}/${name}`, () => get(`${start.folder}/${name}`, "default"));
const answered = async (query, filters) => {
  const start = await begun(), asking = ask(query, filters);
  asking.next();
  let step = asking.next([start]);
  while (!step.done) step = asking.next(await Promise.all(step.value.map((name) => file(start, name))));
  return step.value;
};
const card = async (start, { tier, number }) => {
  const cards = await file(start, cardFile(start, tier, number));
  return cards[number % start.tiers[tier].cards];
};

// ---- Elements ------------------------------------------------------------------------------------------------------------
const make = (name, attributes = {}, ...inside) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value);
  element.append(...inside.filter((one) => one !== null && one !== undefined && one !== ""));
  return element;
};
const icon = (name) => {
  const holder = document.createElement("template");
  holder.innerHTML = icons[name] || ""; // our own drawings, placed by the build
  return holder.content;
};
const status = (change) => make("span", { class: `cb-status cb-status--${change.status}` }, icon(change.status), change.words);

// The stems of a word or phrase, remembered: the same cards are shown again and again.
const known = new Map();
const stemsOf = (text) => {
  if (!known.has(text)) known.set(text, words(text).map((word) => word.stem));
  return known.get(text);
};
// Text with the words underlined that the query found.
const marked = (text, marks) => {
  const parts = document.createDocumentFragment();
  for (const piece of text.split(/([\p{L}\p{N}'\u2019]+)/u)) {
    const hit = piece && /[\p{L}\p{N}]/u.test(piece) && stemsOf(piece).some((stem) => marks.has(stem));
    parts.append(hit ? make("mark", {}, piece) : piece);
  }
  return parts;
};
// The caller's phrase that shares most words with the query.
const said = (phrases, marks) => {
  let best = null, most = 0;
  for (const phrase of phrases) {
    const shared = new Set(stemsOf(phrase).filter((stem) => marks.has(stem))).size;
    if (shared > most) [best, most] = [phrase, shared];
  }
  return best;
};
const cut = (text, length) => (text.length <= length ? text : `${text.slice(0, text.lastIndexOf(" ", length))}\u2026`);

const bodyOf = (row, marks) => {
  const body = make("div", {}, make("span", { class: "cb-result__name" }, marked(row.title, marks)));
  if (row.says) {
    const phrase = said(row.says, marks);
    const owner = `${row.owner}, ${row.phone}`;
    body.append(make("div", { class: "cb-result__line" }, ...(phrase ? ["\u201c", marked(phrase, marks), "\u201d "] : []), make("span", { class: "cb-result__owner" }, owner)));
    const triad = [["Do", row.do], ["Say", `\u201c${cut(row.say.replace(/\s+/g, " "), 110)}\u201d`], ["Call", `${row.call}, when: ${row.when}`]];
    body.append(make("dl", { class: "cb-triad" }, ...triad.map(([term, text]) => make("div", {}, make("dt", {}, term), make("dd", {}, text)))));
  } else if (row.line) {
    body.append(make("div", { class: "cb-result__line" }, ...(row.label ? [make("b", {}, `${row.label}: `)] : []), marked(row.line, marks)));
  }
  return body;
};
const metaOf = (row) => {
  const meta = make("div", { class: "cb-result__meta" });
  const change = row.change;
  if (!change) meta.append(row.kind === "scenario" ? "All changes" : row.note || LABELS[row.kind]);
  else if (row.pinned && row.kind !== "change") meta.append(row.note || LABELS[row.kind]);
  else {
    if (row.kind !== "change") meta.append(make("span", { class: "cb-result__change" }, change.name));
    meta.append(make("span", { class: "cb-result__state" }, status(change), change.since));
  }
  return meta;
};

// ---- One open list at a time ------------------------------------------------------------------------------------------------
let form = null, field = null, panel = null;
let filters = {}, rows = [], chosen = 0, shown = ROWS, last = null, keptFor = null;
let run = 0; // counts up with every list that is begun and every one that is closed: a late answer is of an old run
let listed = Promise.resolve(); // the list that is on its way

const announce = (text) => { document.getElementById("cb-status").textContent = text; };
const address = () => {
  const url = new URL(location.href);
  for (const name of ["q", "kind", ...Object.keys(CHOICES)]) url.searchParams.delete(name);
  const text = field?.value.trim();
  if (panel && !panel.hidden && text) {
    url.searchParams.set("q", text);
    for (const [name, term] of Object.entries(filters)) if (term) url.searchParams.set(name, term);
  }
  if (url.href !== location.href) history.replaceState(history.state, "", url);
};
const close = () => {
  run++;
  if (!panel || panel.hidden) return;
  panel.hidden = true;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
  address();
};
const attach = (input) => {
  if (field === input) return;
  close();
  field = input;
  form = input.closest("form");
  panel = form.querySelector(".cb-results");
  filters = {}; rows = []; last = null;
};
const choose = (number) => {
  const options = [...panel.querySelectorAll("[role=option]")];
  if (!options.length) { field.removeAttribute("aria-activedescendant"); return; }
  chosen = (number + options.length) % options.length;
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
  field.setAttribute("aria-activedescendant", options[chosen].id);
  options[chosen].scrollIntoView({ block: "nearest" });
};
const open = (row, elsewhere) => {
  const url = new URL(row.address, root);
  if (elsewhere) { window.open(url, "_blank", "noopener"); return; }
  // The words stay in the address: Back comes to the list again.
  run++;
  panel.hidden = true;
  field.setAttribute("aria-expanded", "false");
  // A link of the page's own, so that instant loading sees it.
  const link = make("a", { href: url.href, hidden: "" });
  document.body.append(link);
  link.click();
  link.remove();
};

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

const optionOf = (row, marks) => {
  const option = make("div", { class: "cb-result", role: "option", id: `cb-option-${rows.length}`, "aria-selected": "false" }, icon(row.glyph || GLYPHS[row.kind]), bodyOf(row, marks), metaOf(row));
  option.dataset.row = String(rows.length);
  rows.push(row);
  return option;
};
const chips = (answer) => {
  const kinds = Object.entries(answer.counts.kind);
  const bar = make("div", { class: "cb-results__facets", role: "group", "aria-label": "Show only" });
  const sum = kinds.reduce((total, [, count]) => total + count, 0);
  const chip = (kind, label, count) => bar.append(make("button", { type: "button", class: "cb-chip", "aria-pressed": String((filters.kind || "") === kind), "data-cb-kind-only": kind }, `${label} `, make("span", { class: "cb-chip__count" }, String(count))));
  if (answer.pins.length && !Object.values(filters).some(Boolean)) return null;
  if (kinds.length > 1 || filters.kind) {
    chip("", "All", sum);
    for (const kind of Object.keys(MANY)) if (answer.counts.kind[kind] || filters.kind === kind) chip(kind, MANY[kind], answer.counts.kind[kind] || 0);
  }
  for (const [name, all] of Object.entries(CHOICES)) {
    const terms = Object.entries(answer.counts[name]).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    if ((terms.length < 2 || answer.total < 2) && !filters[name]) continue;
    const select = make("select", { class: "cb-results__choice", "aria-label": all, "data-cb-choice": name }, make("option", { value: "" }, all));
    for (const [term, count] of terms) {
      const label = name === "severity" ? `Sev ${term}` : STATUSES[term] || term;
      select.append(make("option", { value: term, selected: filters[name] === term ? "" : null }, `${label} (${count})`));
    }
    if (filters[name] && !terms.some(([term]) => term === filters[name])) select.append(make("option", { value: filters[name], selected: "" }, `${STATUSES[filters[name]] || filters[name]} (0)`));
    bar.append(select);
  }
  if (Object.values(filters).some(Boolean)) bar.append(make("button", { type: "button", class: "cb-results__clear", "data-cb-unfilter": "" }, "Clear filters"));
  return bar.childElementCount ? bar : null;
};
const nothing = async (answer, query) => {
  const near = await Promise.all(answer.near.map((hit) => card(answer.start, hit)));
  const box = make("div", { class: "cb-results__none" }, make("p", { class: "cb-results__verdict" }, answer.vague ? "Not enough to go on." : `No good match for \u201c${query}\u201d.`));
  if (answer.vague) box.append(make("p", {}, "Ask: in which system, what does the message say, who else has it, since when?"));
  if (near.length) box.append(make("p", {}, "Nearest, though most of the words are missing there: ", ...near.flatMap((row, at) => [at ? ", " : "", make("a", { href: new URL(row.address, root).href }, row.title)]), "."));
  const hubs = await Promise.all(answer.names.map((change) => card(answer.start, { tier: "symptoms", number: answer.start.changes[change].hub })));
  const names = hubs.map((hub) => make("a", { href: new URL(hub.address, root).href }, hub.title));
  if (names.length) box.append(make("p", {}, "A change with a name like it: ", ...names.flatMap((link, at) => (at ? [", ", link] : [link])), "."));
  box.append(make("p", {}, "Try the caller\u2019s own words, the code in brackets, or ", make("a", { href: new URL("symptoms/", root).href }, "Symptoms A-Z"), "."));
  box.append(make("p", {}, make("button", { type: "button", class: "cb-button", "data-cb-keep": query }, "Keep this search"), " ", make("a", { href: new URL("symptoms/#unanswered", root).href }, "Searches without an answer")));
  return box;
};
const foot = (answer, query) => {
  const more = answer.total - shown;
  const keys = [[["\u2191", "\u2193"], "move"], [["Enter"], "open"], [["Ctrl", "Enter"], "copy what to say"], [["Esc"], "close"]];
  const bar = make("div", { class: "cb-results__foot" });
  if (more > 0) bar.append(make("button", { type: "button", class: "cb-results__clear", "data-cb-more": "" }, `Show ${Math.min(more, ROWS)} more (${shown} of ${answer.total} shown)`));
  if (answer.total || answer.pins.length) bar.append(make("button", { type: "button", class: "cb-results__clear", "data-cb-keep": query }, "None of these helped"));
  bar.append(make("span", { class: "cb-results__keys" }, ...keys.flatMap(([names, does]) => [make("span", { "data-cb-says": names.length > 1 && names[0] === "Ctrl" ? "" : null }, ...names.flatMap((name) => [make("kbd", {}, name), " "]), does)])));
  return bar;
};

// What is slow or down now stands above everything that is found.
const outageNote = (outage) => {
  const overdue = new Date(outage.due) < now();
  const name = make("strong", {}, `${outage.name} is ${outage.state === "down" ? "down" : "slow or partly failing"}.`);
  const next = overdue ? `Update overdue since ${outage.next}.` : `Next update ${outage.next}.`;
  return make("div", { class: "cb-results__note cb-results__note--known", "data-down": outage.state === "down" || overdue ? "" : null }, icon("alert"), make("span", {}, name, ` Say: \u201c${outage.says}\u201d `, `Call: ${outage.call}. ${next}`));
};
const codeNote = ({ asked, like }) => make("div", { class: "cb-results__note" }, `No code ${asked} is known. `, ...(like.length ? ["Did the caller mean ", ...like.flatMap((code, at) => [at ? " or " : "", make("button", { type: "button", class: "cb-results__clear", "data-cb-ask": code }, code)]), "?"] : ["Ask for it once more, letter by letter."]));
const now = () => { const pinned = document.querySelector("[data-cb-now]")?.dateTime; return pinned ? new Date(pinned) : new Date(); };
const listOf = (...inside) => make("div", { role: "listbox", id: field.getAttribute("aria-controls"), "aria-label": `Results for: ${field.value.trim()}` }, ...inside);
const reveal = (...parts) => {
  panel.replaceChildren(...parts);
  panel.hidden = false;
  field.setAttribute("aria-expanded", "true");
};
const unread = () => {
  rows = []; last = null;
  field.removeAttribute("aria-activedescendant");
  cbUnread(field);
  field.setAttribute("aria-expanded", "true");
};
const render = async (query, mine) => {
  const answer = await answered(query, filters), text = query.trim();
  const groups = await groupsOf(answer), bar = answer.good ? chips(answer) : null;
  const verdict = answer.good ? null : await nothing(answer, text);
  if (mine !== run) return;
  const marks = new Set(answer.marks), parts = [];
  rows = [];
  groups.forEach((group, number) => {
    const title = group.title && make("div", { class: "cb-results__title", id: `cb-group-${number}` }, group.title);
    const named = title ? { "aria-labelledby": `cb-group-${number}` } : { "aria-label": "Best matches" };
    group.box = make("div", { class: "cb-results__group", role: "group", ...named }, title, ...group.rows.map((row) => optionOf(row, marks)));
  });
  for (const outage of answer.outages) parts.push(outageNote(outage));
  if (answer.codes) parts.push(codeNote(answer.codes));
  if (answer.note) parts.push(make("div", { class: "cb-results__note" }, `\u201c${answer.note.former}\u201d is now called `, make("strong", {}, answer.note.name), "."));
  if (bar) parts.push(bar);
  if (verdict) parts.push(verdict);
  else if (!rows.length) parts.push(make("div", { class: "cb-results__none" }, make("p", {}, "Nothing under these filters.")));
  parts.push(listOf(...groups.map((group) => group.box)));
  if (answer.good) parts.push(foot(answer, text));
  reveal(...parts);
  last = { answer, text };
  choose(0);
  address();
  const pinned = rows.filter((row) => row.pinned).length, count = pinned + answer.total;
  announce(!answer.good ? `No good match for ${text}` : `${answer.note ? `Now called ${answer.note.name}. ` : ""}${count} result${count === 1 ? "" : "s"}`);
  for (const group of groups) {
    const rest = group.rest ? await group.rest() : [];
    if (mine !== run) return;
    group.box.append(...rest.map((row) => optionOf(row, marks)));
  }
  panel.dataset.ready = text;
};
const show = () => {
  const query = field.value, mine = ++run;
  if (!query.trim()) { close(); return (listed = Promise.resolve()); }
  listed = (async () => {
    try {
      await render(query, mine);
    } catch (error) {
      if (mine !== run) return;
      // The book was published anew while this page stood open: once more, with the new one.
      files.clear();
      try { await render(query, mine); } catch (again) { if (mine === run) unread(); }
    }
  })();
  return listed;
};

// ---- Searches without an answer ------------------------------------------------------------------------------------------
const keep = (query) => {
  if (keptFor === last) return true;
  const kept = cbKept(), at = new Date().toISOString();
  const same = kept.find((one) => one.words.toLowerCase() === query.toLowerCase());
  if (same) Object.assign(same, { times: same.times + 1, at });
  else kept.push({ words: query, times: 1, at });
  const done = cbStore.set(KEPT, kept.slice(-500));
  if (done) { keptFor = last; document.dispatchEvent(new Event("cb-kept")); }
  announce(done ? "Kept in this browser" : "This browser keeps nothing");
  return done;
};

// ---- Events, heard at the document, so that they hold when a page's parts are exchanged --------------------------------------
document.addEventListener("focusin", (event) => {
  if (event.target.matches(".cb-search__field")) { attach(event.target); if (field.value.trim() && panel.hidden) show(); }
  else if (form && !form.contains(event.target)) close();
});
document.addEventListener("input", (event) => {
  if (!event.target.matches(".cb-search__field")) return;
  attach(event.target);
  shown = ROWS;
  if (!field.value.trim()) filters = {}; // the next caller is another one
  show();
});
document.addEventListener("reset", (event) => {
  if (event.target !== form) return;
  close();
  setTimeout(() => { filters = {}; field.focus(); });
});
document.addEventListener("submit", (event) => { if (event.target.matches(".cb-search")) event.preventDefault(); });
const enter = async (event) => {
  await listed; // what was typed last is what is opened
  if (panel.hidden) return;
  if (!rows.length) {
    if (last && !last.answer.good && keep(last.text)) panel.querySelector("[data-cb-keep]")?.replaceChildren("Kept in this browser");
    return;
  }
  const row = rows[chosen];
  if (!event.ctrlKey && !event.metaKey) { open(row, event.shiftKey); return; }
  if (!row.say) { announce("Nothing to copy here"); flash("Nothing to copy here"); return; }
  try { await navigator.clipboard.writeText(row.say); announce("Copied what to say"); flash("Copied"); }
  catch (error) { announce("Not copied: open the playbook and copy it there"); }
};
document.addEventListener("keydown", (event) => {
  if (!form?.contains(event.target)) return;
  if (event.key === "Escape") {
    event.preventDefault();
    if (panel.hidden && event.target === field) { field.value = ""; filters = {}; }
    field.select(); // what is typed next is another search
    field.focus(); // before the list is closed: a field that gets focus opens it
    close();
  }
  if (event.target !== field) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (panel.hidden) show();
    else choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
  } else if (event.key === "Enter") {
    event.preventDefault();
    enter(event);
  }
});
const flash = (text) => {
  const hint = panel.querySelector("[data-cb-says]");
  if (!hint || hint.dataset.cbSays === "done") return;
  const before = [...hint.childNodes];
  hint.dataset.cbSays = "done";
  hint.replaceChildren(text);
  setTimeout(() => { hint.replaceChildren(...before); hint.dataset.cbSays = ""; }, 2400);
};
document.addEventListener("mousedown", (event) => { if (event.target.closest(".cb-result")) event.preventDefault(); });
const clicked = (event) => {
  const target = event.target.closest("[data-row], [data-cb-kind-only], [data-cb-unfilter], [data-cb-more], [data-cb-keep], [data-cb-ask]");
  if (!target || !panel?.contains(target)) { if (form && !form.contains(event.target)) close(); return; }
  if (target.dataset.row) { open(rows[Number(target.dataset.row)], event.ctrlKey || event.metaKey || event.button === 1); return; }
  if (target.dataset.cbKeep !== undefined) { if (keep(target.dataset.cbKeep)) target.replaceChildren("Kept in this browser"); return; }
  if (target.dataset.cbAsk) field.value = target.dataset.cbAsk;
  else if ("cbMore" in target.dataset) shown += ROWS;
  else if ("cbUnfilter" in target.dataset) filters = {};
  else filters.kind = target.dataset.cbKindOnly;
  show().then(() => field.focus());
};
document.addEventListener("click", clicked);
document.addEventListener("auxclick", (event) => { if (event.button === 1 && event.target.closest(".cb-result")) clicked(event); });
document.addEventListener("change", (event) => {
  const name = event.target.dataset?.cbChoice;
  if (!name || !panel?.contains(event.target)) return;
  filters[name] = event.target.value;
  show().then(() => panel.querySelector(`[data-cb-choice="${name}"]`)?.focus());
});

// Begin at a field: with what an address asks for, or with what was typed while this file was on its way.
export const begin = (input, asked) => {
  attach(input);
  if (asked) {
    input.value = asked.get("q");
    for (const name of ["kind", ...Object.keys(CHOICES)]) if (asked.get(name)) filters[name] = asked.get(name);
  }
  if (asked || (input.value.trim() && panel.hidden && document.activeElement === input)) show();
  else begun().catch(() => {}); // asked for early; a failure shows when there is something to find
};
