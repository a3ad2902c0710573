"""Two states of one piece of guidance to what changed between them, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from changebook.language import gettext as _
from changebook.since.items import CHECK, Piece

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
# Two lines that have this much in common are one line that was reworded.
_ALIKE = 0.5


@dataclass(frozen=True)
class Reworded:
    """One thing that changed: the part it is in, what that said, and says now; "" where it said or says nothing.

    With neither, `part` says it all.
    """

    part: str
    was: str = ""
    now: str = ""

    @property
    def label(self) -> str:
        """The part as pages call it."""
        name, _space, number = self.part.rpartition(" ")
        return f"{_(name)} {number}" if name == CHECK else _(self.part)

    def __str__(self) -> str:
        part, was, now = self.label, self.was, self.now
        if was and now:
            return _("{part}: was “{was}”, now “{now}”", part=part, was=was, now=now)
        if was:
            return _("{part} removed: “{was}”", part=part, was=was)
        return _("{part} added: “{now}”", part=part, now=now) if now else part


def differences(old: Piece, new: Piece) -> Iterator[Reworded]:
    """Yield what two states of one piece of guidance say differently, part by part."""
    for part in dict.fromkeys((*old.parts, *new.parts)):
        before, after = old.parts.get(part, ()), new.parts.get(part, ())
        if part == CHECK:
            yield from _in_order(before, after)
        elif before != after:
            yield from _among(part, before, after)


def _in_order(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[Reworded]:
    places = {line: f"{CHECK} {number}" for number, line in enumerate(after, 1)}
    pairs = list(_pairs(before, after))
    if before != after and not pairs:
        yield Reworded("Checks are in another order")
    for was, now in pairs:
        yield Reworded(places[now] if now else CHECK, *_less_in_common(was, now))


def _among(part: str, before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[Reworded]:
    single = len(before) == len(after) == 1
    for was, now in [(before[0], after[0])] if single else _pairs(before, after):
        yield Reworded(part, *_less_in_common(was, now))


def _pairs(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield each line that was reworded as what it was and is, each that is gone or new with ""."""
    gone = [line for line in before if line not in after]
    for line in (line for line in after if line not in before):
        was = _most_like(line, gone)
        if was:
            gone.remove(was)
        yield was, line
    yield from ((line, "") for line in gone)


def _most_like(line: str, others: list[str]) -> str:
    """Return the line that was reworded to `line`, "" when none is like it."""
    words = line.split()
    found = [(SequenceMatcher(None, other.split(), words, autojunk=False).ratio(), other) for other in others]
    likeness, other = max(found, default=(0.0, ""))
    return other if likeness >= _ALIKE else ""


def _less_in_common(was: str, now: str) -> tuple[str, str]:
    """Return two texts without the sentences with which both begin and end."""
    old, new = _SENTENCE.split(was), _SENTENCE.split(now)
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return _cut(old, start, end), _cut(new, start, end)


def _cut(sentences: list[str], start: int, end: int) -> str:
    return " ".join(sentences[start : len(sentences) - end])
