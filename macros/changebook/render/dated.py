"""A change with the times of its window written in: `[go-live]`, `[go-live day]` and `[end]`, wherever they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from changebook.book import Book
from changebook.model import Change, Record
from changebook.model.blanks import window_blanks
from changebook.model.change import Affects, Question, Visible
from changebook.model.keys import keys_of
from changebook.model.notices import Announcement, PartnerToDo
from changebook.model.phases import Period, Phase
from changebook.model.timeline import phases_for
from changebook.render.timing import day_words, time_words

# What is done to a sentence that only these read; () is everybody.
Fill = Callable[[str, tuple[str, ...]], str]


def dated(change: Change, now: datetime, *, who: str = "") -> Change:
    """Return `change` as all of its pages, mails and searches say it; without a window its blanks stay.

    Of a change in phases, what only some people read has the times of their phase, if it is one and the same; all that
    the user group or partner `who` reads, if given, has those of theirs.
    """
    window = change.window
    if not window:
        return change

    def fill(text: str, readers: tuple[str, ...]) -> str:
        return _words(text, _only_phase(change, readers) or window, now)

    said: Change = _filled(change, change.affects, fill, (who,) if who else ())
    return said


def says_its_window(change: Change) -> frozenset[str]:
    """Return the fields of `change` in which `dated` writes times, once it has a window."""

    def emptied_text(text: str, _readers: tuple[str, ...]) -> str:
        return "" if any(True for _ in window_blanks(text)) else text

    emptied = _filled(change, change.affects, emptied_text, ())
    return frozenset(name for name in Change.model_fields if getattr(emptied, name) is not getattr(change, name))


def dated_part(change: Change, value: Any, now: datetime) -> Any:
    """Return what a field of `change` holds, one of `says_its_window`, with the times that `dated` writes in it."""
    window = change.window
    if not window:
        return value

    def fill(text: str, readers: tuple[str, ...]) -> str:
        return _words(text, _only_phase(change, readers) or window, now)

    return _value(value, change.affects, fill, ())


def dated_for(book: Book, change: Change, who: str) -> Change:
    """Return `change` as the user group or partner `who` reads it: with the times of their only phase."""
    written = book.undated.get(change.id)
    return dated(written, book.now, who=who) if written else change


def book_for(book: Book, who: str) -> Book:
    """Return `book` as the user group or partner `who` reads it, as `dated_for` does each of its changes."""
    theirs = {name: dated_for(book, book.changes[name], who) for name in book.undated}
    return replace(book, changes={**book.changes, **theirs})


def _only_phase(change: Change, readers: tuple[str, ...]) -> Phase | None:
    """Return the one phase that all `readers` of a change are in; None where they have several, or there are none."""
    found = {phases_for(change, who) for who in readers}
    phases = found.pop() if len(found) == 1 else ()
    return phases[0] if len(phases) == 1 else None


def _readers(record: Record, affects: Affects, name: str) -> tuple[str, ...]:
    """Return who the field `name` of a part of a change is for, () where it is for everybody."""
    if isinstance(record, Question):
        return (*record.groups, *record.partners)
    if isinstance(record, Visible):
        return record.for_
    if isinstance(record, Announcement):
        return {"staff": affects.groups, "partners": affects.partners}.get(name, ())
    return record.partners if isinstance(record, PartnerToDo) else ()


def _words(text: str, window: Period, now: datetime) -> str:
    blanks = list(window_blanks(text))
    if not blanks:
        return text
    start, end = window.start, window.end
    words = {
        "[go-live]": time_words(start, now),
        "[go-live day]": day_words(start, now),
        "[end]": time_words(end, now),
    }
    for blank in reversed(blanks):
        text = text[: blank.start()] + words[blank[0]] + text[blank.end() :]
    return text


def _filled(record: Record, affects: Affects, fill: Fill, readers: tuple[str, ...]) -> Any:
    """Return `record` with `fill` done to its sentences, the same record where that changes none."""
    new: dict[str, Any] = {}
    for key in keys_of(type(record)):
        if key.inner or (key.shape and key.shape.sentence):
            old = getattr(record, key.name)
            theirs = readers or _readers(record, affects, key.name)
            if old and (made := _value(old, affects, fill, theirs)) is not old:
                new[key.name] = made
    return record.model_copy(update=new) if new else record


def _value(value: Any, affects: Affects, fill: Fill, readers: tuple[str, ...]) -> Any:
    """Return a value with `fill` done to its sentences, the same one where that changes none."""
    if isinstance(value, str):
        made = fill(value, readers)
        return made if made != value else value
    if isinstance(value, Record):
        return _filled(value, affects, fill, readers)
    if isinstance(value, tuple):
        items = tuple(_value(item, affects, fill, readers) for item in value)
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    return value
