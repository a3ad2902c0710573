"""The calendar: a month of go-lives against what the desk carries, this week, and what collides."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from changebook.book import Book
from changebook.errors import UnknownTermError
from changebook.language import gettext as _
from changebook.language import long_month
from changebook.model import Change
from changebook.names import did_you_mean
from changebook.readiness import readiness
from changebook.schedule import (
    Collision,
    Meeting,
    Schedule,
    Slot,
    collisions_of,
    meetings,
    schedule_of,
    slots_after,
    slots_for,
)
from changebook.views.finding import Find, Folded, by_system, find, folded, for_whom
from changebook.views.month import CalendarBox, CalendarEvent, events_of, weeks_of

# Collisions of a month that are shown at first, and free slots with their length.
_COLLISIONS = 4
_SLOTS, _SLOT = 3, timedelta(hours=2)


@dataclass(frozen=True)
class WeekDay:
    """A day of this week, with its go-lives and meetings; it is `over` before today."""

    day: date
    today: bool
    over: bool
    events: list[CalendarEvent]
    meetings: list[Meeting]


@dataclass(frozen=True)
class Collides:
    """A change that collides: with what it is stopped by, each with whether that is waived, what the desk is told
    of, the changes by name that the rest of that is about, and the slots that are free instead.
    """

    change: Change
    hits: list[tuple[Collision, bool]]
    notes: list[Collision]
    others: list[str]
    slots: list[Slot]


@dataclass(frozen=True)
class MonthPage:
    """A month of the calendar; `before` and `after` are the nearest months with a page, by name and in words."""

    first: date
    current: bool
    before: tuple[str, str] | None
    after: tuple[str, str] | None
    find: Find
    weeks: list[list[CalendarBox]]
    plan: Schedule
    free: list[Slot]
    week: list[WeekDay]
    collides: Folded[Collides]


@dataclass(frozen=True)
class CalendarPlace:
    """Where a change is on the calendar: the day of its next go-live, how many the day has and the desk carries, and
    `file` is its own calendar file.
    """

    day: date
    month: str
    load: int
    most: int | None
    file: str


def place_of(book: Book, change: Change) -> CalendarPlace | None:
    """Return where a change is on the calendar, None when nothing of it is to come."""
    plan = schedule_of(book)
    if change.id not in plan.to_come:
        return None
    day = plan.to_come[change.id][0].start.date()
    return CalendarPlace(day, month_name(day), len(plan.days[day]), plan.calendar.a_day, f"{change.id}.ics")


def month_name(day: date) -> str:
    """Return how addresses name the month of a day: `2026-12`."""
    return f"{day:%Y-%m}"


def _beside(months: tuple[str, ...], at: int, now: datetime) -> tuple[str, str] | None:
    """Return a month at a place among all: its name, and what pages call it, with the year when it is not this one."""
    if not 0 <= at < len(months):
        return None
    first = date.fromisoformat(f"{months[at]}-01")
    return months[at], f"{long_month(first)}{f' {first.year}' if first.year != now.year else ''}"


def months_of(book: Book) -> tuple[str, ...]:
    """Return the months that have a page, the earliest first: those with a go-live, and this one."""
    return tuple(sorted({month_name(day) for day in events_of(book)} | {month_name(book.now)}))


def month_page(book: Book, month: str = "") -> MonthPage:
    """Return the page of a month, by its name; of this month without one.

    Raises UnknownTermError for a month without a page.
    """
    months = months_of(book)
    if month and month not in months:
        raise UnknownTermError(f"no month {month!r} on the calendar; {did_you_mean(month, months)}")
    this, month = month_name(book.now), month or month_name(book.now)
    first = date.fromisoformat(f"{month}-01")
    plan, at = schedule_of(book), months.index(month)
    weeks = weeks_of(book, plan, first=first)
    shown = [event for week in weeks for day in week if day.inside for event in (*day.events.shown, *day.events.rest)]
    held = [event for event in shown if event.change.status != "cancelled"]
    changes = {event.change.id: event.change for event in shown}
    return MonthPage(
        first=first,
        current=month == this,
        before=_beside(months, at - 1, book.now),
        after=_beside(months, at + 1, book.now),
        find=find(_("windows"), len(held), by_system(book, changes.values()), for_whom(book, changes.values())),
        weeks=weeks,
        plan=plan,
        free=_free(book, plan, first) if month >= this else [],
        week=_this_week(book) if month == this else [],
        collides=folded([found for one in changes.values() if (found := _collides(book, one))], shown=_COLLISIONS),
    )


def _free(book: Book, plan: Schedule, first: date) -> list[Slot]:
    begins = max(book.now, datetime.combine(first, time(), tzinfo=plan.zone))
    return list(islice(slots_after(plan, _SLOT, after=begins), _SLOTS))


def _this_week(book: Book) -> list[WeekDay]:
    """Return the days of this week that have something: what is to come, then what is over, the last day first."""
    today = book.now.date()
    monday = today - timedelta(days=today.weekday())
    held = defaultdict(list)
    for meeting in meetings(change for change in book.changes.values() if change.status != "cancelled"):
        held[meeting.at.date()].append(meeting)
    week, events = [monday + timedelta(days=number) for number in range(7)], events_of(book)
    days = [day for day in week if day in events or day in held]
    ordered = [*(day for day in days if day >= today), *(day for day in reversed(days) if day < today)]
    return [WeekDay(day, day == today, day < today, events.get(day, []), held[day]) for day in ordered]


def _collides(book: Book, change: Change) -> Collides | None:
    waived = {item.gap.name for item in readiness(book)[change.id].waived}
    every = collisions_of(change, book)
    hits = [hit for hit in every if hit.stops and change.urgency != "emergency"]
    notes = [hit for hit in every if hit not in hits]
    open_still = [hit for hit in hits if hit.name not in waived]
    slots = slots_for(change, book, open_still[0].golive) if open_still else []
    others = dict.fromkeys(book.changes[name].name for note in notes[1:] for name in note.others)
    return Collides(change, [(hit, hit.name in waived) for hit in hits], notes, [*others], slots) if every else None
