// The times in what the desk says: `[time + 30 min]` becomes a time of day in the book's zone, rounded up to five minutes.
const FORM = /^\[time \+ ([1-9]\d{0,2}) (min|h)(?:, or ([01]\d|2[0-3]):([0-5]\d)( on the next working day)?)?\]$/;
const MINUTE = 60_000, DAY = 86_400_000, WEEK = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

// What a zone's clock on the wall shows, counted as if it were UTC, and the moment at which it shows that.
const wall = (moment, zone) => {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", ...Object.fromEntries(["year", "month", "day", "hour", "minute", "second"].map((part) => [part, "numeric"])) });
  const { year, month, day, hour, minute, second } = Object.fromEntries(format.formatToParts(moment).map((part) => [part.type, Number(part.value)]));
  return Date.UTC(year, month - 1, day, hour, minute, second);
};
// Of an hour that comes twice it is the first; for one that is skipped, as long after midnight as the clock was to show.
const moment = (shown, zone) => {
  const [before, after] = [shown - DAY, shown + DAY].map((near) => shown - (wall(near, zone) - near));
  return wall(before, zone) !== shown && wall(after, zone) === shown ? after : before;
};
const weekday = (shown) => (new Date(shown).getUTCDay() + 6) % 7;

// When a team is there: its shifts by their days, and no holiday. One that always answers has no shifts.
const shiftsOf = (hours) => hours.split(",").map((shift) => {
  const [, from, to, ...clock] = /(?:([a-z]{3})(?:-([a-z]{3}))? )?(\d\d):(\d\d)-(\d\d):(\d\d)/.exec(shift);
  const number = (name) => WEEK.findIndex((one) => one.toLowerCase() === name), first = from ? number(from) : 0;
  const last = to ? number(to) : from ? first : 6, [start, end] = [clock[0] * 60 + Number(clock[1]), clock[2] * 60 + Number(clock[3])];
  return { holds: (day) => (day - first + 7) % 7 <= (last - first + 7) % 7, start, end: end > start ? end : end + 1440 };
});
const works = (shifts, shown) => {
  const date = new Date(shown).toISOString().slice(0, 10);
  return shifts.some((shift) => shift.holds(weekday(shown))) && !(changebook.book.holidays ?? []).includes(date);
};
const isThere = (shifts, shown) => [0, 1].some((back) => {
  const day = Math.floor(shown / DAY) * DAY - back * DAY, minute = (shown - day) / MINUTE;
  return works(shifts, day) && shifts.some((shift) => shift.holds(weekday(day)) && shift.start <= minute && minute < shift.end);
});

const words = (at, now, zone) => {
  const shown = wall(at, zone), date = new Date(shown), clock = date.toISOString().slice(11, 16);
  const today = Math.floor(shown / DAY) === Math.floor(wall(now, zone) / DAY);
  const day = today ? "" : `${WEEK[weekday(shown)]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}, `;
  return `${day}${clock} ${changebook.book.zones[(shown - at) / MINUTE] ?? zone}`;
};

// What a blank says at `now`, or nothing where it is no time. `hours` and `zone` are of the team that gives the answer:
// where it is not there after the time that is promised, the hour after "or" is taken, the first one from then on.
changebook.due = (blank, now, { hours = "always", zone = changebook.book.zone } = {}) => {
  const [form, count, unit, hour, minute, working] = FORM.exec(blank) ?? [];
  if (!form) return null;
  const five = 5 * MINUTE, at = Math.ceil((now.getTime() + count * (unit === "h" ? 60 : 1) * MINUTE) / five) * five;
  const book = changebook.book.zone, shifts = hour && hours !== "always" ? shiftsOf(hours) : null;
  if (!shifts || isThere(shifts, wall(at, zone))) return words(at, now, book);
  const from = wall(at, book);
  let shown = Math.floor(from / DAY) * DAY + (hour * 60 + Number(minute)) * MINUTE;
  while (shown < from || (working && !works(shifts, shown))) shown += DAY;
  return words(moment(shown, book), now, book);
};
// A text with its times filled in; other blanks stay in their brackets.
changebook.filled = (text, said) => text.replace(/\[[^[\]]+\]/g, (blank) => changebook.due(blank, changebook.now(), said) ?? blank);
