// What the clock decides, on the reader's screen: a page may have been built hours ago, or stay open over a shift change.
// It is decided at load, each minute, and when the tab is looked at again. In a pinned book time does not move.
const pinned = () => {
  const place = document.querySelector("[data-cb-now]");
  return place && (place.dateTime || changebook.made.now);
};
changebook.now = () => (pinned() ? new Date(pinned()) : new Date());

const language = document.documentElement.lang, relative = new Intl.RelativeTimeFormat(language);
const SIZES = [[86400, "day"], [3600, "hour"], [60, "minute"]];
// Days are those of the calendar, by the clock that `at` is written in: Wed morning is 6 days from Thu noon, not 5.
const dayOf = (moment, at) => {
  const [, sign, hours, minutes] = at.match(/([+-])(\d\d):(\d\d)$/);
  return Math.floor((moment / 60_000 + (sign === "-" ? -1 : 1) * (hours * 60 + +minutes)) / 1440);
};
// How far a moment is from now, in the largest unit that fits: less than nothing when it is past.
const distance = (at, now) => {
  const moment = new Date(at), seconds = (moment - now) / 1000;
  const [size, unit] = SIZES.find(([least]) => Math.abs(seconds) >= least) || [60, "minute"];
  const count = unit === "day" ? Math.abs(dayOf(moment, at) - dayOf(now, at)) : Math.floor(Math.abs(seconds) / size);
  return [seconds > 0 ? count : -count, unit];
};
const age = (at, now) => {
  const [count, unit] = distance(at, now);
  return count ? relative.format(count, unit) : /* said */ "now";
};
const late = (at, now) => {
  const [count, unit] = distance(at, now);
  const amount = new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" });
  return `${amount.format(Math.abs(count))} late`;
};

// Words are written only where they change: a reader may have them selected.
const write = (place, words) => { if (place.textContent !== words) place.textContent = words; };
const decide = () => {
  const now = changebook.now();
  for (const span of document.querySelectorAll("[data-cb-age]")) write(span, (span.dataset.cbAfter ?? "") + age(span.dataset.cbAge, now));
  for (const words of document.querySelectorAll("[data-cb-late]")) write(words, late(words.dataset.cbLate, now));
  for (const words of document.querySelectorAll("[data-cb-live]")) {
    const at = words.dataset.cbLive;
    write(words, `Live, day ${Math.max(dayOf(now, at) - dayOf(new Date(at), at), 1)}`);
  }
  for (const box of document.querySelectorAll("[data-cb-due]")) box.toggleAttribute("data-overdue", new Date(box.dataset.cbDue) < now);
};
// Now, as each minute begins, and when the tab is looked at again.
changebook.eachMinute = (tell) => {
  const again = () => {
    tell();
    setTimeout(again, 60_000 - (Date.now() % 60_000));
  };
  again();
  document.addEventListener("visibilitychange", () => { if (!document.hidden) tell(); });
};
changebook.decide = decide;
if (pinned()) decide();
else changebook.eachMinute(decide);
