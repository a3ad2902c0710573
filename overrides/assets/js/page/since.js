// What changed since a moment that the reader picks: the build wrote for each change since which moments it is one.
// The choice is kept in the address, `?since=3d` or `?since=2026-12-02T07:00`, in the book's time zone.
const place = document.querySelector("[data-cb-since]");
const HOUR = 3_600_000, UNITS = { h: HOUR, d: 24 * HOUR };
const FIRST = "24h";
const zone = changebook.desk.zone;
const shown = (at) => new Date(changebook.hours.shown(zone, at)).toISOString().slice(0, 16);
// The moment that a choice names, in milliseconds; nothing where it names none.
const momentOf = (choice) => {
  const [, count, unit] = /^([1-9]\d{0,2})([hd])$/.exec(choice) ?? [];
  if (count) return changebook.now().getTime() - count * UNITS[unit];
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(choice) && Date.parse(`${choice}Z`) ? changebook.moment(Date.parse(`${choice}Z`), zone) : null;
};
// A file that was not compared may have changed, so "No changes" is said of the others only.
const counted = (count, unread) => {
  if (!count) return unread ? "Other files: nothing changed" : "No changes";
  return `${unread ? "Other files: " : ""}${count === 1 ? `${count} change` : `${count} changes`}`;
};
// Why another moment is shown than was asked for, "" where it is the same.
const odd = (asked, at, first) => {
  if (at === null) return `“${asked}” is not a time. Showing the last 24 hours.`;
  if (at > changebook.now()) return `${changebook.timeWords(at)} is still to come. Showing the last 24 hours.`;
  return at < first ? `This page does not go back to ${changebook.timeWords(at)}. Showing all it has.` : "";
};
const show = (asked) => {
  const first = Date.parse(place.dataset.first), begins = Date.parse(place.dataset.begins ?? ""), moment = momentOf(asked);
  const said = odd(asked, moment, first), box = place.querySelector("[data-cb-since-odd]");
  box.textContent = said;
  box.hidden = !said;
  const choice = moment === null || moment > changebook.now() ? FIRST : asked;
  const at = Math.max(momentOf(choice), first), seconds = Math.floor(at / 1000);
  let count = 0;
  for (const part of place.querySelectorAll(".cb-row--since, [data-cb-since-missed] li")) {
    const { cbFrom = -Infinity, cbUntil = Infinity } = part.dataset;
    part.hidden = !(Number(cbFrom) <= seconds && seconds < Number(cbUntil));
    if (!part.hidden && part.matches(".cb-row")) count += 1;
  }
  const missed = place.querySelector("[data-cb-since-missed]"), unread = missed?.querySelectorAll("li:not([hidden])").length ?? 0;
  place.querySelector("[data-cb-since-says]").textContent = `${counted(count, unread)} since ${changebook.timeWords(at)}.`;
  place.querySelector("[data-cb-since-late]").hidden = !(begins > at);
  if (missed) {
    const doubt = place.querySelector("[data-cb-since-doubt]");
    missed.hidden = doubt.hidden = !unread;
    doubt.textContent = `Can't tell for ${unread} ${unread === 1 ? /* said */ "file" : /* said */ "files"}: broken or in an older format.`;
  }
  for (const chip of place.querySelectorAll("[data-cb-ago]")) chip.setAttribute("aria-pressed", String(chip.dataset.cbAgo === choice));
  place.querySelector("[data-cb-since-own]").value = shown(at);
};
const choose = (choice) => {
  const address = new URL(location);
  address.searchParams.set("since", choice);
  history.replaceState(history.state, "", address);
  show(choice);
};
if (place) {
  const own = place.querySelector("[data-cb-since-own]"), asked = new URLSearchParams(location.search).get("since") || FIRST;
  own.min = shown(Date.parse(place.dataset.first));
  own.max = shown(changebook.now().getTime());
  place.querySelector("[data-cb-since-pick]").hidden = false;
  show(asked);
  place.addEventListener("click", ({ target }) => { if (target.closest("[data-cb-ago]")) choose(target.closest("[data-cb-ago]").dataset.cbAgo); });
  own.addEventListener("change", () => { if (momentOf(own.value) !== null) choose(own.value); });
}
