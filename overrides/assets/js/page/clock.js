// What the clock decides, on the reader's screen: a page may have been built hours ago, or stay open over a shift change.
// It is decided at load, each minute, and when the tab is looked at again. In a pinned book time stands still.
const pinned = () => document.querySelector("[data-cb-now]")?.dateTime;
changebook.now = () => (pinned() ? new Date(pinned()) : new Date());

const SIZES = [[86400, "day"], [3600, "hour"], [60, "minute"]];
const age = (seconds) => {
  const [size, unit] = SIZES.find(([least]) => Math.abs(seconds) >= least) || [0, ""];
  const count = Math.floor(Math.abs(seconds) / size);
  const amount = `${count} ${unit}${count === 1 ? "" : "s"}`;
  return !unit ? "now" : seconds > 0 ? `in ${amount}` : `${amount} ago`;
};

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const answers = (hours, zone, now) => {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
    .formatToParts(now).reduce((found, part) => ({ ...found, [part.type]: part.value }), {});
  const today = DAYS.indexOf(parts.weekday.toLowerCase()), minute = Number(parts.hour) * 60 + Number(parts.minute);
  return hours === "always" || hours.split(",").some((shift) => {
    const [, from = "mon", to, ...clock] = /(?:([a-z]{3})(?:-([a-z]{3}))? )?(\d\d):(\d\d)-(\d\d):(\d\d)/.exec(shift);
    const last = to ?? (/[a-z]/.test(shift) ? from : "sun");
    const on = (day) => (day - DAYS.indexOf(from) + 7) % 7 <= (DAYS.indexOf(last) - DAYS.indexOf(from) + 7) % 7;
    const [start, end] = [clock[0] * 60 + Number(clock[1]), clock[2] * 60 + Number(clock[3])];
    if (start < end) return on(today) && start <= minute && minute < end;
    return (on(today) && start <= minute) || (on((today + 6) % 7) && minute < end);
  });
};
// Show who answers, and return whether it could be told: a browser may not know a time zone, and then the built words stay.
const staff = (cell, now) => {
  const turns = [...cell.children];
  try {
    const there = turns.find((turn) => turn.dataset.cbHours && answers(turn.dataset.cbHours, turn.dataset.cbZone, now)) ?? turns.at(-1);
    for (const turn of turns) turn.hidden = turn !== there;
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

// Words are written only where they change: a reader may have them selected.
const write = (place, words) => { if (place.textContent !== words) place.textContent = words; };
const decide = () => {
  const now = changebook.now();
  for (const span of document.querySelectorAll("[data-cb-age]")) write(span, age((new Date(span.dataset.cbAge) - now) / 1000));
  for (const box of document.querySelectorAll("[data-cb-due]")) box.toggleAttribute("data-overdue", new Date(box.dataset.cbDue) < now);
  const told = [...document.querySelectorAll("[data-cb-duty]")].map((cell) => staff(cell, now));
  if (!pinned() && told.every(Boolean)) for (const span of document.querySelectorAll("[data-cb-asof]")) write(span, "now");
};
const eachMinute = () => {
  decide();
  document.dispatchEvent(new Event("cb-minute"));
  setTimeout(eachMinute, 60_000 - (Date.now() % 60_000));
};
if (pinned()) decide();
else {
  eachMinute();
  document.addEventListener("visibilitychange", () => { if (!document.hidden) decide(); });
}
