"""A change, or a system or partner, of which callers are told something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from changebook.book import Book
from changebook.model import Change, Outage
from changebook.names import OUTAGES, change_address
from changebook.views.duty import Rota, rota
from changebook.views.updates import Word, current_update, is_told, updates_of, words_of


@dataclass(frozen=True)
class Topic:
    """A change, or a system or partner, of which callers are told something, the latest word first.

    `rota` is whom to call about it, None for the desk's own partner; `systems` are those that an outage is of.
    """

    id: str
    name: str
    address: str
    words: list[Word]
    rota: Rota | None
    change: Change | None = None
    outage: Outage | None = None
    systems: tuple[str, ...] = ()

    @property
    def word(self) -> Word:
        """What is said now."""
        return self.words[0]


def told_of(book: Book, change: Change) -> Topic | None:
    """Return what callers are told of `change`, also when that is over; None without updates."""
    words = updates_of(book, change)
    if not words:
        return None
    call = rota(book.desk, book.desk.teams[change.owner])
    return Topic(change.id, change.name, change_address(change.id, "updates"), words, call, change)


def changes_told(book: Book) -> Iterator[Topic]:
    """Yield the changes of which there is news."""
    for change in book.changes.values():
        if is_told(current_update(book, change), book.now) and (told := told_of(book, change)):
            yield told


def outage_called(book: Book, name: str) -> Topic | None:
    """Return the outage of the system or partner whose id or name is `name`, in any case, if one was said of it."""
    called = " ".join(name.split()).casefold()
    return next((item for item in outages_told(book) if called in (item.id, item.name.casefold())), None)


def outages_told(book: Book) -> Iterator[Topic]:
    """Yield every outage with what was said of it, also those that are over."""
    desk = book.desk
    for outage in desk.status.values():
        partner = desk.partners.get(outage.id)
        # A partner without an endpoint of its own is the service desk's to follow.
        touched = partner.systems if partner else (outage.id,)
        name = partner.name if partner else desk.systems[outage.id].name
        call = rota(desk, desk.teams[desk.systems[touched[0]].owner]) if touched else None
        address = f"{OUTAGES}#outage-{outage.id}"
        yield Topic(outage.id, name, address, words_of(book, outage), call, outage=outage, systems=touched)
