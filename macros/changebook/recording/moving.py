"""A window that moves: the former one is kept, its days in the texts follow, and what may go with it is listed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic_core import PydanticCustomError

from changebook.book import Book
from changebook.checking.loading import load_book
from changebook.checking.private import docs_of
from changebook.editing.record import Append, Put, record_edit
from changebook.errors import ChangebookError
from changebook.model import Change
from changebook.model.phases import Period, Phase
from changebook.model.scalar import in_zone
from changebook.model.status import PLANNED
from changebook.names import did_you_mean
from changebook.readiness import Gap, Readiness, gap_words, readiness
from changebook.recording.hanging import day_edits, look_at, look_at_pages
from changebook.recording.plan import Clock, Plan, readable, record_called, tried
from changebook.recording.stale import done_before
from changebook.recording.steps import written_time
from changebook.recording.telling import collision_words, to_tell
from changebook.schedule import new_collisions
from changebook.source import load_source
from changebook.source.events import Steps


def plan_move(
    folder: Path,
    name: str,
    to: str,
    *,
    phase: str | None = None,
    why: str | None = None,
    today: str | None = None,
    clock: Clock,
) -> Plan:
    """Return the edit that lets the change called `name` start at `to`, in the book in `folder`; or only its `phase`.

    Raises ChangebookError when it cannot be moved there, BookError when the record is wrong or would be after it.
    """
    loaded = load_book(folder, today=today, clock=clock)
    book = readable(loaded)
    change = record_called(loaded, book, name)
    moves = moved(book, change, to, phase)
    file = folder / f"{change.id}.yaml"
    pairs = [(old, new) for _, old, new in moves]
    start = min(old.start for old, _ in pairs)
    former = {"from": written_time(start), "at": written_time(book.now), **({"why": why} if why else {})}
    former |= {"phase": pairs[0][0].name} if phase is not None and isinstance(pairs[0][0], Phase) else {}
    ends = [Put((*steps, end), written_time(getattr(new, end))) for steps, _, new in moves for end in ("start", "end")]
    actions: tuple[Put | Append, ...] = (*ends, Append(("postponed",), former))
    edit = record_edit(file, actions, Change, first=day_edits(load_source(file), change, pairs))
    after, elsewhere = tried(edit, folder, today, clock)
    before, now = readiness(book)[change.id], readiness(after)[change.id]
    known = {gap.name for gap in (*before.gaps, *_telling(before))}
    # A day that is left to a person is listed once, with its line.
    opened = [gap for gap in now.gaps if gap.name not in known and gap.kind != "date-moved"]
    coming = [gap for gap in _telling(now) if gap.name not in known]
    # What stops the change itself is a gap.
    hits = [
        collision_words(one, hit)
        for one, hit in new_collisions(book, after)
        if not (one.id == change.id and hit.stops and one.urgency != "emergency")
    ]
    places = (*look_at(book, after, pairs, edit), *look_at_pages(docs_of(folder), after, pairs, edit))
    words, later = (tuple(gap_words(gap, after) for gap in gaps) for gaps in (opened, coming))
    tell = tuple(to_tell(after, after.changes[change.id]))
    return Plan(edit, words, elsewhere, places, tuple(done_before(after, edit)), tuple(hits), tell, coming=later)


def _telling(state: Readiness) -> list[Gap]:
    """Return the notices to partners that wait for their day."""
    return [gap for gap in state.waiting if gap.section == "told"]


def moved(book: Book, change: Change, to: str, phase: str | None = None) -> list[tuple[Steps, Period, Period]]:
    """Return the window of `change`, or its phases, each with the steps to it and as it is once the first of them
    starts at `to`: as long as it was. With `phase`, only the phase of that name moves.

    Raises ChangebookError when there is none, it was made already, or `to` is no time that it can move to.
    """
    if change.status not in PLANNED and not (phase and change.status == "live"):
        raise ChangebookError(f"{change.name} is {change.status}; only the window of a draft or ready change moves")
    spans = _movable(change, phase)
    zone, first = book.desk.settings.zone, min((span for _, span in spans), key=lambda span: span.start)
    try:
        start = in_zone(to, zone)
        if start == first.start:
            what = f"Phase {phase} of {change.name}" if phase else change.name
            raise ChangebookError(f"{what} starts at {written_time(start)} already; name another time")
        if start < book.now:
            raise ChangebookError(f"--to: {written_time(start)} has passed; name a time to come")
        return [(steps, span, _shifted(span, first, start, zone)) for steps, span in spans]
    except PydanticCustomError as error:
        raise ChangebookError(f"--to: {error.message()}") from error


def _movable(change: Change, phase: str | None) -> list[tuple[Steps, Period]]:
    """Return what of a change moves, with the steps to each."""
    phases = [(("phases", number), one) for number, one in enumerate(change.phases)]
    if phase is not None:
        names = {one.name.casefold(): one.name for one in change.phases}
        if phase.casefold() not in names:
            raise ChangebookError(
                f"--phase: {change.name} has no phase {phase!r}; {did_you_mean(phase, names.values())}"
            )
        return [(steps, one) for steps, one in phases if one.name.casefold() == phase.casefold()]
    if phases:
        return [*phases]
    if not change.window:
        raise ChangebookError(f"{change.name} has no window yet; add 'window: {{start: ..., end: ...}}' to its record")
    return [(("window",), change.window)]


def _shifted(span: Period, first: Period, start: datetime, zone: ZoneInfo) -> Period:
    """Return `span` moved as `first` is when it starts at `start`: by the clock on the wall, and as long as it was."""
    by = start.replace(tzinfo=None) - first.start.astimezone(zone).replace(tzinfo=None)
    begins = in_zone(written_time(span.start.astimezone(zone) + by), zone)
    end = (begins.astimezone(UTC) + (span.end.astimezone(UTC) - span.start.astimezone(UTC))).astimezone(zone)
    in_zone(written_time(end), zone)
    return span.model_copy(update={"start": begins, "end": end})
