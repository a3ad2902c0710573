"""The plan: every go-live of a book by its time, and the days on which there are none."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, timedelta
from functools import lru_cache, partial
from itertools import accumulate
from typing import TypeVar, get_args
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from changebook.book import Book, Desk
from changebook.cache.notes import once
from changebook.model.calendar import Blackout, Calendar, Weekday
from changebook.model.scalar import Hours
from changebook.schedule.golives import Booking, bookings_of
from changebook.schedule.holidays import public_holidays

# How far ahead of now, and of the last go-live, blackouts are known.
_AHEAD = timedelta(days=800)
_UNTIL = re.compile(";UNTIL=([0-9]{8})")
_WEEK = 7 * 24 * 60
DAYS = get_args(Weekday)
Week = tuple[int, int]
_K = TypeVar("_K")


@dataclass(frozen=True)
class Closure:
    """One time of a blackout."""

    start: datetime
    end: datetime
    blackout: Blackout
    begins: float
    ends: float


@dataclass(frozen=True, eq=False)
class Schedule:
    """The go-lives of a book, the earliest first, also by day, by week and, those to come, by change; its calendar.

    `called` has the names that people use, by list and id. `closures` are the times of all blackouts, the
    earliest first; `off` are holidays with their names. `staffed` counts the staffed minutes of two weeks up to each
    minute, None where hours do not matter.
    """

    calendar: Calendar
    now: datetime
    called: Mapping[tuple[str, str], str]
    golives: tuple[Booking, ...]
    days: Mapping[date, tuple[Booking, ...]]
    weeks: Mapping[Week, tuple[Booking, ...]]
    to_come: Mapping[str, tuple[Booking, ...]]
    closures: tuple[Closure, ...]
    off: Mapping[date, str]
    staffed: tuple[int, ...] | None
    starts: tuple[float, ...]
    longest: float
    closed_starts: tuple[float, ...]
    longest_closed: float

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the book."""
        assert isinstance(self.now.tzinfo, ZoneInfo)
        return self.now.tzinfo

    def between(self, begins: float, ends: float) -> Iterator[Booking]:
        """Yield the go-lives that start until `ends` and end after `begins`, in seconds."""
        first, last = bisect_left(self.starts, begins - self.longest), bisect_right(self.starts, ends)
        yield from (item for item in self.golives[first:last] if item.ends > begins)

    def closed(self, begins: float, ends: float) -> Iterator[Closure]:
        """Yield the blackouts that fall into a time, in seconds."""
        first = bisect_left(self.closed_starts, begins - self.longest_closed)
        last = bisect_left(self.closed_starts, ends)
        yield from (item for item in self.closures[first:last] if item.ends > begins)

    def is_off(self, day: date) -> bool:
        """Return whether a day is none for a go-live: late in the week, or without staffed hours."""
        last, hours = self.calendar.last_day, self.calendar.staffed
        late = last is not None and day.weekday() > DAYS.index(last)
        return late or (
            hours is not None and bool(hours.shifts) and not any(s.begins(day, frozenset()) for s in hours.shifts)
        )

    def is_staffed(self, start: datetime, end: datetime) -> bool:
        """Return whether all of a time lies in staffed hours."""
        if not self.staffed:
            return True
        first = start.weekday() * 24 * 60 + start.hour * 60 + start.minute
        # By the clock on the wall, as hours are meant; what is longer than a week has to be staffed around the clock.
        minutes = int((end.replace(tzinfo=None) - start.replace(tzinfo=None)).total_seconds()) // 60
        minutes = min(max(minutes, 1), _WEEK)
        return self.staffed[first + minutes] - self.staffed[first] == minutes


@partial(once, most=4)  # a move and a review compare two books
def schedule_of(book: Book) -> Schedule:
    """Return the plan of a book."""
    desk, calendar = book.desk, book.desk.calendar
    found = [item for change in book.changes.values() for item in bookings_of(change, desk, book.now)]
    found.sort(key=lambda item: item.order)
    last = max(book.now, max((item.end for item in found), default=book.now)) + _AHEAD
    closures = sorted(_closures(calendar, desk.settings.zone, last), key=lambda one: (one.begins, one.blackout.name))
    first = min((item.start for item in found), default=book.now)
    off = public_holidays(calendar.holidays, min(first, book.now).year, last.year, desk.settings.language)
    return Schedule(
        calendar=calendar,
        now=book.now,
        called=_called(desk),
        golives=tuple(found),
        days=_grouped(found, lambda item: item.start.date()),
        weeks=_grouped(found, lambda item: week_of(item.start.date())),
        to_come=_grouped((item for item in found if item.to_come), lambda item: item.change),
        closures=tuple(closures),
        off={**off, **{holiday.day: holiday.name for holiday in desk.settings.holidays}} if calendar.holidays else {},
        staffed=_minutes(calendar.staffed) if calendar.staffed else None,
        starts=tuple(item.begins for item in found),
        longest=max((item.ends - item.begins for item in found), default=0),
        closed_starts=tuple(one.begins for one in closures),
        longest_closed=max((one.ends - one.begins for one in closures), default=0),
    )


def _grouped(golives: Iterable[Booking], by: Callable[[Booking], _K]) -> dict[_K, tuple[Booking, ...]]:
    found = defaultdict[_K, list[Booking]](list)
    for item in golives:
        found[by(item)].append(item)
    return {key: tuple(items) for key, items in found.items()}


def _called(desk: Desk) -> dict[tuple[str, str], str]:
    """Return what people call that which a go-live touches, and the teams."""
    tables = ("teams", "groups", "categories", "partners")
    named = {(table, name): one.name for table in tables for name, one in getattr(desk, table).items()}
    return {**named, **{("playbooks", name): one.title for name, one in desk.scenarios.items()}}


def week_of(day: date) -> Week:
    """Return the year and the number of the week that a day is in, from Monday."""
    return day.isocalendar()[:2]


def _closures(calendar: Calendar, zone: ZoneInfo, until: datetime) -> Iterator[Closure]:
    """Yield every time of every blackout, by the clock on the wall."""
    for blackout in calendar.blackouts:
        first = blackout.start.replace(tzinfo=None)
        for one in _starts(blackout.repeats, first, until) if blackout.repeats else [first]:
            start, end = one.replace(tzinfo=zone), (one + blackout.lasts).replace(tzinfo=zone)
            yield Closure(start, end, blackout, start.timestamp(), end.timestamp())


def _starts(repeats: str, first: datetime, until: datetime) -> Iterator[datetime]:
    """Yield every time that a rule of repetition gives from `first` to the day `until`, at which the plan ends.

    A rule may ask for a day that never comes, and dateutil looks for it to the end of the year 9999: so that this is
    soon, the rule is asked for the last of the calendar's rounds of 400 years, which are all the same.
    """
    rounds = (MAXYEAR - until.year) // 400 * 400
    if first.date() <= until.date():
        last = min([f"{until:%Y%m%d}", *_UNTIL.findall(repeats)])
        rule = f"{_UNTIL.sub('', repeats)};UNTIL={int(last[:4]) + rounds}{last[4:]}T235959"
        for found in rrulestr(rule, dtstart=first.replace(year=first.year + rounds)):
            yield found.replace(year=found.year - rounds)


@lru_cache(maxsize=8)
def _minutes(hours: Hours) -> tuple[int, ...]:
    """Return how many minutes are staffed from Monday on, up to each minute of two weeks."""
    monday = datetime(2026, 1, 12)
    held = [hours.holds(monday + timedelta(minutes=minute)) for minute in range(_WEEK)]
    return tuple(accumulate((*held, *held), initial=0))
