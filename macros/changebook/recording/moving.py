"""A window that moves, or all phases together: the former start is kept, its days in the texts follow, and what may go
with it is listed.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic_core import PydanticCustomError

from changebook.book import Book
from changebook.checking.loading import load_book
from changebook.editing.files import FileEdit, edited
from changebook.editing.record import Action, Append, Put, revised_text
from changebook.errors import ChangebookError
from changebook.model import Change
from changebook.model.phases import Period
from changebook.model.scalar import in_zone
from changebook.model.status import PLANNED
from changebook.readiness import gap_words, readiness
from changebook.recording.hanging import MovedSpan, day_edits, look_at
from changebook.recording.plan import Clock, Plan, readable, record_called, tried
from changebook.source import load_source
from changebook.source.events import Steps

_MARK = b"\xef\xbb\xbf"


def plan_move(
    folder: Path, name: str, to: str, *, why: str | None = None, today: str | None = None, clock: Clock
) -> Plan:
    """Return the edit that lets the change called `name` start at `to`, in the book in `folder`.

    Raises ChangebookError when it cannot be moved there, BookError when the record is wrong or would be after it.
    """
    loaded = load_book(folder, today=today, clock=clock)
    book = readable(loaded)
    change = record_called(loaded, book, name)
    spans = moved(book, change, to)
    first = min(span.old.start for span in spans)
    file = folder / f"{change.id}.yaml"
    source = load_source(file)
    texts = edited(source.text, day_edits(source, change, spans))
    former: dict[str, str | date] = {"from": _written(first), "at": book.now.date()}
    actions: tuple[Action, ...] = (
        *(Put((*span.steps, "start"), _written(span.new.start)) for span in spans),
        *(Put((*span.steps, "end"), _written(span.new.end)) for span in spans),
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
    words = tuple(gap_words(gap, after) for gap in opened)
    return Plan(edit, words, elsewhere, tuple(look_at(after, spans, edit)))


def moved(book: Book, change: Change, to: str) -> list[MovedSpan]:
    """Return the window of `change` with the one of the same length that starts at `to`, or all of its phases, which
    keep their distance from the first.

    Raises ChangebookError when there is none, it was made already, or `to` is no time that it can move to.
    """
    if change.status not in PLANNED:
        raise ChangebookError(f"{change.name} is {change.status}; only the window of a draft or ready change moves")
    if not change.window:
        raise ChangebookError(f"{change.name} has no window yet; add 'window: {{start: ..., end: ...}}' to its record")
    first, zone = change.window.start, book.desk.settings.zone
    start = _time(to, zone)
    if start == first:
        raise ChangebookError(f"{change.name} starts at {_written(start)} already; name another time")
    if start < book.now:
        raise ChangebookError(f"--to: {_written(start)} has passed; name a time to come")
    # What is in phases keeps its days and hours, whatever the clock does between them.
    shift = start.replace(tzinfo=None) - first.replace(tzinfo=None)
    phases: list[tuple[Steps, Period]] = [(("phases", at), phase) for at, phase in enumerate(change.phases)]
    spans = phases or [(("window",), change.window)]
    return [MovedSpan(steps, old, _moved(old, old.start + shift, zone)) for steps, old in spans]


def _moved(old: Period, start: datetime, zone: ZoneInfo) -> Period:
    """Return `old` with its start at `start`: as long as it was, also where the clock changes inside."""
    begin = _time(_written(start), zone)
    end = (begin.astimezone(UTC) + (old.end.astimezone(UTC) - old.start.astimezone(UTC))).astimezone(zone)
    return old.model_copy(update={"start": begin, "end": _time(_written(end), zone)})


def _time(text: str, zone: ZoneInfo) -> datetime:
    try:
        return in_zone(text, zone)
    except PydanticCustomError as error:
        raise ChangebookError(f"--to: {error.message()}") from error


def _written(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
