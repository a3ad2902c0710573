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

// When a team is there, by its own clock: on no day off, and past midnight with a shift that began the day before.
const works = (team, shown) => {
  const date = new Date(shown).toISOString().slice(0, 10);
  return team.shifts.some(([days]) => days.includes(weekday(shown))) && !changebook.desk.closed.includes(date);
};
const isThere = (team, at) => [0, 1].some((back) => {
  const shown = wall(at, team.zone), day = Math.floor(shown / DAY) * DAY - back * DAY, minute = (shown - day) / MINUTE;
  const holds = ([days, start, end]) => days.includes(weekday(day)) && start <= minute && minute < (end > start ? end : end + 1440);
  return works(team, day) && team.shifts.some(holds);
});

const words = (at, now, zone) => {
  const shown = wall(at, zone), date = new Date(shown), clock = date.toISOString().slice(11, 16);
  const today = Math.floor(shown / DAY) === Math.floor(wall(now, zone) / DAY);
  const day = today ? "" : `${WEEK[weekday(shown)]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}, `;
  return `${day}${clock} ${changebook.desk.zones[(shown - at) / MINUTE] ?? zone}`;
};

// What a blank says at `now`, in milliseconds, or nothing where it is no time. `team` gives the answer: where it is not there
// at the time that is promised, the hour after "or" is taken, the first one from then on. Without a team it is always there.
changebook.due = (blank, now, team) => {
  const [form, count, unit, hour, minute, working] = FORM.exec(blank) ?? [];
  if (!form) return null;
  const { zone } = changebook.desk, five = 5 * MINUTE;
  // By the minute that the clock shows, so that a text does not change within it.
  const at = Math.ceil((Math.floor(now / MINUTE) + count * (unit === "h" ? 60 : 1)) * MINUTE / five) * five;
  if (!hour || !team?.shifts.length || isThere(team, at)) return words(at, now, zone);
  const from = wall(at, zone);
  let shown = Math.floor(from / DAY) * DAY + (hour * 60 + Number(minute)) * MINUTE;
  while (shown < from || (working && !works(team, shown))) shown += DAY;
  return words(moment(shown, zone), now, zone);
};
// A text with its times filled in, by the reader's own clock, also in a pinned book: what is sent is read today. Where the
// browser does not know a zone, all blanks stay, as do those for words.
changebook.filled = (text, id) => {
  try {
    return text.replace(/\[[^[\]]+\]/g, (blank) => changebook.due(blank, Date.now(), changebook.desk.teams[id]) ?? blank);
  } catch (error) {
    if (error instanceof RangeError) return text;
    throw error;
  }
};
