"""When what a release note says was last changed, from git."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from changebook.book import Book
from changebook.git.history import History
from changebook.git.past import PastEdit
from changebook.model import Change
from changebook.since.records import past_records
from changebook.views.since import KEPT, moment_of

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


def note_moments(book: Book, history: History, told: Callable[[Change], Change] = lambda change: change) -> NoteMoments:
    """Return when the release note of each change last began to say what it says now, as far back as `book.past` goes;
    of one that says the same since before that, when its record was last edited or else begun.

    `told` is a change as the readers of the feed see it. An edit of what they do not see counts for nothing. What was
    edited and is not committed yet has no time.
    """
    if history.unknown:
        return {}
    found: dict[str, datetime] = {}
    same = set(book.changes)
    for edit in book.past.edits:
        for change in sorted(same & {file.removesuffix(".yaml") for file in edit.before}):
            if _facts(told(book.changes[change])) != _before(book, edit, change, told):
                same.discard(change)
                if at := moment_of(edit.at, book):
                    found[change] = at
    for change in same:
        file = f"{book.folder.name}/{change}.yaml"
        if file in history.edits and file in history.first:
            last, first = history.edits[file], history.first[file]
            found[change] = (last if last.at < book.now - KEPT else first).at
    return found


def _before(book: Book, edit: PastEdit, change: str, told: Callable[[Change], Change]) -> object:
    """Return what the note of a change said before an edit, None where that cannot be read."""
    file = f"{change}.yaml"
    if not (blob := edit.before[file]):
        return None
    old = (past_records(book)[file, blob] or {}).get(change)
    return _facts(told(old)) if isinstance(old, Change) else None


def _facts(change: Change) -> object:
    return change.model_dump(include=_TOLD)
