"""Which changes a record names by their shared names, so that its pages can lead to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from changebook.book import Book
from changebook.cache.notes import once
from changebook.model import Change, Scenario
from changebook.naming.fields import BREAK, texts
from changebook.naming.finder import finder_of

Mentions = Mapping[str, tuple[Change, ...]]


@once  # every page asks for them
def mentions(book: Book) -> tuple[Mentions, Mentions]:
    """Return, by the id of a change and by that of a scenario, the other changes that its texts name."""
    finder = finder_of(book)
    called = {change.name: change for change in book.changes.values()}

    def named(records: Iterable[Change | Scenario]) -> Mentions:
        found = {}
        for record in records:
            hits = finder.find(BREAK.join(text for _, text in texts(record)))
            names = dict.fromkeys(hit.right for hit in hits if hit.why == "shared")
            others = tuple(called[name] for name in names if called[name] is not record)
            if others:
                found[str(record.id)] = others
        return found

    return named(book.changes.values()), named(book.desk.scenarios.values())
