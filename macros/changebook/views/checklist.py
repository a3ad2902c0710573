"""How ready support is for a change: seven checkpoints, each derived from its record, and their meter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from changebook.book import Book
from changebook.language import gettext as _
from changebook.language import plural
from changebook.model import Change, Team
from changebook.readiness import CHECKPOINTS, Gap, Readiness, Waived, by_due, is_late, is_settled, readiness
from changebook.render.timing import day_words
from changebook.views.proofs import PROOFS

CheckState = Literal["met", "gap", "owed", "waived", "waiting", "unneeded"]


@dataclass(frozen=True)
class CheckLine:
    """One checkpoint: its state and the words for it, what the record shows, what is open, who closes it first.

    What is open is in the order of its dates; `closer` closes the first of it.
    """

    checkpoint: str
    state: CheckState
    words: str
    evidence: str
    gaps: tuple[Gap, ...]
    owed: tuple[Gap, ...]
    waiting: tuple[Gap, ...]
    waived: tuple[Waived, ...]
    closer: Team | None


@dataclass(frozen=True)
class Meter:
    """The states of the seven checkpoints in their order, and the words for the whole."""

    states: tuple[CheckState, ...]
    words: str
    gaps: int


def checklist(book: Book, change: Change) -> list[CheckLine]:
    """Return the checkpoints of a change, in their fixed order."""
    return [_line(book, change, checkpoint) for checkpoint in CHECKPOINTS]


def meter_of(book: Book, change: Change) -> Meter | None:
    """Return how ready support is for `change`, None for a change that needs no readiness any more."""
    if is_settled(change, book):
        return None
    state = readiness(book)[change.id]
    late = sum(is_late(gap, book) for gap in state.gaps)
    states = tuple(line.state for line in checklist(book, change))
    owed = owed_words(state.owed, book.now)
    return Meter(states, _words(state, states.count("waiting"), late, owed), len(state.gaps))


def owed_words(owed: tuple[Gap, ...], now: datetime, *, form: str = "{}") -> str:
    """Return how much a change owes and by when, as `form` holds it: `9 items to do by Fri 4 Dec`, or nothing."""
    due = next((item.due for item in owed if item.due), None)
    return form.format(_owed(len(owed), day_words(due, now))) if due else ""


def _owed(number: int, day: str) -> str:
    return plural(number, "{number} item to do by {day}", "{number} items to do by {day}").format(
        number=number, day=day
    )


def _words(state: Readiness, waiting: int, late: int, owed: str) -> str:
    if gaps := len(state.gaps):
        counted = f"{gaps} {plural(gaps, 'gap', 'gaps')}{_of_late(gaps, late)}"
        return ", ".join(filter(None, (counted, owed)))
    if owed:
        return owed
    waived = len(state.waived)
    skipped, later = _("{number} waived", number=waived), _("{number} not yet due", number=waiting)
    rest = [words for number, words in ((waived, skipped), (waiting, later)) if number]
    return _("No gaps; {rest}", rest=", ".join(rest)) if rest else _("All done")


def _of_late(gaps: int, late: int) -> str:
    if late != gaps:
        return _(", {late} of them late", late=late) if late else ""
    return _(", all late") if gaps > 1 else _(", late")


def _is_due_today(waiting: tuple[Gap, ...], now: datetime) -> bool:
    return any(gap.due and gap.due.date() == now.date() for gap in waiting)


def _line(book: Book, change: Change, checkpoint: str) -> CheckLine:
    ready = readiness(book)[change.id]
    gaps, owed, waiting = (
        tuple(item for item in sorted(found, key=by_due) if item.checkpoint == checkpoint)
        for found in (ready.gaps, ready.owed, ready.waiting)
    )
    waived = tuple(item for item in ready.waived if item.gap.checkpoint == checkpoint)
    evidence = PROOFS[checkpoint](book, change)
    first = next(iter(gaps or owed or waiting), None)
    found: tuple[tuple[CheckState, object], ...] = (
        *(("gap", gaps), ("owed", owed), ("waiting", waiting), ("waived", waived)),
        *(("met", evidence), ("unneeded", True)),
    )
    state = next(name for name, held in found if held)
    words = {
        "gap": f"{len(gaps)} {plural(len(gaps), 'gap', 'gaps')}",
        "owed": _("{number} to do", number=len(owed)),
        "waiting": _("Due today") if _is_due_today(waiting, book.now) else _("Not due"),
        "waived": _("Waived"),
        "met": _("Met"),
        "unneeded": _("Not needed"),
    }
    return CheckLine(
        checkpoint=checkpoint,
        state=state,
        words=words[state],
        evidence=evidence,
        gaps=gaps,
        owed=owed,
        waiting=waiting,
        waived=waived,
        closer=book.desk.teams.get(first.closer) if first else None,
    )
