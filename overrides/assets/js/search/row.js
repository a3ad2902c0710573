// One row of the list: what it is, and how it belongs to its change. The build puts the kinds of rows in `kinds`.
const cut = (text, length) => (text.length <= length ? text : `${text.slice(0, text.lastIndexOf(" ", length))}\u2026`);

// Who answers now, as text: a row holds no link. The script of the page keeps it right while the list is open.
const onCall = ({ line, queue, within, hours }, first) => {
  const place = make("span", { "data-cb-line": line, "data-cb-queue": queue, "data-cb-within": within, "data-cb-text": first ? "first" : "" }, hours);
  changebook.tell(place);
  return place;
};
const terms = (parts) => make("dl", { class: "cb-triad" }, ...parts.map(([term, text]) => make("div", {}, make("dt", {}, term), make("dd", {}, text))));
// Do, Say and Call, of those that a row has.
const triadOf = (row) => {
  const does = row.do || (row.label === "Do" ? row.line : "");
  const says = row.say && `\u201c${cut(changebook.filled(row.say, row.team).replace(/\s+/g, " "), row.says ? 110 : 180)}\u201d`;
  const calls = row.duty && make("span", {}, onCall(row.duty), row.when ? ` When: ${row.when}` : "");
  return terms([["Do", does], ["Say", says], ["Call", calls]].filter(([, text]) => text));
};
const bodyOf = (row, marks) => {
  const body = make("div", {}, make("span", { class: "cb-result__name" }, marked(row.title, marks)));
  if (row.says) {
    const phrase = said(row.says, marks);
    body.append(make("div", { class: "cb-result__line" }, ...(phrase ? ["\u201c", marked(phrase, marks), "\u201d "] : []), make("span", { class: "cb-result__owner" }, onCall(row.duty, true))));
  } else if (row.line || row.say) {
    // The row that is chosen says the same under Do or Say.
    const again = row.say ? " cb-result__line--again" : "";
    body.append(make("div", { class: `cb-result__line${again}` }, ...(row.label ? [make("b", {}, `${row.label}: `)] : []), marked(row.line || cut(row.say, 180), marks)));
  }
  return body;
};
const ADDED = 2; // changes that are named where a playbook has something new with them
const metaOf = (row) => {
  const meta = make("div", { class: "cb-result__meta" });
  const change = row.change;
  if (row.kind === "scenario" && row.also.length) meta.append(`New with ${row.also.slice(0, ADDED).join(", ")}${row.also.length > ADDED ? ` and ${row.also.length - ADDED} more` : ""}`);
  else if (!change && row.label && row.phone) return null; // the line says what it is: "Not this desk"
  else if (!change) meta.append(row.note || kinds[row.kind].label);
  else if (row.pinned && row.kind !== "change") meta.append(row.note || kinds[row.kind].label);
  else {
    if (row.kind !== "change") meta.append(make("span", {}, row.kind === "playbook" ? `New with ${change.name}` : change.name));
    meta.append(make("span", { class: "cb-result__state" }, status(change), change.since));
  }
  return meta;
};
// A row tells what to do, to say and whom to call once it is chosen.
const tellAll = (option, row) => {
  const body = option.querySelector(".cb-result__name").parentElement;
  if (row.duty && !body.querySelector(".cb-triad")) body.append(triadOf(row));
};
