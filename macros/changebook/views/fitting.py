"""What fits on one side of paper: whole lines in a list, whole sentences of a text. Nothing is cut inside a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil
from typing import Generic, TypeVar

from changebook.readiness import sentences
from changebook.readiness.card import CARD_LINES
from changebook.views.guidance import Link

_T = TypeVar("_T")
# Characters in a row of an A4 page: half its width, and all of it.
HALF, WHOLE = 48, 96


@dataclass(frozen=True)
class Fitted(Generic[_T]):
    """The lines of a list that are shown, those that are left out, and where these are."""

    shown: list[_T]
    left: list[_T]
    places: list[Link]

    @property
    def more(self) -> int:
        """How many lines are left out."""
        return len(self.left)


@dataclass(frozen=True)
class Opening:
    """The beginning of a text, and whether there is more of it."""

    text: str
    more: bool


def fitted(
    lines: Iterable[_T],
    *,
    width: int,
    rows: int,
    most: int = CARD_LINES,
    keep: int = 0,
    size: Callable[[_T], int] = len,  # type: ignore[assignment]
    place: Callable[[_T], Link] | None = None,
) -> Fitted[_T]:
    """Return the first of `lines` that fit into `rows` rows of `width` characters, at most `most` of them.

    The last `keep` lines get their rows before the others. `size` gives the characters of a line; one that fills more
    rows than are free for it at all is passed over. `place` gives where a line is in full.
    """
    held = list(lines)
    ends = range(len(held) - keep, len(held))

    def taken(numbers: Iterable[int], rows: int, most: int) -> list[int]:
        found, left = list[int](), rows
        for number in numbers:
            needs = needed(number)
            if needs > rows:
                continue
            if needs > left or len(found) == most:
                break
            found.append(number)
            left -= needs
        return found

    def needed(number: int) -> int:
        return ceil(size(held[number]) / width)

    last = taken(ends, rows, most)
    first = taken(range(ends.start), rows - sum(map(needed, last)), most - len(last))
    left = [line for number, line in enumerate(held) if number not in (*first, *last)]
    places = list(dict.fromkeys(map(place, left))) if place else []
    return Fitted([held[number] for number in (*first, *last)], left, places)


def opening(text: str, words: int) -> Opening:
    """Return the sentences of `text` that its first `words` words hold whole, or those words if none is whole."""
    every, said = text.split(), list[str]()
    for sentence in sentences(text):
        if len(said) + len(sentence.split()) > words:
            break
        said += sentence.split()
    kept = said or every[:words]
    return Opening(" ".join(kept), len(kept) < len(every))
