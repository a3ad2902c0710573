"""The now of a preview: it goes on with the day, and when a moment passes that the book names.

Every page knows the now. If each save had one of its own, each would make all pages again, though few would differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import UTC, datetime

from changebook.book import Book
from changebook.model import Record


class PreviewClock:
    """When a book was last looked at, and which moments its records name."""

    def __init__(self) -> None:
        self._named: dict[bytes, tuple[datetime, ...]] = {}

    def has_passed(self, book: Book) -> bool:
        """Return whether a clock would say something else of `book` now than at its own now; a pinned one stays."""
        now = datetime.now(UTC).astimezone(book.now.tzinfo)
        if book.pinned:
            return False
        return now.date() != book.now.date() or any(book.now < moment <= now for moment in self._moments(book))

    def _moments(self, book: Book) -> Iterator[datetime]:
        for field in fields(book.desk):
            yield from _named(getattr(book.desk, field.name))
        known = {}
        for name, change in book.changes.items():
            said = book.digests[book.folder / f"{name}.yaml"]
            known[said] = self._named.get(said) or tuple(_named(change))
            yield from known[said]
        self._named = known


def _named(value: object) -> Iterator[datetime]:
    """Yield each moment in a value."""
    if isinstance(value, datetime):
        yield value
    elif isinstance(value, Record):
        for _, part in value:
            yield from _named(part)
    elif isinstance(value, Mapping):
        yield from (moment for part in value.values() for moment in _named(part))
    elif isinstance(value, tuple | list | frozenset):
        yield from (moment for part in value for moment in _named(part))
