"""How ready support is for a change, in a few words and seven pips."""

from __future__ import annotations

from dataclasses import dataclass

from changebook.book import Book
from changebook.model import Change
from changebook.model.status import OPEN
from changebook.readiness import is_late, readiness
from changebook.views.checklist import State, checklist


@dataclass(frozen=True)
class Meter:
    """The states of the seven checkpoints in their order, and the words for the whole."""

    states: tuple[State, ...]
    words: str
    gaps: int


def meter_of(book: Book, change: Change) -> Meter | None:
    """Return how ready support is for `change`, None for a change that needs no readiness any more."""
    if change.status not in OPEN:
        return None
    gaps = readiness(book)[change.id].gaps
    late = sum(is_late(gap, book) for gap in gaps)
    states = tuple(line.state for line in checklist(book, change))
    return Meter(states, _words(states, len(gaps), late), len(gaps))


def _words(states: tuple[State, ...], gaps: int, late: int) -> str:
    if gaps:
        return f"{gaps} gap{'s' if gaps > 1 else ''}{f', {late} late' if late else ''}"
    waived, waiting = states.count("waived"), states.count("waiting")
    rest = [f"{number} {word}" for number, word in ((waived, "waived"), (waiting, "not due")) if number]
    return f"No gaps, {', '.join(rest)}" if rest else "All met"
