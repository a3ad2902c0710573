"""What rules of the gate find that ask only a change and the desk, kept by the bytes of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields

from changebook.book import Book
from changebook.cache.packing import BrokenError, pack, unpack
from changebook.cache.program import fingerprint, program
from changebook.cache.store import store
from changebook.checking.loaded import Loaded, desk_read
from changebook.model import Change
from changebook.model.status import GATED
from changebook.readiness import Gap, own_gap_rules, readiness

_FIELDS = tuple(field.name for field in fields(Gap) if field.name != "spot")
# Of one change; a record with more is nobody's work, and keeping them takes longer than finding them.
_MOST_KEPT = 500
Found = Mapping[str, list[Gap]]


def look_up_gaps(loaded: Loaded, names: Iterable[str]) -> None:
    """Have the readiness of the changes `names` know what their own rules find in them, without asking these again.

    Of the clock, texts say no more than the day.
    """
    book = loaded.book
    assert book
    changes = [book.changes[name] for name in names if book.changes[name].status in GATED]
    shared = fingerprint("gaps", program(), f"{book.now.date()}", *desk_read(book))
    keys = {change.id: fingerprint(shared, change.id, book.digests[book.spot(change).path]) for change in changes}
    kept = store()
    known = kept.get(keys.values())
    found: dict[str, Found] = {}
    new: dict[bytes, bytes] = {}
    for change in changes:
        if (told := _told(known.get(keys[change.id], b""), change, book)) is None:
            told = {rule.__name__: list(rule(change, book)) for rule in own_gap_rules()}
            if sum(map(len, told.values())) <= _MOST_KEPT:
                new[keys[change.id]] = _as_bytes(told)
        found[change.id] = told
    # What is private is kept nowhere, not even in a message.
    kept.put({} if loaded.private else new)
    readiness(book).take(found)


def _as_bytes(found: Found) -> bytes:
    return pack(
        {
            rule: [(gap.spot.steps, *(getattr(gap, name) for name in _FIELDS)) for gap in gaps]
            for rule, gaps in found.items()
        }
    )


def _told(data: bytes, change: Change, book: Book) -> Found | None:
    try:
        return {
            rule: [
                Gap(spot=book.spot(change, *steps), **dict(zip(_FIELDS, said, strict=True))) for steps, *said in gaps
            ]
            for rule, gaps in unpack(data).items()
        }
    except (AttributeError, BrokenError, TypeError, ValueError):
        return None
