"""Private data in a table or in lines of comma-separated values: what a cell is, its column's head says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from changebook.privacy.rule import Judge

_ROOM = r"[ \"'*_`]{0,30}"
_LONGEST, _MOST = 300, 20


def head(label: str) -> str:
    """Return the pattern of a column's head that is `label`, a pattern too."""
    return rf"[|,;\t]{_ROOM}(?:{label}){_ROOM}(?=[|,;\t\r\n])|(?<![^\n]){_ROOM}(?:{label}){_ROOM}(?=[|,;\t])"


def under(label: str, cell: str) -> str:
    """Return the pattern that a browser masks a column by: its head, and the rows to the first `cell`."""
    return rf"(?:{head(label)})[^\n]{{0,{_LONGEST}}}\n[\s\S]{{0,{_LONGEST}}}?(?:{cell})"


def in_column(cell: str, judge: Judge) -> Judge:
    """Return a judge of a head: it finds the cells below that match `cell` as a whole, and of which `judge` says so."""
    pattern = re.compile(rf"[\s\"'*`]*({cell})[\s\"'*`]*", re.I)

    def look(text: str, found: re.Match[str]) -> tuple[int, int] | None:
        hits = (pattern.fullmatch(text, start, end) for start, end in _below(text, found))
        spans = [span for hit in hits if hit and (span := judge(text, hit))]
        return (spans[0][0], spans[-1][1]) if spans else None

    return look


def rows(text: str, found: re.Match[str]) -> Iterator[list[tuple[int, int]]]:
    """Yield the cells of the head's own row, and of each row below it, as spans."""
    low = max(found.start() - _LONGEST, 0)
    line = text.rfind("\n", low, found.start())
    start = line + 1 if line >= 0 else low
    around = text[found.start()] + text[found.end() : found.end() + 1]
    separator = next(sign for sign in around + "|" if sign in "|,;\t")
    for _ in range(_MOST):
        end = text.find("\n", start, start + _LONGEST)
        if end < 0 and len(text) - start > _LONGEST:
            return
        end = end if end >= 0 else len(text)
        row = text[start:end]
        if separator not in row:
            return
        cells = []
        for part in row.split(separator):
            cells.append((start, start + len(part)))
            start += len(part) + 1
        yield cells
        start = end + 1


def _below(text: str, found: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield the cells in the column of the head."""
    first, *others = list(rows(text, found)) or [[]]
    # The head's last sign is in its own cell, even where its match begins with the separator.
    column = next((at for at, (start, end) in enumerate(first) if start < found.end() <= end), None)
    for cells in others:
        if column is not None and column < len(cells):
            yield cells[column]
