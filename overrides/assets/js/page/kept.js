// Searches that found nothing, kept in this browser: shown, copied, downloaded, deleted.
changebook.kept = () => [changebook.store.get("changebook.unanswered") ?? []].flat().filter((one) => typeof one?.words === "string").map((one) => ({ ...one, words: changebook.masked(one.words) }));
const showKept = async () => {
  const place = document.querySelector("[data-cb-unanswered]");
  if (!place) return;
  try { await changebook.hiding(); } catch { return; } // where search cannot be read, nothing is kept
  const list = changebook.kept().sort((a, b) => b.times - a.times || (a.words < b.words ? -1 : 1));
  place.querySelector("[data-cb-unanswered-none]").hidden = list.length > 0;
  place.querySelector("[data-cb-unanswered-some]").hidden = !list.length;
  place.querySelector("pre").textContent = list.map((one) => (one.times > 1 ? `${one.words} (${one.times} times)` : one.words)).join("\n");
};
showKept();
document.addEventListener("cb-kept", showKept);
globalThis.document$?.subscribe(showKept); // the theme's word that a page's parts were exchanged
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-cb-unanswered-clear]")) { changebook.store.remove("changebook.unanswered"); showKept(); }
  if (!event.target.closest("[data-cb-unanswered-save]")) return;
  // A cell that begins like a formula is text all the same.
  const cell = (text) => `"${String(text).replace(/^(?=\s*[=+@\-＝＋－＠]|[\t\r\n])/, "'").replaceAll('"', '""')}"`;
  const lines = [["words", "times", "last"], ...changebook.kept().map((one) => [one.words, one.times, one.at])].map((row) => row.map(cell).join(","));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`${lines.join("\r\n")}\r\n`], { type: "text/csv" }));
  link.download = "unanswered-searches.csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});
