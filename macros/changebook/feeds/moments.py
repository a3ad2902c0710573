"""When what a release note says was last changed, from git."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from changebook.book import Book
from changebook.git.past import PastEdit
from changebook.model import Change
from changebook.since.records import records_in

# By the id of a change. A change that is not here has no edit that is known.
NoteMoments = Mapping[str, datetime]
# What a release note and its entry in a feed are made of.
_TOLD = {
    "name",
    "status",
    "sentence",
    "why",
    "details",
    "window",
    "phases",
    "postponed",
    "former_names",
    "visible",
    "unchanged",
    "questions",
    "announcement",
}


def note_moments(book: Book, told: Callable[[Change], Change] = lambda change: change) -> NoteMoments:
    """Return when the release note of each change last began to say what it says now, as far back as `book.past` goes.

    `told` is a change as the readers of the feed see it. An edit of what they do not see counts for nothing. What was
    edited and is not committed yet has no time.
    """
    found: dict[str, datetime] = {}
    open_, zone = set(book.changes), book.desk.settings.zone
    for edit in book.past.edits:
        for change in sorted(open_ & {file.removesuffix(".yaml") for file in edit.before}):
            if _facts(told(book.changes[change])) != _before(book, edit, change, told):
                open_.discard(change)
                if edit.at is not None:
                    found[change] = datetime.fromtimestamp(edit.at, zone)
    return found


def _before(book: Book, edit: PastEdit, change: str, told: Callable[[Change], Change]) -> object:
    """Return what the note of a change said before an edit, None where that cannot be read."""
    file = f"{change}.yaml"
    if not (blob := edit.before[file]):
        return None
    records = records_in(file, book.past.contents[blob], book.desk.settings.zone, now=book.now) or {}
    old = records.get(change)
    return _facts(told(old)) if isinstance(old, Change) else None


def _facts(change: Change) -> object:
    return change.model_dump(include=_TOLD)
