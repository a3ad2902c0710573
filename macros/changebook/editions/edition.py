"""A book without what one kind of reader may not see: emptied before anything is rendered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from changebook.book import Book
from changebook.book.book import TABLES
from changebook.book.said import said_to
from changebook.editions.read import fields_for
from changebook.editions.reader import Edition, Reader, reader_of
from changebook.git.past import UNASKED
from changebook.git.trail import UNTRACKED
from changebook.model import Calendar, Change, Record, Wording
from changebook.model.phases import Period, outage_of, whole_span
from changebook.model.record import key_of, marks_in
from changebook.model.shape import Ref
from changebook.model.timeline import ROLLED_BACK_AT, is_called_off, rolled_back_at
from changebook.source.events import Steps

_R = TypeVar("_R", bound=Record)


def edition_of(book: Book, edition: Edition, partner: str = "") -> Book:
    """Return `book` as the readers of an edition may see it; the desk sees all of it.

    What others may not see is absent: their lists are empty, a text is nothing, and what every record has, such as
    the owner of a change, is None. The edition `partners` is that of one `partner`, by its id. Raises UnknownTermError
    for a partner that the book does not hold.
    """
    if edition == "desk":
        return book
    reader, desk = reader_of(book, edition, partner), book.desk
    # Of all lists but these no entry is kept.
    lists: dict[str, Any] = {table: {} for table in (*TABLES, "scenarios")}
    for table in lists.keys() & reader.known.keys():
        entries: Mapping[str, Record] = getattr(desk, table)
        lists[table] = {name: emptied(entry, reader) for name, entry in entries.items() if name in reader.known[table]}
    settings = emptied(desk.settings, reader)
    if reader.partner:
        # The number that partners dial is the only one they see.
        own = desk.settings.desk
        called = settings.desk.model_copy(update={"phone": own.outside_phone or own.phone, "outside_phone": None})
        settings = settings.model_copy(update={"desk": called})
    shared = replace(desk, settings=settings, wording=Wording(), calendar=Calendar(), ids={}, mappings={}, **lists)
    changes = {name: _told(change, reader, book) for name, change in book.changes.items() if reader.is_for(change)}
    untold = replace(book, past=UNASKED, trail=UNTRACKED, tickets=(), plain_ok={}, not_read={})
    return replace(untold, desk=shared, changes=changes)


def emptied(record: _R, reader: Reader) -> _R:
    """Return `record` with the fields and items that `reader` may read."""
    kept = fields_for(type(record), reader.edition)
    values: dict[str, Any] = {}
    for name, info in type(record).model_fields.items():
        if name in kept:
            values[name] = _value(getattr(record, name), reader, _table(type(record), name))
        else:
            values[name] = None if info.is_required() else info.get_default(call_default_factory=True)
    if isinstance(record, Period):
        # Nobody named would mean everybody.
        values["outage"] = outage_of(record, reader.known["audiences"])
    # By their names: an alias is the key in a file.
    return record.model_copy(update=values)


def texts_for(record: Record, reader: Reader, steps: Steps = ()) -> Iterator[tuple[Steps, str]]:
    """Yield every text of `record` that `reader` may read, with the steps to it in the file; ids are none."""
    for name in sorted(fields_for(type(record), reader.edition) - {"id"}):
        info = type(record).model_fields[name]
        if not _table(type(record), name):
            yield from _texts(getattr(record, name), reader, (*steps, key_of(name, info)))


def _texts(value: Any, reader: Reader, steps: Steps) -> Iterator[tuple[Steps, str]]:
    if isinstance(value, str):
        yield steps, value
    elif isinstance(value, Record):
        yield from texts_for(value, reader, steps)
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            if not isinstance(item, Record) or reader.keeps(item):
                yield from _texts(item, reader, (*steps, number))


def _value(value: Any, reader: Reader, table: str) -> Any:
    if isinstance(value, Record):
        return emptied(value, reader)
    if isinstance(value, tuple):
        kept = (item for item in value if not isinstance(item, Record) or reader.keeps(item))
        known = reader.known.get(table, frozenset()) if table else None
        return tuple(_value(item, reader, "") for item in kept if known is None or item in known)
    return value


@cache
def _table(cls: type[Record], name: str) -> str:
    """Return the desk's list that a field holds ids of, "" if it holds none."""
    info = cls.model_fields[name]
    own = [mark.table for mark in info.metadata if isinstance(mark, Ref)]
    return next(iter([*own, *(mark.table for mark in marks_in(info.annotation, Ref))]), "")


def _told(change: Change, reader: Reader, book: Book) -> Change:
    # Decisions are the desk's: what one of them ends is told here, and answers of the time before it are not.
    now = {"updates": tuple(said_to(change, reader.edition, book.now))}
    told = emptied(change.model_copy(update=now | ({"questions": ()} if change.is_outdated else {})), reader)
    # Of a decision to roll back the time alone is kept: what was planned for later never ran.
    told = told.model_copy(update={ROLLED_BACK_AT: rolled_back_at(change)})
    if not change.phases:
        return told
    # A reader whom no phase names has the dates of all of them.
    made = [phase for phase in told.phases if not is_called_off(told, phase, book.now)] or told.phases
    window = whole_span(made) if made else change.window
    names, postponed = {phase.name for phase in told.phases}, told.postponed
    if names:
        moved = zip(told.postponed, _moved_phases(change), strict=False)
        postponed = tuple(one.model_copy(update={"phase": name}) for one, name in moved if name in names)
    return told.model_copy(update={"window": window, "postponed": postponed})


def _moved_phases(change: Change) -> list[str]:
    """Return, for each move of a change in phases, whose former start it says: where all moved, that of the phase that
    was the first then.
    """
    starts, found = {str(phase.name): phase.start for phase in change.phases}, []
    for one in reversed(change.postponed):
        found.append(str(one.phase or min(starts, key=lambda name: starts[name])))
        if one.phase:
            starts[one.phase] = one.from_
    return found[::-1]
