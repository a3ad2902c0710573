// Who answers now, wherever a number is given. By the reader's own clock, also in a pinned book: its numbers are dialed today.
// The page holds numbers with their hours, which paper shows; what is told here stands before them on the screen.
changebook.onCall = (ids, options, at = Date.now()) => {
  try {
    return changebook.told(changebook.desk, ids, at, options);
  } catch (error) {
    if (error instanceof RangeError) return null; // a time zone that the browser does not know: the hours stay
    throw error;
  }
};
const span = (look, ...inside) => {
  const element = document.createElement("span");
  if (look) element.className = look;
  element.append(...inside);
  return element;
};
const numberOf = (team) => {
  const link = document.createElement("a");
  link.className = "cb-call__no";
  link.href = team.dial;
  link.textContent = team.phone;
  return link;
};
changebook.onCallRow = ({ before, name, team, after }) =>
  span("cb-duty__who", before, ...(team ? [span("cb-duty__team", name), ", ", numberOf(team)] : []), after);
const dial = (button, { before, name, team }) => {
  button.href = team ? team.dial : button.dataset.cbDial;
  button.querySelector("[data-cb-dials]").textContent = team ? `Call ${team.phone}` : "Nobody on call";
  button.querySelector("small").textContent = team ? name : before.split(". ")[1];
};
const tell = () => {
  const places = [...document.querySelectorAll("[data-cb-line]")], now = Date.now();
  const known = places.map((place) => {
    const { cbLine, cbQueue: queue, cbWithin: within, cbTold } = place.dataset;
    const lines = changebook.onCall(cbLine.split(" "), { queue, within }, now), words = lines?.map(changebook.toldText).join(" ");
    if (!lines || words === cbTold) return Boolean(lines); // written only where it changes: a reader may have it selected
    place.dataset.cbTold = words;
    if ("cbDial" in place.dataset) { dial(place, lines[0]); return true; }
    place.querySelector(":scope > .cb-duty__now")?.remove();
    place.prepend(span("cb-duty__now", ...lines.map(changebook.onCallRow)));
    return true;
  });
  if (places.length && known.every(Boolean)) for (const heading of document.querySelectorAll("[data-cb-asof]")) heading.textContent = "now";
};
changebook.eachMinute(tell);
