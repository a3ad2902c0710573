"""When a change goes live or went live, in the words the pages use."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from changebook.book import Book
from changebook.cache.notes import once
from changebook.language import TimeUnit, amount, day_month, short_day, short_names, zone_name
from changebook.language import gettext as _
from changebook.model import Change
from changebook.model.phases import Period
from changebook.model.scalar import Hours
from changebook.model.status import PLANNED, SETTLED
from changebook.model.timeline import done, first_span, moves_of, over_at, phase_on, spans_of

SUSPECT = timedelta(days=30)
STATUS_WORDS = {
    "draft": "Draft",
    "ready": "Ready",
    "live": "Live",
    "stable": "Stable",
    "closed": "Closed",
    "rolled-back": "Rolled back",
    "cancelled": "Canceled",
}
# How a change that is not planned is called beside its status.
URGENCY_WORDS = {"standard": "Standard", "expedited": "Expedited", "emergency": "Emergency"}
# What was decided at the go/no-go checkpoint, or is still to be.
DECISION_WORDS = {"pending": "To be decided", "go": "Go", "hold": "Hold", "no-go": "No-go", "roll-back": "Roll back"}
_UNITS: tuple[tuple[int, TimeUnit], ...] = ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


def status_words(change: Change, now: datetime) -> str:
    """Return the status as a badge says it; a live change counts its phases, then its days, the first being day 1."""
    if change.status == "live" and change.window and change.phases and now < change.window.end:
        return _("Live, {progress}", progress=progress_words(change, now))
    if change.status == "live" and change.window:
        days = (now.date() - change.window.end.date()).days
        return _("Live, day {day}", day=max(days, 1))
    return _(STATUS_WORDS[change.status])


def progress_words(change: Change, now: datetime) -> str:
    """Return how many phases of a change are done, `2 of 4 done`, or that the first of them is still to come."""
    if change.status in PLANNED:
        return _("first of {number} phases", number=len(change.phases))
    return _("{done} of {number} done", done=done(change, now), number=len(change.phases))


def is_suspect(change: Change, now: datetime) -> bool:
    """Return whether a change could cause what callers report now: live, or over for 30 days at most."""
    if change.status == "live":
        return True
    over = over_at(change, now) if change.status in SETTLED else None
    return over is not None and now - SUSPECT <= over <= now


@once  # every playbook page asks for them
def suspects(book: Book) -> tuple[Change, ...]:
    """Return the changes that could cause what callers report now: live ones first, then the newest."""
    found = [change for change in book.changes.values() if is_suspect(change, book.now)]
    return tuple(sorted(found, key=lambda change: (change.status != "live", -ended(change), change.id)))


def ended(change: Change) -> float:
    """Return when a change's window, or first phase, ends, in seconds, for sorting; 0 without a window."""
    return span.end.timestamp() if (span := first_span(change)) else 0


def coming(book: Book, days: int) -> list[Change]:
    """Return the changes with a window or a phase that starts within `days` from now, the soonest first: drafts, ready
    ones, and live ones with phases to come.
    """
    ahead = {change.id: starts(book, change, days) for change in book.changes.values()}
    found = [change for change in book.changes.values() if ahead[change.id]]
    return sorted(found, key=lambda change: (ahead[change.id][0].end.timestamp(), change.id))


def starts(book: Book, change: Change, days: int) -> list[Period]:
    """Return what of a change starts within `days` from now: its window while it is planned, its phases."""
    until = book.now + timedelta(days=days)
    ahead = [span for span in spans_of(change) if book.now <= span.start <= until]
    return ahead if change.status in PLANNED or (change.status == "live" and change.phases) else []


@dataclass(frozen=True)
class CalendarDay:
    """A day ahead: how many changes start on it, whether it is today, and whether it is a weekend."""

    day: date
    starts: int
    today: bool
    off: bool


def days_ahead(book: Book, days: int) -> list[CalendarDay]:
    """Return today and the days up to `days` ahead, with what starts on each."""
    count = Counter(span.start.date() for change in coming(book, days) for span in starts(book, change, days))
    ahead = [book.now.date() + timedelta(days=number) for number in range(days)]
    return [CalendarDay(day, count[day], day == book.now.date(), day.weekday() >= 5) for day in ahead]


def day_words(day: date, now: datetime) -> str:
    """Return a day as pages show it: `Wed 2 Dec`, with the year when it is not this one."""
    return f"{short_day(day)} {date_words(day, now)}"


