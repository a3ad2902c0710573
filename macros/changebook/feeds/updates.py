"""Updates while something is wrong, as entries of a feed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from changebook.book import Book
from changebook.feeds.entry import FeedEntry
from changebook.model.change import Audience
from changebook.names import audience_address, change_address, system_address
from changebook.render import Block
from changebook.views.updates import Word, updates_of, words_of


@dataclass(frozen=True)
class UpdateEntry:
    """What was said at one moment."""

    word: Word


def update_entries(book: Book, *, reader: Audience) -> Iterator[FeedEntry]:
    """Yield each update in the book of `reader`, emptied for staff and partners; the desk gets those of outages too.

    Each is an entry of its own. One that is put in other words stays the same entry.
    """
    for change in book.changes.values():
        for word in updates_of(book, change):
            address = change_address(change.id, "updates" if reader == "desk" else "release-note")
            yield _entry(f"update/{change.id}", change.name, address, word)
    for name, outage in book.desk.status.items() if reader == "desk" else ():
        partner = book.desk.partners.get(name)
        called = partner.name if partner else book.desk.systems[name].name
        address = audience_address(name, groups=False) if partner else system_address(name)
        for word in words_of(book, outage):
            yield _entry(f"outage/{name}", called, address, word)


def _entry(key: str, name: str, address: str, word: Word) -> FeedEntry:
    title = f"{name}: {word.words}"
    return FeedEntry(f"{key}/{word.at.isoformat()}", title, address, word.at, Block("feed/update", UpdateEntry(word)))
