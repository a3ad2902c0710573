"""The macro that places a badge."""

from __future__ import annotations

from dataclasses import dataclass

from changebook.book import Book
from changebook.errors import UnknownTermError
from changebook.names import did_you_mean
from changebook.render import Block
from changebook.render.timing import STATUS_WORDS

LEVELS = {f"sev-{level}": level for level in range(1, 5)}


@dataclass(frozen=True)
class Badge:
    """The badge of a status, or of a severity where it has a level."""

    word: str
    level: int | None


def badge(book: Book, word: str) -> Block:
    """Place the badge of a status or a severity, as every page shows it.

    Arguments: `word`, a status such as `rolled-back`, or `sev-1` to `sev-4`.
    Example: {{ badge("rolled-back") }}
    """
    known = {*STATUS_WORDS, *LEVELS}
    if word not in known:
        raise UnknownTermError(f"no badge {word!r}; {did_you_mean(word, known)}")
    return Block("badge", Badge(word, LEVELS.get(word)))
