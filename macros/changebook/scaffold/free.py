"""When a new change could go live."""

from __future__ import annotations

from datetime import time, timedelta
from itertools import islice

from changebook.book import Book
from changebook.model import Calendar, Change, Kind
from changebook.schedule import schedule_of, slots_after
from changebook.schedule.golives import touched_by

_LENGTH, _OFFERED = timedelta(hours=2), 3


def next_slots(book: Book, kind: Kind, source: Change | None) -> tuple[str, ...]:
    """Return the next times that are free for a change of `kind`, as a record names them; none without a calendar.

    With `source` they are for one that is as long, at its hour, and touches the same.
    """
    if book.desk.calendar == Calendar():
        return ()
    after = book.now + (kind.lead_time or timedelta())
    window = source.window if source else None
    length = timedelta(seconds=window.end.timestamp() - window.start.timestamp()) if window else _LENGTH
    hour = window.start.time() if window else time()
    touches, partners = touched_by(source, book.desk) if source else (frozenset[tuple[str, str]](), False)
    found = slots_after(schedule_of(book), length, after=after, hour=hour, touches=touches, partners=partners)
    return tuple(f"{slot.start:%Y-%m-%d %H:%M}" for slot in islice(found, _OFFERED))
