"""What goes with a window: days in a change's texts that are certainly its own, and places that may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path, PurePath

from changebook.book import Book
from changebook.editing.files import Edit, FileEdit
from changebook.model import Change, Record
from changebook.model.dates import WEEKDAYS, WrittenDate, as_written, dates_in
from changebook.model.keys import keys_of
from changebook.model.phases import Period
from changebook.model.reading import dotted
from changebook.model.timeline import spans_of
from changebook.naming.fields import prose
from changebook.readiness.dates import is_told_of_the_past, said_now
from changebook.recording.steps import written_time
from changebook.source import Source, load_source, read_source
from changebook.source.events import Steps
from changebook.source.handwritten import hand_pages

# Days and times that say what was done, or are the window's own.
_DONE = frozenset("window phases postponed tests rehearsals told compliance revised removed updates".split())


# Windows or phases that move, each as it was and as it will be.
Moves = Sequence[tuple[Period, Period]]


def day_edits(source: Source, change: Change, moves: Moves) -> Iterator[Edit]:
    """Yield the edits of the texts of `change` in `source` that name a day that moves with its weekday: that is the
    day, and no number that looks like it. Each is written as it was. A day on which another phase stays is left.
    """
    moving = {id(old) for old, _ in moves}
    stays = {end.date() for span in spans_of(change) if id(span) not in moving for end in _ends(span)}
    days = {day: to for day, to in _days(moves).items() if day not in stays}
    for _, start, found, day in _named(source, change, moves, set(days)):
        if found.weekday:
            yield Edit(start + found.start, start + found.end, as_written(found.text, days[day]))


def look_at(book: Book, after: Book, moves: Moves, edit: FileEdit) -> Iterator[str]:
    """Yield the places, as they are in `after`, that may go with what moved of the change in `edit` and are left to a
    person: its days without a weekday, its hours, moments that are still to come, and other changes' texts.
    """
    change = after.changes[edit.new.stem]
    ends = [end for span in spans_of(change) for end in _ends(span)]
    source = read_source(edit.after.decode("utf-8-sig"), Source(after.folder / edit.new.name))
    days = set(_days(moves)) - {one.date() for one in ends}
    for steps, start, found, _ in _named(source, change, moves, days):
        yield place_in(source, steps, f"says {_shown(found)!r}", start + found.start)
    hours = {f"{one:%H:%M}" for old, _ in moves for one in _ends(old)} - {f"{one:%H:%M}" for one in ends}
    loose = _loose(days, hours, {one.weekday() for one in ends})
    for steps, _ in said_now(change):
        start, end = source.spans.get(steps, (0, 0))
        text = source.text[start:end]
        dates = [range(date.start, date.end) for date in dates_in(text, moves[0][0].start.date())]
        for word in loose.finditer(text) if loose else ():
            if not any(word.start() in date for date in dates) and not is_told_of_the_past(text[: word.start()]):
                yield place_in(source, steps, f"says {word[0]!r}", start + word.start())
    for steps, moment in moments(change):
        if (moment if isinstance(moment, datetime) else datetime.combine(moment, book.now.timetz())) >= book.now:
            at = written_time(moment) if isinstance(moment, datetime) else str(moment)
            yield place_in(source, steps, f"is {at}")
    for other in after.changes.values():
        if other.id != change.id and any(change.name in text for _, text in prose(other)):
            there = load_source(edit.new.with_name(f"{other.id}.yaml"), shown_as=after.folder / f"{other.id}.yaml")
            for steps, start, found, _ in _named(there, other, moves, days):
                if change.name in " ".join(there.text[slice(*there.spans[steps])].split()):
                    yield place_in(there, steps, f"says {_shown(found)!r}", start + found.start)


def look_at_pages(docs: Path, after: Book, moves: Moves, edit: FileEdit) -> Iterator[str]:
    """Yield the places in hand-written pages that name a day from which the change in `edit` moved: on pages that name
    the change or one of its pages.
    """
    change = after.changes[edit.new.stem]
    days = set(_days(moves)) - {end.date() for span in spans_of(change) for end in _ends(span)}
    for page in hand_pages(docs) if days and docs.is_dir() else ():
        text = (docs / page.path).read_text("utf-8-sig", "replace")
        if not (change.name in " ".join(text.split()) or change.id in text):
            continue
        for found in dates_in(text, moves[0][0].start.date()):
            if days & set(found.days) and not found.wrong and not is_told_of_the_past(text[: found.start]):
                line, column = text.count("\n", 0, found.start) + 1, found.start - text.rfind("\n", 0, found.start)
                yield f"{(PurePath(docs.name) / page.path).as_posix()}:{line}:{column}: says {_shown(found)!r}"


def moments(record: Record, steps: Steps = ()) -> Iterator[tuple[Steps, date]]:
    """Yield the days and times of `record` that say when something happens, with the steps to each."""
    for key in keys_of(type(record)):
        value = getattr(record, key.name)
        many = isinstance(value, tuple)
        for number, one in enumerate(value if many else (value,)):
            place = (*steps, key.key, number) if many else (*steps, key.key)
            if key.key in _DONE:
                continue
            if isinstance(one, Record):
                yield from moments(one, place)
            elif isinstance(one, date):
                yield place, one


def _named(
    source: Source, change: Change, moves: Moves, days: set[date]
) -> Iterator[tuple[Steps, int, WrittenDate, date]]:
    """Yield each date in the texts of `change` that is one of `days`: the steps to the text, where that begins in its
    file, the date there, and the day.
    """
    for steps, _ in said_now(change) if days else ():
        start, end = source.spans.get(steps, (0, 0))
        text = source.text[start:end]
        for found in dates_in(text, moves[0][0].start.date()):
            day = next((day for day in found.days if day in days), None)
            if day and not found.wrong and not is_told_of_the_past(text[: found.start]):
                yield steps, start, found, day


def _loose(days: set[date], hours: set[str], kept: set[int]) -> re.Pattern[str] | None:
    """Return what finds the `days` and `hours` of a former window where no whole date says them: `21:00`, `9 pm`,
    `12/16`, and a weekday that is none of those `kept`, alone and not `every Monday`. None for nothing to find.
    """
    said = sorted(hours)
    for clock, minute in [(int(hour[:2]), hour[3:]) for hour in said]:
        sharp = "(?::00)?" if minute == "00" else f":{minute}"
        said.append(rf"{clock % 12 or 12}{sharp}\s?{'[pP]' if clock > 11 else '[aA]'}\.?[mM]")
    said += [{"00:00": "midnight", "12:00": "noon"}[hour] for hour in sorted({"00:00", "12:00"} & hours)]
    said += [rf"(?<!/)0?{day.month}/0?{day.day}" for day in sorted(days)]
    names = sorted({WEEKDAYS[day.weekday()] for day in days if day.weekday() not in kept})
    said += [rf"(?<![Ee]very )(?<!through ){name}(?! (?:to|through) )" for name in names]
    return re.compile(rf"(?<![\w:\u2013-])(?:{'|'.join(said)})(?![\w:\u2013-])") if said else None


def _days(moves: Moves) -> dict[date, date]:
    """Return the days that move, each with the day in its place; a start counts more than an end."""
    starts = [(old.start.date(), new.start.date()) for old, new in moves]
    ends = [(old.end.date(), new.end.date()) for old, new in moves]
    places = dict((*reversed(ends), *reversed(starts)))
    return {before: now for before, now in places.items() if before != now}


def _ends(span: Period) -> tuple[datetime, datetime]:
    return span.start, span.end


def _shown(found: WrittenDate) -> str:
    return " ".join(found.text.split())


def place_in(source: Source, steps: Steps, said: str, at: int | None = None) -> str:
    """Return a place as problems are printed: the file, the line and the column of `at`, or of the value at `steps`."""
    line, column = source.place(steps)
    if at is not None:
        line, column = source.text.count("\n", 0, at) + 1, at - source.text.rfind("\n", 0, at)
    return f"{source.path.as_posix()}:{line}:{column}: {dotted(steps)} {said}"
