"""What a move or a proposal does to the calendar."""

from __future__ import annotations

from changebook.book import Book
from changebook.model import Change
from changebook.schedule.rules import Collision, collisions_of


def new_collisions(before: Book, after: Book) -> list[tuple[Change, Collision]]:
    """Return the collisions that `after` has and `before` had not, each with the change that has it."""
    known = {(name, hit.name) for name, change in before.changes.items() for hit in collisions_of(change, before)}
    every = [(change, hit) for change in after.changes.values() for hit in collisions_of(change, after)]
    return [(change, hit) for change, hit in every if (change.id, hit.name) not in known]
