"""What the desk's own history says about a change to come: the tickets of its first three days, as a range."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change
from changebook.model.status import MADE
from changebook.tickets.phases import covered, grouped

FIRST = timedelta(days=3)
FEWEST = 5


@dataclass(frozen=True)
class Forecast:
    """The fewest and the most tickets in the first three days after changes like one to come, with each of these and
    its tickets, and what they have in common with it. `few` says that they are too few for a range.
    """

    fewest: int
    most: int
    changes: list[tuple[Change, int]]
    alike: str
    few: bool


def forecast(book: Book, change: Change) -> Forecast:
    """Return what changes that were made say about `change`: those of its kind, or where these are fewer than five, of
    any kind that affect one of its user groups; of those of its kind only such too, and of all these only those that
    reach between half and twice as many people, where five or more of them remain.
    """
    every = [(other, first_tickets(book, other)) for other in _counted(book, change)]
    found, alike = [(other, count) for other, count in every if other.kind == change.kind], _("of this kind")
    groups, size = set(change.affects.groups), people(book, change)
    if len(found) >= FEWEST:
        every = found
    shared = [(other, count) for other, count in every if groups & set(other.affects.groups)]
    if len(shared) >= FEWEST:
        alike = (
            _("of this kind and for the same user groups")
            if every is found
            else _("of any kind for the same user groups")
        )
        found = shared
        near = [(other, count) for other, count in found if size <= 2 * people(book, other) <= 4 * size]
        if len(near) >= FEWEST:
            found, alike = near, _("{alike}, with about as many people", alike=alike)
    found.sort(key=lambda pair: (pair[1], pair[0].id))
    counts = [count for _, count in found] or [0]
    return Forecast(min(counts), max(counts), found, alike, few=len(found) < FEWEST)


def first_tickets(book: Book, change: Change) -> int:
    """Return how many tickets tied to a change were opened in the first three days from its start."""
    start = change.window.start if change.window else book.now
    return sum(start <= ticket.opened < start + FIRST for ticket in grouped(book)[0].get(change.id, ()))


def people(book: Book, change: Change) -> int:
    """Return how many people are in the user groups that a change affects."""
    return sum(book.desk.groups[name].people for name in change.affects.groups if name in book.desk.groups)


def _counted(book: Book, change: Change) -> list[Change]:
    """Return the other changes that were made, and of whose first three days tickets were imported."""
    return [
        other
        for other in book.changes.values()
        if other.id != change.id
        and other.status in MADE
        and other.window
        and covered(book, other.window.start)
        and covered(book, other.window.start + FIRST)
    ]
