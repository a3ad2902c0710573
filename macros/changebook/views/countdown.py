"""The days around a go-live, T-10 to T+5: what is done, what is due and what is late on each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from changebook.book import Book
from changebook.model import Change
from changebook.model.status import OPEN
from changebook.views.milestones import Milestone, milestones

BEFORE, AFTER = 10, 5


@dataclass(frozen=True)
class CountdownDay:
    """A day of the countdown: its number such as T-8, and what belongs to it, in the order of time."""

    day: date
    label: str
    today: bool
    milestones: list[Milestone]


def countdown(book: Book, change: Change) -> list[CountdownDay]:
    """Return the days around a change's window that have something, and today; none without a window."""
    if not change.window or change.status not in OPEN:
        return []
    start, today = change.window.start.date(), book.now.date()
    near = [item for item in milestones(book, change) if -BEFORE <= (_day(item) - start).days <= AFTER]
    near.sort(key=lambda item: (_day(item), not item.timed, item.at.timestamp(), item.what))
    found = {day: list(group) for day, group in groupby(near, key=_day)}
    if -BEFORE <= (today - start).days <= AFTER:
        found.setdefault(today, [])
    return [CountdownDay(day, _label(day, start), day == today, found[day]) for day in sorted(found)]


def _label(day: date, start: date) -> str:
    number = (day - start).days
    return f"T{number:+d}" if number else "T"


def _day(item: Milestone) -> date:
    return item.at.date()
