"""A book that notes what is read of it, and what differs between two of them."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, cast

from changebook.book.book import Book, Desk
from changebook.cache.notes import ALL, Differing, note_read
from changebook.cache.packing import record_of
from changebook.model import Change

_BOOK, DESK_READ = "/book", "/desk"
_OF_BOOK = frozenset(field.name for field in fields(Book)) - {"desk", "changes"}
_OF_DESK = frozenset(field.name for field in fields(Desk))
_OF_CHANGE = frozenset(Change.model_fields)
# Who asks for one of these may look at everything.
_WHOLE = frozenset(("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__"))


class NotedChange(Change):
    """A change that notes which of its fields are read."""

    def __getattribute__(self, name: str) -> Any:
        """Return an attribute, and note it if it is a field, or all of them if it is what they are in."""
        if name in _OF_CHANGE:
            note_read(super().__getattribute__("__dict__")["id"], name)
        elif name in _WHOLE:
            note_read(super().__getattribute__("__dict__")["id"], ALL)
        return super().__getattribute__(name)


class _NotedBook(Book):
    def __getattribute__(self, name: str) -> Any:
        if name in _OF_BOOK:
            note_read(_BOOK, name)
        return super().__getattribute__(name)


class _NotedDesk(Desk):
    def __getattribute__(self, name: str) -> Any:
        if name in _OF_DESK:
            note_read(DESK_READ, name)
        return super().__getattribute__(name)


def with_notes(book: Book, before: Book | None = None) -> Book:
    """Return `book` with a note taken of all that is read: of a change each field, of the desk each list as a whole.

    Of the book `before`, noted too and of the same moment, changes are taken over whose files have not changed.
    """
    known = before if before and before.now == book.now else None

    def change(name: str, found: Change) -> Change:
        path = book.folder / f"{name}.yaml"
        if known and name in known.changes and known.digests.get(path) == book.digests.get(path) is not None:
            return known.changes[name]
        return _noted(found)

    values = {field.name: getattr(book, field.name) for field in fields(Book)}
    desk = _NotedDesk(**{field.name: getattr(book.desk, field.name) for field in fields(Desk)})
    changes = {name: change(name, found) for name, found in book.changes.items()}
    undated = {name: _noted(found) for name, found in book.undated.items()}
    return _NotedBook(**values | {"desk": desk, "changes": changes, "undated": undated})


def _noted(change: Change) -> Change:
    iter(change)  # reads what waits
    return cast(Change, record_of(NotedChange, change.__dict__, change.model_fields_set))


def difference(old: Book, new: Book) -> Differing | None:
    """Return what differs between two books, of records each field by how it is written; None where that is no matter
    of single fields: they have not the same changes in the same order, or not the same settings.
    """
    if [*old.changes] != [*new.changes] or repr(old.desk.settings) != repr(new.desk.settings):
        return None
    asides = frozenset(name for name in _OF_BOOK - {"undated"} if getattr(old, name) != getattr(new, name))
    if [*old.undated] != [*new.undated]:
        asides |= {"undated"}
    found = {_BOOK: asides, DESK_READ: _unequal(old.desk, new.desk, _OF_DESK)}
    for name, change in new.changes.items():
        path = new.folder / f"{name}.yaml"
        if old.digests.get(path) == new.digests.get(path) is not None:
            continue
        names = _unequal(old.changes[name], change, _OF_CHANGE)
        names |= _unequal(old.undated.get(name), new.undated.get(name), _OF_CHANGE)
        if names:
            found[name] = names | {ALL}
    return {owner: names for owner, names in found.items() if names}


def _unequal(old: object, new: object, names: frozenset[str]) -> frozenset[str]:
    return frozenset(name for name in names if repr(getattr(old, name, None)) != repr(getattr(new, name, None)))
