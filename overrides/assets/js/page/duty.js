// Who answers at a moment: what the package's `on_duty` and `told` say, in the browser. One table of moments holds the two together.
const { MINUTE, DAY, WEEK, dateOf, midnightOf } = changebook.dates; // of due.js, which comes before
const AHEAD = 60, SKIPPED = 180 * MINUTE; // days to look for an opening; as far as a clock is put forward
const MOMENTS = 500; // that are remembered: a list asks for the same few time and again
const formats = {}, moments = new Map();
// What a clock in `zone` shows at `at`, as the UTC time with the same figures.
const shown = (zone, at) => {
  const key = `${zone} ${Math.floor(at / MINUTE)}`;
  if (!moments.has(key)) {
    if (moments.size >= MOMENTS) moments.clear();
    moments.set(key, clock(zone, at));
  }
  return moments.get(key);
};
const clock = (zone, at) => {
  formats[zone] ??= new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" });
  const part = Object.fromEntries(formats[zone].formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute);
};
const begins = (desk, [days], midnight) => {
  const date = new Date(midnight);
  return days.includes((date.getUTCDay() + 6) % 7) && !desk.closed.includes(date.toISOString().slice(0, 10));
};
const answers = (desk, team, at) => {
  if (!team.shifts.length) return true;
  const time = shown(team.zone, at), midnight = midnightOf(time), minute = (time - midnight) / MINUTE;
  return team.shifts.some((shift) => {
    const [, start, end] = shift;
    if (start < end) return begins(desk, shift, midnight) && start <= minute && minute < end;
    return (begins(desk, shift, midnight) && minute >= start) || (begins(desk, shift, midnight - DAY) && minute < end);
  });
};
const opens = (desk, team, at) => {
  const from = Math.floor(at / MINUTE) * MINUTE, clock = shown(team.zone, from);
  for (let day = -1; day < AHEAD; day += 1) {
    const midnight = midnightOf(clock) + day * DAY;
    const starts = team.shifts.filter((shift) => begins(desk, shift, midnight)).map(([, start]) => midnight + start * MINUTE);
    for (const start of starts.filter((time) => time > clock).sort((a, b) => a - b)) {
      let there = from + start - clock;
      there -= shown(team.zone, there) - start; // the clock is changed on the way
      for (const until = there + SKIPPED; there < until; there += MINUTE) if (answers(desk, team, there)) return there;
    }
  }
  return null;
};

const opensWords = (desk, opening, at) => {
  if (opening === null) return /* said: a team */ "closed";
  const then = new Date(shown(desk.zone, opening)), today = new Date(shown(desk.zone, at));
  const days = (midnightOf(then) - midnightOf(today)) / DAY, year = then.getUTCFullYear();
  const date = `${dateOf(then)}${year === today.getUTCFullYear() ? "" : ` ${year}`},`;
  const day = !days ? /* said */ "today" : days < 7 ? WEEK[then.getUTCDay()] : `${WEEK[then.getUTCDay()]} ${date}`;
  return `opens ${day} ${then.toISOString().slice(11, 16)}`;
};

// Who answers, line by line, for teams in the order in which they are tried; `at` is a time in milliseconds.
// `now` marks the line of a team that is there, whatever the page's language says of it.
// Raises RangeError where the browser does not know a time zone.
changebook.told = (desk, ids, at, { queue, within }) => {
  const line = ids.map((id) => desk.teams[id]), there = line.filter((team) => answers(desk, team, at));
  const closed = there.length ? line.slice(0, line.indexOf(there[0])) : line;
  const lead = desk.teams[desk.lead], named = (before, team, after = "") => ({ before, name: team.name, team, after });
  const lines = [];
  if (there.length) lines.push({ ...named("Now: ", there[0]), now: true });
  else if (lead && answers(desk, lead, at)) lines.push({ ...named(`Nobody on call. Put it in queue ${queue} and call the `, lead), name: "desk lead" });
  else lines.push({ before: `Nobody on call. Put it in queue ${queue}`, name: "", team: null, after: "" });
  if (there.length > 1 && !closed.length) lines.push(named(`No answer${within ? ` in ${within}` : ""}: `, there[1]));
  return [...lines, ...closed.map((team) => named("", team, `, ${opensWords(desk, opens(desk, team, at), at)}`))];
};
changebook.toldText = ({ before, name, team, after }) => `${before}${team ? `${name}, ${team.phone}` : ""}${after}.`;
changebook.hours = { answers, begins, shown };
