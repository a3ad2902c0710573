"""What Markdown would drop or change in silence: a text is refused before its page says something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from changebook.characters import shown

_CODE = re.compile(r"``.*?``|`[^`\n]*`")
_FENCE = re.compile(r"[ \t]*(```|~~~)")
_ITEM = re.compile(r" {0,3}(?:[-*+]|1[.)])[ \t]+\S")
_ANY_ITEM = re.compile(r"( *)(?:[-*+]|[0-9]+[.)])[ \t]+\S")
_RULER = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
# How a line or a text reads, and what to write in its place.
_LINES = (
    (
        re.compile(r" {0,3}#{1,2}[ \t]+\S"),
        "begins a heading that no page shows; write ### before it, or \\# for the sign",
    ),
    (re.compile(r" {0,3}#+[^#\s]"), "begins a heading, which drops its #; write \\#, or ### and a space for a heading"),
    (re.compile(r" {0,3}>[ \t]*[0-9]"), "begins a quotation, which drops its >; write \\> or 'more than'"),
    (
        re.compile(r" {0,3}\[[^\]\n]+\]:[ \t]*\S"),
        "is the target of a link, which is not shown; write [text](https://...)",
    ),
)
_INSIDE = (
    (re.compile(r"[0-9]\*[0-9](?=.*(?<!\\)\*)"), "begins emphasis, which drops its *; write x, or \\*"),
    (re.compile(r"(?<!\\)\\\\\w+|\b[A-Za-z]:\\\w+"), "would lose a backslash; put the path between back-ticks"),
)


def meaning_fault(text: str) -> str | None:
    """Return what a text of Markdown would lose on its page, with the remedy, or None when it loses nothing."""
    lines, outside = _outside_code(text)
    return next(_faults(lines, outside), None)


def _outside_code(text: str) -> tuple[list[str], list[bool]]:
    """Return the lines of `text` with code between back-ticks blanked, and whether each is outside a fence."""
    lines = _CODE.sub(lambda code: "x" * len(code[0]), text).split("\n")
    fenced, outside = False, []
    for line in text.split("\n"):
        mark = bool(_FENCE.match(line))
        outside.append(not fenced and not mark and not line.startswith(("    ", "\t")))
        fenced ^= mark
    return lines, outside


def _faults(lines: list[str], outside: list[bool]) -> Iterator[str]:
    block: list[str] = []
    columns = 0
    for number, line in enumerate(lines):
        if not outside[number] or not line.strip():
            block, columns = [], 0
            continue
        where = f"line {number + 1} of the text"
        for expression, said in _LINES:
            if expression.match(line):
                yield f"{where}, {shown(line.strip())}, {said}"
        for expression, said in _INSIDE:
            if found := expression.search(line):
                yield f"{where}: {shown(found[0])} {said}"
        item = _ANY_ITEM.match(line)
        if block and _ITEM.match(line) and not _ANY_ITEM.match(block[0]):
            yield f"{where}, {shown(line.strip())}, would run on from the line above; leave a blank line between"
        if item and block and 1 < len(item[1]) < 4 and _ANY_ITEM.match(block[0]):
            yield f"{where}, {shown(line.strip())}, would be no list inside the list; indent it by 4 spaces"
        if "|" in line and _RULER.match(line) and block:
            if len(block) > 1:
                yield f"the table at {where} would run on from the line above; leave a blank line above its head"
            columns = _cells(block[-1])
        elif columns and _cells(line) > columns:
            yield f"{where} has {_cells(line)} cells and its table's head {columns}; the rest would be dropped"
        block.append(line)


def _cells(line: str) -> int:
    return len(re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|")))
