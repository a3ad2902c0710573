"""What fits on one side of paper: whole lines in a list, whole sentences of a text. Nothing is cut inside a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil
from typing import Generic, TypeVar

T = TypeVar("T")
LINES = 4
SENTENCE_WORDS = 30
_SENTENCE = re.compile(r"(?<=[.?])\s+")


@dataclass(frozen=True)
class Fitted(Generic[T]):
    """The lines of a list that are shown, and how many are left out."""

    shown: list[T]
    more: int


@dataclass(frozen=True)
class Opening:
    """The beginning of a text, and whether there is more of it."""

    text: str
    more: bool


def fitted(
    lines: Iterable[T],
    *,
    width: int,
    rows: int,
    most: int = LINES,
    size: Callable[[T], int] = len,  # type: ignore[assignment]
) -> Fitted[T]:
    """Return the first of `lines` that fit into `rows` rows of `width` characters, at most `most` of them.

    `size` gives the characters of a line. One that fills more rows than there are at all is passed over.
    """
    held, shown, left = list(lines), list[T](), rows
    for line in held:
        needs = ceil(size(line) / width)
        if needs > rows:
            continue
        if needs > left or len(shown) == most:
            break
        shown.append(line)
        left -= needs
    return Fitted(shown, len(held) - len(shown))


def opening(text: str, words: int) -> Opening:
    """Return the sentences of `text` that its first `words` words hold whole, or those words if none is whole."""
    every, said = text.split(), list[str]()
    for sentence in _SENTENCE.split(" ".join(every)):
        if len(said) + len(sentence.split()) > words:
            break
        said += sentence.split()
    kept = said or every[:words]
    return Opening(" ".join(kept), len(kept) < len(every))
