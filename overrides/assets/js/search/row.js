// One row of the list: what it is, and how it stands with its change. The build puts the kinds of rows in `kinds`.
const cut = (text, length) => (text.length <= length ? text : `${text.slice(0, text.lastIndexOf(" ", length))}\u2026`);

// Who answers now, as text: no link stands in a row. The script of the page keeps it right while the list is open.
const onCall = ({ line, queue, within, hours }, first) => {
  const place = make("span", { "data-cb-line": line, "data-cb-queue": queue, "data-cb-within": within, "data-cb-text": first ? "first" : "" }, hours);
  changebook.tell(place);
  return place;
};
const bodyOf = (row, marks) => {
  const body = make("div", {}, make("span", { class: "cb-result__name" }, marked(row.title, marks)));
  if (row.says) {
    const phrase = said(row.says, marks);
    body.append(make("div", { class: "cb-result__line" }, ...(phrase ? ["\u201c", marked(phrase, marks), "\u201d "] : []), make("span", { class: "cb-result__owner" }, onCall(row.duty, true))));
    const triad = [["Do", row.do], ["Say", `\u201c${cut(changebook.filled(row.say, row.team).replace(/\s+/g, " "), 110)}\u201d`], ["Call", make("span", {}, onCall(row.duty), ` When: ${row.when}`)]];
    body.append(make("dl", { class: "cb-triad" }, ...triad.map(([term, text]) => make("div", {}, make("dt", {}, term), make("dd", {}, text)))));
  } else if (row.line) {
    body.append(make("div", { class: "cb-result__line" }, ...(row.label ? [make("b", {}, `${row.label}: `)] : []), marked(row.line, marks)));
  }
  return body;
};
const metaOf = (row) => {
  const meta = make("div", { class: "cb-result__meta" });
  const change = row.change;
  if (!change) meta.append(row.kind === "scenario" ? "All changes" : row.note || kinds[row.kind].label);
  else if (row.pinned && row.kind !== "change") meta.append(row.note || kinds[row.kind].label);
  else {
    if (row.kind !== "change") meta.append(make("span", {}, change.name));
    meta.append(make("span", { class: "cb-result__state" }, status(change), change.since));
  }
  return meta;
};
