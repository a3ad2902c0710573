"""What makes the dates of a change wrong: those in its texts, and those of windows that it had before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from changebook.book import Book
from changebook.model.dates import WEEKDAYS, WrittenDate, dates_in
from changebook.model.reading import dotted
from changebook.names import did_you_mean
from changebook.naming.fields import prose
from changebook.source.places import Spot


def check_dates(book: Book) -> Iterator[tuple[Spot, str]]:
    """A weekday in a change's text fits the date beside it, such as `Wed 2 Dec`, `Wednesday, December 2` or
    `2026-12-02 (Wed)`. A date without a year is of the year nearest to the window. Text between back-ticks is not
    read.
    """
    for change in book.asked:
        near = (change.window.start if change.window else book.now).date()
        for steps, text in prose(change):
            for found in dates_in(text, near):
                if found.wrong:
                    yield replace(book.spot(change, *steps), words=found.text), f"{dotted(steps)}: {_fault(found)}"


def _fault(found: WrittenDate) -> str:
    shown = " ".join(found.text.split())
    if not found.days:
        return f"{shown!r} is no day of the calendar; fix the date"
    day = found.days[0]
    right = WEEKDAYS[day.weekday()]
    fitting = shown.replace(found.weekday, right if found.weekday in WEEKDAYS else right[:3], 1)
    return f"{shown!r} is a {right} ({day}); write {fitting!r}, or fix the date"


def check_closed(book: Book) -> Iterator[tuple[Spot, str]]:
    """The date under `closed` of a closed change, and that under `stable` of one that is stable or closed, is not
    before its window ends, and not still to come. Its retrospective is not held before its window ends.
    """
    for change in book.asked:
        for key, statuses in (("stable", ("stable", "closed")), ("closed", ("closed",))):
            day = getattr(change, key) if change.status in statuses else None
            if day and day > book.now.date():
                yield book.spot(change, key), f"{key}: {day} is still to come; write the date it was {key}"
            elif day and change.window and day < change.window.end.date():
                yield book.spot(change, key), f"{key}: {day} is before the window ends; fix one of the two"
        held = change.retrospective.held if change.retrospective and change.status in ("stable", "closed") else None
        if held and change.window and held < change.window.end.date():
            said = f"retrospective.held: {held} is before the window ends; fix one of the two"
            yield book.spot(change, "retrospective", "held"), said


def check_postponed(book: Book) -> Iterator[tuple[Spot, str]]:
    """Each former window under `postponed` has a different start from the next one and from today's window, and was
    given up no earlier than the one before. A phase that it names is one of the change.
    """
    for change in book.asked:
        for at, entry in enumerate(change.postponed):
            where, after = f"postponed[{at}]", change.postponed[at + 1 : at + 2]
            phase = next((phase for phase in change.phases if phase.name == entry.phase), None)
            if entry.phase and not phase:
                named = did_you_mean(entry.phase, [phase.name for phase in change.phases])
                yield book.spot(change, "postponed", at, "phase"), f"{where}.phase: no phase {entry.phase!r}; {named}"
            # What moved between two moves of one phase may be another one.
            same = after and after[0].phase == entry.phase
            now = phase or change.window
            following = after[0].from_ if same else now.start if now and not after else None
            if entry.from_ == following:
                what = f"postponed[{at + 1}] starts then too" if same else "the window still starts then"
                yield book.spot(change, "postponed", at, "from"), f"{where}.from: {what}; fix one of the two"
            if after and after[0].at.date() < entry.at.date():
                last = f"before {entry.at.date()}, when the window was postponed last"
                message = f"postponed[{at + 1}].at: {last}; put them in order"
                yield book.spot(change, "postponed", at + 1, "at"), message
