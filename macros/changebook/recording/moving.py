"""A window that moves: the former one is kept, its days in the texts follow, and what may go with it is listed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from pydantic_core import PydanticCustomError

from changebook.book import Book
from changebook.checking.loading import load_book
from changebook.editing.files import FileEdit, edited
from changebook.editing.record import Append, Put, revised_text
from changebook.errors import ChangebookError
from changebook.model import Change
from changebook.model.phases import Window
from changebook.model.scalar import in_zone
from changebook.model.status import PLANNED
from changebook.readiness import gap_words, readiness
from changebook.recording.hanging import day_edits, look_at
from changebook.recording.plan import Clock, Plan, readable, record_called, tried
from changebook.source import load_source

_MARK = b"\xef\xbb\xbf"


def plan_move(
    folder: Path, name: str, to: str, *, why: str | None = None, today: str | None = None, clock: Clock
) -> Plan:
    """Return the edit that lets the window of the change called `name` start at `to`, in the book in `folder`.

    Raises ChangebookError when it cannot be moved there, BookError when the record is wrong or would be after it.
    """
    loaded = load_book(folder, today=today, clock=clock)
    book = readable(loaded)
    change = record_called(loaded, book, name)
    old, new = moved(book, change, to)
    file = folder / f"{change.id}.yaml"
    source = load_source(file)
    texts = edited(source.text, day_edits(source, change, old, new))
    former: dict[str, str | date] = {"from": _written(old.start), "at": book.now.date()}
    actions = (
        Put(("window", "start"), _written(new.start)),
        Put(("window", "end"), _written(new.end)),
        Append(("postponed",), {**former, **({"why": why} if why else {})}),
    )
    before = file.read_bytes()
    mark = _MARK if before.startswith(_MARK) else b""
    text = revised_text(texts, actions, Change, path=file)
    edit = FileEdit(file, file, before, mark + text.encode("utf-8"))
    after, elsewhere = tried(edit, folder, today, clock)
    known = {gap.name for gap in readiness(book)[change.id].gaps}
    # A day that is left to a person is listed once, with its line.
    opened = (gap for gap in readiness(after)[change.id].gaps if gap.name not in known and gap.kind != "date-moved")
    return Plan(edit, tuple(gap_words(gap, after) for gap in opened), elsewhere, tuple(look_at(book, after, old, edit)))


def moved(book: Book, change: Change, to: str) -> tuple[Window, Window]:
    """Return the window of `change` and the one of the same length that starts at `to`.

    Raises ChangebookError when there is none, it was made already, or `to` is no time that it can move to.
    """
    if change.status not in PLANNED:
        raise ChangebookError(f"{change.name} is {change.status}; only the window of a draft or ready change moves")
    if not change.window:
        raise ChangebookError(f"{change.name} has no window yet; add 'window: {{start: ..., end: ...}}' to its record")
    old, zone = change.window, book.desk.settings.zone
    try:
        start = in_zone(to, zone)
        # As long as it was by the clock on the wall, unless that clock changes inside.
        end = (start.astimezone(UTC) + (old.end.astimezone(UTC) - old.start.astimezone(UTC))).astimezone(zone)
        in_zone(_written(end), zone)
    except PydanticCustomError as error:
        raise ChangebookError(f"--to: {error.message()}") from error
    if start == old.start:
        raise ChangebookError(f"{change.name} starts at {_written(start)} already; name another time")
    if start < book.now:
        raise ChangebookError(f"--to: {_written(start)} has passed; name a time to come")
    return old, old.model_copy(update={"start": start, "end": end})


def _written(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
