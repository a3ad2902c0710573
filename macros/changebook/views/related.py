"""The changes that a change needs, is needed by, is part of or consists of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from changebook.book import Book
from changebook.cache.notes import once
from changebook.language import gettext as _
from changebook.model import Change
from changebook.model.status import PLANNED


@dataclass(frozen=True)
class Related:
    """One way in which other changes belong to a change, in words, and those changes."""

    words: str
    changes: list[Change]


def related_to(book: Book, change: Change) -> list[Related]:
    """Return the changes that belong to `change`, each way in one line; nothing where none does."""
    needed, parts = _back(book)
    whole = book.changes.get(change.part_of or "")
    own = parts.get(change.id, [])
    # What comes after a change has gone live is not in it yet.
    later = [part for part in own if part.status in PLANNED and change.status not in PLANNED]
    ways = (
        (_("Depends on"), [book.changes[name] for name in change.depends_on if name in book.changes]),
        (_("Needed by"), needed.get(change.id, [])),
        (_("Part of"), [whole] if whole else []),
        (_("Includes"), [part for part in own if part not in later]),
        (_("Follow-up"), later),
    )
    return [Related(words, changes) for words, changes in ways if changes]


@once  # the hub of every change asks for them
def _back(book: Book) -> tuple[Mapping[str, list[Change]], Mapping[str, list[Change]]]:
    """Return, by id, the changes that need a change, and those that are part of it."""
    needed: defaultdict[str, list[Change]] = defaultdict(list)
    parts: defaultdict[str, list[Change]] = defaultdict(list)
    for change in book.changes.values():
        for name in change.depends_on:
            needed[name].append(change)
        if change.part_of:
            parts[change.part_of].append(change)
    return needed, parts
