"""Updates while something is wrong, as entries of a feed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from changebook.book import Book
from changebook.feeds.entry import FeedEntry, FirstIds
from changebook.model.change import Audience
from changebook.names import change_address
from changebook.render import Block
from changebook.views.told import outages_told
from changebook.views.updates import Word, updates_of


@dataclass(frozen=True)
class UpdateEntry:
    """What was said at one moment."""

    word: Word


def update_entries(book: Book, ids: FirstIds, *, reader: Audience) -> Iterator[FeedEntry]:
    """Yield each update in the book of `reader`, emptied for staff and partners; the desk gets those of outages too.

    Each is an entry of its own. One that is put in other words stays the same entry.
    """
    for change in book.changes.values():
        for word in updates_of(book, change):
            address = change_address(change.id, "updates" if reader == "desk" else "release-note")
            yield _entry(f"update/{ids[change.id]}", change.name, address, word)
    for topic in outages_told(book) if reader == "desk" else ():
        for word in topic.words:
            yield _entry(f"outage/{topic.id}", topic.name, topic.address, word)


def _entry(key: str, name: str, address: str, word: Word) -> FeedEntry:
    title = f"{name}: {word.words}"
    return FeedEntry(f"{key}/{word.at.isoformat()}", title, address, word.at, Block("feed/update", UpdateEntry(word)))
