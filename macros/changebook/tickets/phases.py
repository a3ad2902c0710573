"""The tickets of one change before, at and after its launch, and when the desk was back to normal."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from changebook.book import Book
from changebook.cache.notes import once
from changebook.model import Change
from changebook.model.status import MADE
from changebook.model.ticket import Ticket
from changebook.tickets.figures import Lot, lot_of

PhaseName = Literal["baseline", "launch", "after"]
BASELINE, LAUNCH, LATER = timedelta(days=28), timedelta(days=14), timedelta(days=28)
# So many days, with no more tickets than as many days before the launch, are a return to normal.
_CALM = 3
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Life:
    """A change in tickets: those `tied` to it; what is counted in each phase that has begun; the tickets of each day
    from the baseline on, and of each week, counted from the start like the phases, by its number from 0; how many a day
    the baseline has, and how many days after its start days were like that again.

    None means that nobody knows: nothing was imported of the first week of the baseline, or the desk is not back to
    normal.
    """

    tied: tuple[Ticket, ...]
    lots: dict[PhaseName, Lot]
    daily: list[tuple[date, int]]
    weekly: list[tuple[int, int]]
    normal: float | None
    days_to_normal: int | None


def tickets_of(book: Book, change: Change) -> tuple[Ticket, ...]:
    """Return what is counted for a change: the tickets tied to it, and those of the categories that it affects which
    are tied to no other change. Only with them can before and after be compared.
    """
    tied, others = grouped(book)
    in_categories = (ticket for name in change.affects.categories for ticket in others.get(name, ()))
    return (*tied.get(change.id, ()), *in_categories)


@once  # every change asks for its own
def grouped(book: Book) -> tuple[Mapping[str, list[Ticket]], Mapping[str, list[Ticket]]]:
    """Return the tickets by the change that they are tied to, and those tied to none by their category."""
    tied: dict[str, list[Ticket]] = {}
    others: dict[str, list[Ticket]] = {}
    for ticket in book.tickets:
        table, key = (tied, ticket.change) if ticket.change else (others, ticket.category)
        table.setdefault(key, []).append(ticket)
    return tied, others


def life_of(book: Book, change: Change) -> Life | None:
    """Return a change in tickets, or None where there is nothing to count: it was not made, or no ticket of that time
    was imported.
    """
    return life_from(book, change, tickets_of(book, change))


def life_from(book: Book, change: Change, every: Sequence[Ticket]) -> Life | None:
    """Return a change in those tickets of `every`, or None where nothing can be counted."""
    if change.status not in MADE or not change.window or not book.tickets:
        return None
    start, end = change.window.start, min(book.now, imported_until(book))
    # In the minute in which it begins there is nothing to count yet.
    if start >= end or not covered(book, start):
        return None
    # A quiet desk's first ticket comes some days after its export begins.
    known = book.tickets[0].opened < start - BASELINE + WEEK
    spans: dict[PhaseName, tuple[datetime, datetime]] = {"baseline": (start - BASELINE, start)} if known else {}
    spans |= {"launch": (start, start + LAUNCH), "after": (start + LAUNCH, start + LAUNCH + LATER)}
    lots = {name: lot_of(every, begin, min(finish, end)) for name, (begin, finish) in spans.items() if begin < end}
    first = (start - BASELINE if known else start).date()
    until = min(end, start + LAUNCH + LATER)
    daily = _daily(every, first, until, book)
    weekly = list(_weekly(every, start, -(BASELINE // WEEK) if known else 0, until))
    normal = len(lots["baseline"].tickets) / lots["baseline"].days if known else None
    # The last day may not be over.
    calm = _calm_after([count for day, count in daily[:-1] if day >= start.date()], normal)
    return Life(tuple(ticket for ticket in every if ticket.change == change.id), lots, daily, weekly, normal, calm)


def covered(book: Book, moment: datetime) -> bool:
    """Return whether tickets were imported from before `moment` and from after it."""
    return bool(book.tickets) and book.tickets[0].opened <= moment <= book.tickets[-1].opened


def imported_until(book: Book) -> datetime:
    """Return the end of the day of the last ticket that was imported."""
    last = book.tickets[-1].opened.astimezone(book.desk.settings.zone)
    return datetime.combine(last.date() + timedelta(days=1), datetime.min.time(), last.tzinfo)


def _daily(tickets: Sequence[Ticket], first: date, end: datetime, book: Book) -> list[tuple[date, int]]:
    zone = book.desk.settings.zone
    counts = Counter(ticket.opened.astimezone(zone).date() for ticket in tickets)
    last = (end.astimezone(zone) - timedelta(seconds=1)).date()
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [(day, counts[day]) for day in days]


def _weekly(tickets: Sequence[Ticket], start: datetime, first: int, end: datetime) -> Iterator[tuple[int, int]]:
    week = first
    while (begin := start + week * WEEK) < end:
        yield week, len(lot_of(tickets, begin, min(begin + WEEK, end)).tickets)
        week += 1


def _calm_after(counts: list[int], normal: float | None) -> int | None:
    if normal is None:
        return None
    for day in range(len(counts) - _CALM + 1):
        if sum(counts[day : day + _CALM]) <= math.ceil(_CALM * normal):
            return day
    return None
