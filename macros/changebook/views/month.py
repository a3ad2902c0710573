"""The days of a month: what goes live on each, how much the desk carries, and why nothing may."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby

from changebook.book import Book
from changebook.cache.notes import once
from changebook.model import Change
from changebook.model.phases import Period
from changebook.model.timeline import spans_told
from changebook.schedule import Closure, Collision, Schedule, collisions_of
from changebook.views.finding import Folded, folded

# Go-lives of a day that are shown at first.
_EVENTS = 4


@dataclass(frozen=True)
class CalendarEvent:
    """A window or a phase on the calendar, and whether the gate stops it there."""

    change: Change
    span: Period
    stopped: bool


@dataclass(frozen=True)
class CalendarBox:
    """A day of the calendar: what goes live, how much of what the desk carries that is, and why nothing may.

    `inside` says whether it is of the month. `shut` are the reasons that hold for all or part of it, `off` that it is
    no day for a go-live at all. Of days in a row that are shut alike the first has the last under `until`, and the
    others `follow`.
    """

    day: date
    inside: bool
    today: bool
    events: Folded[CalendarEvent]
    load: int
    most: int | None
    shut: tuple[str, ...]
    off: bool
    warned: tuple[str, ...]
    until: date | None = None
    follows: bool = False


@once  # every month asks for them
def events_of(book: Book) -> Mapping[date, list[CalendarEvent]]:
    """Return every window and phase of the book by the day it starts, also of what was cancelled; none that
    a rollback came before.
    """
    stopped = {(hit.golive.change, hit.golive.begins) for one in book.changes.values() for hit in _stopping(book, one)}
    found = defaultdict(list)
    for change in book.changes.values():
        for span in spans_told(change, book.now):
            found[span.start.date()].append(CalendarEvent(change, span, (change.id, span.start.timestamp()) in stopped))
    for events in found.values():
        events.sort(key=lambda event: (event.span.start.timestamp(), event.change.id))
    return dict(found)


def _stopping(book: Book, change: Change) -> list[Collision]:
    return [hit for hit in collisions_of(change, book) if hit.stops and change.urgency != "emergency"]


def weeks_of(book: Book, plan: Schedule, *, first: date) -> list[list[CalendarBox]]:
    """Return the weeks of a month, from Monday to Sunday, with the days of its neighbors."""
    monday, after = first - timedelta(days=first.weekday()), first.replace(day=28) + timedelta(days=4)
    number = -(-(after.replace(day=1) - monday).days // 7) * 7
    days = _runs([_day(book, plan, monday + timedelta(days=at), first) for at in range(number)])
    return [days[at : at + 7] for at in range(0, number, 7)]


def _day(book: Book, plan: Schedule, day: date, first: date) -> CalendarBox:
    begins = datetime.combine(day, time(), tzinfo=plan.zone).timestamp()
    ends = datetime.combine(day + timedelta(days=1), time(), tzinfo=plan.zone).timestamp()
    closed = list(plan.closed(begins, ends))
    named = [(one.blackout, "" if one.begins <= begins and ends <= one.ends else _hours(one)) for one in closed]
    shut = [f"{blackout.name}{hours}" for blackout, hours in named if blackout.effect == "stop"]
    return CalendarBox(
        day=day,
        inside=(day.year, day.month) == (first.year, first.month),
        today=day == book.now.date(),
        events=folded(events_of(book).get(day, []), shown=_EVENTS, spare=1),
        load=len(plan.days.get(day, ())),
        most=plan.calendar.a_day,
        shut=tuple(dict.fromkeys([*([plan.off[day]] if day in plan.off else []), *shut])),
        off=plan.is_off(day),
        warned=tuple(f"{blackout.name}{hours}" for blackout, hours in named if blackout.effect == "warn"),
    )


def _hours(closed: Closure) -> str:
    return f", {closed.start:%H:%M}\N{EN DASH}{closed.end:%H:%M}"


def _runs(all_days: list[CalendarBox]) -> list[CalendarBox]:
    """Return days, those in a row that are shut alike and have no go-live marked as one."""
    found: list[CalendarBox] = []
    for (shut, _, _), days in groupby(all_days, key=lambda one: (one.shut, bool(one.events.total), one.inside)):
        first, *more = days
        alone = not more or not shut or bool(first.events.total)
        found += [first, *more] if alone else [replace(first, until=more[-1].day)]
        found += [] if alone else [replace(one, follows=True) for one in more]
    return found
