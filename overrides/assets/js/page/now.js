// What is going on now: the file that every publish writes is read again twice a minute, and when it says something else,
// the boards of this page are taken from its new version. Where it cannot be read, the page says since when.
// A board that was placed by hand names no version: it has that of the first.
const boards = (page = document) => {
  const found = [...page.querySelectorAll("[data-cb-board]")];
  for (const board of found) board.dataset.cbBoard ||= found[0].dataset.cbBoard;
  return found;
};
const contact = document.querySelector("[data-cb-contact]");
const EVERY = 30_000;

// The line between what was and what is to come.
const mark = () => {
  for (const list of document.querySelectorAll("[data-cb-timeline]")) {
    const next = [...list.querySelectorAll("[data-cb-at]")].find((item) => new Date(item.dataset.cbAt) > changebook.now());
    const marker = list.querySelector("[data-cb-marker]");
    if (marker.nextElementSibling !== (next ?? null)) list.insertBefore(marker, next ?? null);
  }
};
changebook.eachMinute(mark);

let last = Date.now();
const lost = () => {
  if (!contact) return;
  const at = new Date(last);
  contact.hidden = false;
  const words = `No contact since ${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}. What you see may be out of date.`;
  if (contact.textContent !== words) contact.textContent = words;
};
const read = async (address) => {
  const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(EVERY / 2) });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer;
};
const follow = async () => {
  const { version } = await (await read(new URL("now.json", __md_scope))).json();
  if (boards().every((board) => board.dataset.cbBoard === version)) return;
  const page = new DOMParser().parseFromString(await (await read(location.pathname)).text(), "text/html");
  const fresh = boards(page);
  // Someone is at a control in it: after that.
  boards().forEach((board, number) => { if (fresh[number] && !board.contains(document.activeElement)) board.replaceWith(fresh[number]); });
  changebook.decide();
  mark();
  dispatchEvent(new Event("cb-board"));
};
const again = async () => {
  try {
    await follow();
    last = Date.now();
    if (contact) contact.hidden = true;
  } catch {
    lost();
  }
};
if (boards().length && location.protocol.startsWith("http")) {
  setInterval(again, EVERY);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) again(); });
}
