// What is said where nothing is found.
const nothing = async (answer, query) => {
  const near = await Promise.all(answer.near.map((hit) => card(answer.start, hit)));
  const box = make("div", { class: "cb-results__none" }, make("p", { class: "cb-results__verdict" }, answer.vague ? "Not enough to go on." : `No good match for \u201c${query}\u201d.`));
  if (answer.vague) box.append(make("p", {}, "Ask: Which system? What does the message say? Does anyone else have it? Since when?"));
  if (near.length) box.append(make("p", {}, "Closest, though most of the words are missing: ", ...near.flatMap((row, at) => [at ? ", " : "", make("a", { href: new URL(row.address, root).href }, row.title)]), "."));
  const hubs = await Promise.all(answer.names.map((change) => card(answer.start, { tier: "symptoms", number: answer.start.changes[change].hub })));
  const names = hubs.map((hub) => make("a", { href: new URL(hub.address, root).href }, hub.title));
  if (names.length) box.append(make("p", {}, "A change with a similar name: ", ...names.flatMap((link, at) => (at ? [", ", link] : [link])), "."));
  box.append(make("p", {}, "Try the caller\u2019s own words, the code in brackets, or ", make("a", { href: new URL("symptoms/", root).href }, "Symptoms A-Z"), "."));
  box.append(make("p", {}, make("button", { type: "button", class: "cb-button", "data-cb-keep": query }, "Keep this search"), " ", make("a", { href: new URL("symptoms/#unanswered", root).href }, "Searches without an answer")));
  return box;
};
