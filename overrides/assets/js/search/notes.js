// What is above a list: what is slow or down now, a code that nobody knows, a former name.
// What is slow or down now comes before everything that is found.
const outageNote = (outage) => {
  const overdue = new Date(outage.due) < changebook.now();
  const name = make("strong", {}, `${outage.name} is ${outage.state === "down" ? /* said */ "down" : "slow or partly failing"}.`);
  const next = overdue ? `Update overdue since ${outage.next}.` : `Next update ${outage.next}.`;
  return make("div", { class: "cb-results__note cb-results__note--known", "data-down": outage.state === "down" || overdue ? "" : null }, icon("alert"), make("span", {}, name, ` Say: \u201c${outage.says}\u201d `, "Call: ", outage.duty ? onCall(outage.duty) : `${outage.call}.`, ` ${next}`));
};
const codeNote = ({ asked, like }) => make("div", { class: "cb-results__note" }, `No code ${asked} is known. `, ...(like.length ? ["Did the caller mean ", ...like.flatMap((code, at) => [at ? " or " : "", make("button", { type: "button", class: "cb-results__clear", "data-cb-ask": code }, code)]), "?"] : ["Ask the caller to spell it out."]));
const nameNote = ({ former, name }) => make("div", { class: "cb-results__note" }, `\u201c${former}\u201d is now called `, make("strong", {}, name), ".");