def date_words(day: date, now: datetime) -> str:
    """Return a day that is past and small print: `2 Dec`, with the year when it is not this one."""
    year = f" {day.year}" if day.year != now.year else ""
    return day_month(day) + year


def time_words(moment: datetime, now: datetime) -> str:
    """Return a time as pages show it, with its zone: `Wed 2 Dec, 21:00 CST`."""
    return f"{day_words(moment, now)}, {moment:%H:%M} {zone_name(moment)}"


def clock_words(moment: datetime, now: datetime) -> str:
    """Return a time near now: `21:00`, with the weekday on another day: `Wed 21:00`; past a day away, with the date."""
    near = abs(moment.astimezone(UTC) - now.astimezone(UTC)) <= timedelta(days=1)
    day = f"{short_day(moment)} " if near else f"{day_words(moment, now)}, "
    return f"{'' if moment.date() == now.date() else day}{moment:%H:%M}"


def window_words(window: Period, now: datetime) -> str:
    """Return a window as pages show it, the zone once: `Wed 2 Dec, 21:00-23:00 CST` (with an en dash).

    One in which the clock changes shows both zones.
    """
    start, end = window.start, window.end
    zone = f" {zone_name(start)}" if start.tzname() != end.tzname() else ""
    last = f"{end:%H:%M}" if end.date() == start.date() else f"{day_words(end, now)}, {end:%H:%M}"
    return f"{day_words(start, now)}, {start:%H:%M}{zone}\N{EN DASH}{last} {zone_name(end)}"


def postponed_words(change: Change, now: datetime, span: Period | None = None) -> str:
    """Return which days of a planned change were given up: `Postponed from Mon 19 Jan and from Tue 2 Feb`.

    Of the phase `span`, else of the one that is next; nothing if it never moved. On its own day it has the hour.
    """
    span = span or phase_on(change, now) or change.window
    if change.status not in PLANNED or not (former := [entry.from_ for entry in moves_of(change, span)]):
        return ""
    start = span.start if span else None
    days = [
        f"{day_words(one, now)}, {one:%H:%M}" if start and one.date() == start.date() else day_words(one, now)
        for one in former
    ]
    word = _("Moved up") if start and former[-1] > start else _("Postponed")
    return _("{word} from {days}", word=word, days=_(" and from ").join(dict.fromkeys(days)))


def age_words(moment: datetime, now: datetime) -> str:
    """Return how far `moment` is from now: `in 5 days`, `10 hours ago`."""
    number, unit = distance(moment, now)
    return amount(number, unit, from_now=True) if number else _("now")


def distance(moment: datetime, now: datetime) -> tuple[int, TimeUnit]:
    """Return how far `moment` is from now in the largest unit that fits, less than nothing when it is past.

    Days are those of the calendar, as people count them: Wed morning is 6 days from Thu noon, not 5.
    """
    # Two times of one zone differ by what the clock on the wall shows, which skips and repeats hours.
    seconds = int((moment.astimezone(UTC) - now.astimezone(UTC)).total_seconds())
    size, unit = next((one for one in _UNITS[:-1] if abs(seconds) >= one[0]), (60, "minute"))
    # By the clock of `moment`, which is all that a script on the page knows of the book's zone.
    there = now.astimezone(timezone(moment.utcoffset() or timedelta()))
    number = abs((moment.date() - there.date()).days) if unit == "day" else abs(seconds) // size
    return number if seconds > 0 else -number, unit


def hours_words(hours: Hours) -> str:
    """Return when a team answers as pages show it: `Mon-Fri 07:00-18:00` (with en dashes), or `24/7`."""
    if not hours.shifts:
        return "24/7"
    return re.sub(r"[a-z]{3}", lambda day: short_names()[day[0].title()], hours.text).replace("-", "\N{EN DASH}")


def duration_words(duration: timedelta) -> str:
    """Return a duration in the largest unit that divides it: `30 minutes`."""
    seconds = int(duration.total_seconds())
    size, unit = next((size, unit) for size, unit in _UNITS if seconds % size == 0)
    return amount(seconds // size, unit)


def zone_names(zone: ZoneInfo, now: datetime) -> dict[int, str]:
    """Return what a zone is called at each of its distances from UTC in minutes: -360 is `CST`, -300 is `CDT`.

    The year before `now` and the two after it are looked at: a page may be read long after it was built.
    """
    days = [(now + timedelta(days=day)).astimezone(zone) for day in range(-366, 732)]
    distances = {zone_name(day): day.utcoffset() or timedelta() for day in days}
    return {int(distance.total_seconds() // 60): name for name, distance in distances.items()}
