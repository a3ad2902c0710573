// What is said where nothing is a good match: how little was found above the nearest, then what to ask and whom to call.
const verdictOf = ({ vague, subject, near }) => (vague ? "Not enough to go on." : subject ? `Looks like ${subject}: not in this book.` : near.length ? "Only some of your words were found." : "None of your words was found.");
const triageOf = ({ near, start }) => {
  const { asks, duty } = start.triage, parts = [["Ask", make("ul", {}, ...asks.map((text) => make("li", {}, text)))]];
  if (duty) {
    const place = make("span", { class: "cb-duty", "data-cb-line": duty.line, "data-cb-queue": duty.queue, "data-cb-within": duty.within }, make("span", { class: "cb-duty__hours" }, duty.hours));
    changebook.tell(place);
    parts.push(["Call", place]);
  }
  return make("div", { class: "cb-results__triage" }, near.length ? make("p", {}, "None of these?") : null, terms(parts));
};
// Links to the changes whose names look like what was typed.
const similarOf = async ({ names, start }) => {
  const hubs = await Promise.all(names.map((change) => card(start, { tier: "symptoms", number: start.changes[change].hub })));
  return hubs.map((hub) => make("a", { class: "cb-results__clear", href: new URL(hub.address, root).href }, `Similar name: ${hub.title}`));
};
