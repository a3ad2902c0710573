"""Where in a text private data can be: what is cheap to find, so that patterns are tried there only.

A text is looked through as bytes, one for each character, so that places stay the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from changebook.privacy.first_names import FIRST_NAMES

_BEFORE, _AFTER, _LINE = 160, 200, 200
_TOKEN = 14
# Chance mixes cases where it has no digit.
_MIXED = re.compile(rb"[a-z][A-Z][\w-]{0,30}[a-z][A-Z][\w-]*")
_PAIR = re.compile(rb"(?<![\w'?-])([A-Z?][\w'?-]{1,40}),? (?:[A-Z]\.? )?([A-Z?][\w'?-]{0,40})")
_NEXT = re.compile(rb"[a-z]+")
_TITLES = (
    b"mr ",
    b"mr. ",
    b"mrs ",
    b"mrs. ",
    b"ms ",
    b"ms. ",
    b"miss ",
    b"herr ",
    b"frau ",
    b"baby ",
    b"patient ",
    b"pt ",
)
_CLASSES = (
    bytes(
        48 if chr(code).isdigit() else 97 if chr(code).isalpha() else 32 if chr(code) in " \t\r\n\"'`,;()<>" else code
        for code in range(128)
    )
    + b"?" * 128
)
Windows = list[tuple[int, int]]


class Anchors:
    """A text as it is searched for hints, for numbers and for words that may be keys."""

    def __init__(self, text: str) -> None:
        data = text.encode("ascii", "replace")
        self._low, self._classes = data.lower(), data.translate(_CLASSES)
        self.people = self._windows(sorted(_people(data, self._low)))
        self.numbers = self._windows(self._numbers())
        self.tokens = self._windows(sorted([*self._tokens(), *(found.start() for found in _MIXED.finditer(data))]))

    def hints(self, hints: Iterable[bytes]) -> Windows:
        """Return the parts of the text around each of `hints`, most of which most texts lack."""
        low = self._low
        found = [at for hint in hints if hint in low for at in _every(low, hint)]
        return self._windows(sorted(found)) if found else []

    def _numbers(self) -> Iterator[int]:
        """Yield where a number begins that may be a patient's, or the year of a birth."""
        grouped = [
            at for form in (b"00-00-0", b"00 00 0", b"00-000", b"00 000", b"0/0") for at in _every(self._classes, form)
        ]
        for at in sorted([*_every(self._classes, b"0000"), *grouped]):
            if self._may_be_private(at):
                yield at

    def _may_be_private(self, at: int) -> bool:
        """Return whether the number at `at` is none of what records are full of: dates of this decade, extensions."""
        low, classes = self._low, self._classes
        if classes.startswith((b"00000", b"00-", b"00 ", b"0/0"), at):
            return not classes.startswith(b"0000-00-00", max(at - 2, 0))
        before, after = classes[max(at - 2, 0) : at], classes[at + 4 : at + 6]
        if low.startswith(b"202", at):
            return before == b"0-"
        years = low.startswith((b"19", b"18", b"200", b"201"), at)
        return years or before in (b"0-", b"0 ", b"0.", b"0/") or after in (b"-0", b" 0")

    def _tokens(self) -> Iterator[int]:
        """Yield where a long word has a digit behind a letter."""
        end = 0
        for at in _every(self._classes, b"a0"):
            if at < end:
                continue
            start = self._classes.rfind(b" ", 0, at) + 1
            end = self._classes.find(b" ", at)
            end = len(self._classes) if end < 0 else end
            if end - start >= _TOKEN:
                yield at

    def _windows(self, places: Iterable[int]) -> Windows:
        """Return the lines around `places`, which are in order, those that touch as one."""
        found: Windows = []
        for at in places:
            start, end = max(at - _BEFORE, 0), min(at + _AFTER, len(self._low))
            start = self._low.rfind(b"\n", max(start - _LINE, 0), start) + 1 or start
            line_end = self._low.find(b"\n", end, end + _LINE)
            end = line_end if line_end > 0 else end
            if found and start <= found[-1][1]:
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            else:
                found.append((start, end))
        return found


def _people(data: bytes, low: bytes) -> Iterator[int]:
    """Yield where somebody is called by a title, or by a known first name and another."""
    for found in _PAIR.finditer(data):
        if not FIRST_NAMES.isdisjoint((found[1].decode().lower(), found[2].decode().lower())):
            yield found.start()
    for title in (*_TITLES, b" for ", b" of "):
        for at in _every(low, title):
            name = at + len(title)
            titled = title in _TITLES and (data[name : name + 1].isupper() or not title.startswith(b"p"))
            if titled or ((word := _NEXT.match(data, name)) and word[0].decode() in FIRST_NAMES):
                yield at


def _every(data: bytes, part: bytes) -> Iterator[int]:
    """Yield each place of `part` in `data`; where it goes on, as in a long number, only the first."""
    at = data.find(part)
    while at >= 0:
        yield at
        at = data.find(part, at + len(part))
