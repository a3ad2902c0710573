// Who answers now, wherever a number is given. By the reader's own clock, also in a pinned book: its numbers are dialed today.
// The page holds numbers with their hours, which paper shows; what is told here comes before them on the screen.
const onCall = (ids, options, at = Date.now()) => {
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
const rowOf = ({ before, name, team, after }) =>
  span("cb-duty__who", before, ...(team ? [span("cb-duty__team", name), ", ", numberOf(team)] : []), after);
const dial = (button, { before, name, team }) => {
  button.href = team ? team.dial : button.dataset.cbDial;
  const number = button.querySelector("[data-cb-dials]"); // a row that escalates has no room for a second verb
  number.textContent = !team ? "Nobody on call" : number.dataset.cbDials ? team.phone : `Call ${team.phone}`;
  button.querySelector("small").textContent = team ? name : before.split(". ")[1];
};
// Tell it in one place, and return whether that was possible. Words are written only where they change: a reader may have
// them selected.
changebook.tell = (place, now = Date.now()) => {
  const { cbLine, cbQueue: queue, cbWithin: within, cbTold, cbText, cbDial, cbFirst, cbNamed, cbLean } = place.dataset;
  const all = onCall(cbLine.split(" "), { queue, within }, now), above = place.previousElementSibling?.dataset.cbTold ?? "";
  const lean = (line, at) => (!at || line.after) && !above.includes(changebook.toldText(line));
  const lines = cbLean !== undefined ? all?.filter(lean) : cbFirst === undefined ? all : all?.slice(0, 1);
  const after = cbNamed !== undefined ? "" : cbFirst === "" ? "Escalate to " : null; // after a label, and after a sentence
  if (after !== null && lines?.[0]?.now) lines[0].before = after;
  const texts = lines?.map(changebook.toldText), words = (cbText === "first" ? texts?.slice(0, 1) : texts)?.join(" ");
  if (!lines || words === cbTold) return Boolean(lines);
  place.dataset.cbTold = words;
  if (cbDial) dial(place, lines[0]);
  else if (cbText !== undefined) place.textContent = words;
  else {
    place.querySelector(":scope > .cb-duty__now")?.remove();
    place.prepend(span("cb-duty__now", ...lines.map(rowOf), cbFirst === "" ? "." : ""));
  }
  return true;
};
const tellAll = () => {
  const now = Date.now(), known = [...document.querySelectorAll("[data-cb-line]")].map((place) => changebook.tell(place, now));
  if (known.length && known.every(Boolean)) for (const heading of document.querySelectorAll("[data-cb-asof]")) heading.textContent = heading.dataset.cbAsof || /* said */ "now";
};
changebook.eachMinute(tellAll);
addEventListener("cb-board", tellAll);
