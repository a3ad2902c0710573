// The times in what the desk says: `[time + 30 min]` becomes a time of day in the book's zone, rounded up to five minutes.
const FORM = /^\[time \+ ([1-9]\d{0,2}) (min|h)(?:, or ([01]\d|2[0-3]):([0-5]\d)( on the next working day)?)?\]$/;
const MINUTE = 60_000, DAY = 86_400_000, WEEK = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DATE = "{day} {month}";
const dateOf = (date) => DATE.replace("{day}", date.getUTCDate()).replace("{month}", MONTHS[date.getUTCMonth()]);
const midnightOf = (shown) => Math.floor(shown / DAY) * DAY;
changebook.dates = { MINUTE, DAY, WEEK, dateOf, midnightOf };

// The moment at which a zone's clock shows something, counted as if that were UTC.
// Of an hour that comes twice it is the first; for one that is skipped, as long after midnight as the clock was to show.
const moment = (time, zone) => {
  const { shown } = changebook.hours;
  const [before, after] = [time - DAY, time + DAY].map((near) => time - (shown(zone, near) - near));
  return shown(zone, before) !== time && shown(zone, after) === time ? after : before;
};
const words = (at, now, zone) => {
  const time = changebook.hours.shown(zone, at), date = new Date(time), today = midnightOf(changebook.hours.shown(zone, now));
  const day = midnightOf(time) === today ? "" : `${WEEK[date.getUTCDay()]} ${dateOf(date)}, `;
  return `${day}${date.toISOString().slice(11, 16)} ${changebook.desk.zones[(time - at) / MINUTE] ?? zone}`;
};
changebook.moment = moment;
// A time as pages show it: `Wed 2 Dec, 21:00 CST`, with the year when it is not this one.
changebook.timeWords = (at) => {
  const { zone, zones } = changebook.desk, time = changebook.hours.shown(zone, at), date = new Date(time);
  const year = date.getUTCFullYear(), thisYear = new Date(changebook.hours.shown(zone, changebook.now().getTime())).getUTCFullYear();
  const day = `${WEEK[date.getUTCDay()]} ${dateOf(date)}${year === thisYear ? "" : ` ${year}`}`;
  return `${day}, ${date.toISOString().slice(11, 16)} ${zones[(time - Math.floor(at / MINUTE) * MINUTE) / MINUTE] ?? zone}`;
};

// What a blank says at `now`, in milliseconds, or nothing where it is no time. `team` gives the answer: where it is not there
// at the time that is promised, the hour after "or" is taken, the first one from then on. Without a team it is always there.
changebook.due = (blank, now, team) => {
  const [form, count, unit, hour, minute, working] = FORM.exec(blank) ?? [];
  if (!form) return null;
  const { zone } = changebook.desk, five = 5 * MINUTE;
  // By the minute that the clock shows, so that a text does not change within it.
  const at = Math.ceil((Math.floor(now / MINUTE) + count * (unit === "h" ? 60 : 1)) * MINUTE / five) * five;
  if (!hour || !team || changebook.hours.answers(changebook.desk, team, at)) return words(at, now, zone);
  const from = changebook.hours.shown(zone, at), works = (time) => team.shifts.some((shift) => changebook.hours.begins(changebook.desk, shift, midnightOf(time)));
  let time = midnightOf(from) + (hour * 60 + Number(minute)) * MINUTE;
  while (time < from || (working && !works(time))) time += DAY;
  return words(moment(time, zone), now, zone);
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
