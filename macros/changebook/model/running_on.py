"""Lines of Markdown that would run on from the one above, and blocks of code that would be none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from changebook.characters import shown
from changebook.model.typed import RULER, fences, without_code

_FENCE = re.compile(r"[ \t]*(?:>[ \t]*)?(```|~~~)(?!.*\1)")
_ITEM = re.compile(r" {0,3}(?:[-*+]|1[.)])[ \t]+\S")
_ANY_ITEM = re.compile(r"( *)(?:[-*+]|([0-9]+[.)]))[ \t]+\S")


def lines_run_on(text: str) -> Iterator[str]:
    """Yield what is wrong with each line of Markdown that would not begin what it looks like, with the remedy."""
    fenced = fences(text.split("\n"))
    for number, line in enumerate(text.split("\n"), 1):
        if not fenced[number - 1] and _FENCE.match(line):
            where = f"line {number} of the text, {shown(line.strip())}"
            yield f"{where}, does not begin a block of code; write ``` alone at the start of a line, above and below it"
    lines = without_code(text).split("\n")
    outside = [not mark and not line.startswith(("    ", "\t")) for mark, line in zip(fenced, lines, strict=True)]
    yield from _run_on(lines, outside)


def _run_on(lines: list[str], outside: list[bool]) -> Iterator[str]:
    block: list[str] = []
    columns, above = 0, ""
    for number, line in enumerate(lines):
        where = f"line {number + 1} of the text"
        item, indent = _ANY_ITEM.match(line), len(line) - len(line.lstrip())
        if item and above and not _ANY_ITEM.match(above) and len(above) - len(above.lstrip()) >= max(indent, 4):
            yield f"{where}, {shown(line.strip())}, would run on from the text above; leave a blank line between"
        # Where the paragraph above begins; a note's first line is none.
        above = "" if not line.strip() or line.lstrip().startswith("!!!") or _FENCE.match(line) else above or line
        if not outside[number] or not line.strip():
            block, columns = [], 0
            continue
        item, first = _ANY_ITEM.match(line), _ANY_ITEM.match(block[0]) if block else None
        if block and not first and _ITEM.match(line):
            yield f"{where}, {shown(line.strip())}, would run on from the line above; leave a blank line between"
        if item and first and item[1] == first[1] and bool(item[2]) != bool(first[2]):
            yield f"{where}, {shown(line.strip())}, would run on from the list above; leave a blank line between"
        if item and first and 1 < len(item[1]) < 4:
            yield f"{where}, {shown(line.strip())}, would not be a list inside the list; indent it by 4 spaces"
        if "|" in line and RULER.match(line) and block:
            if len(block) > 1:
                yield f"the table at {where} would run on from the line above; leave a blank line above its header"
            columns = _cells(block[-1])
        elif columns and "|" not in line:
            yield f"{where}, {shown(line.strip())}, would run on into the table above; leave a blank line between"
        elif columns and _cells(line) > columns:
            yield (
                f"{where} has {_cells(line)} cells and its table's header {columns}; the rest would be dropped; "
                "write \\| for a bar that does not separate cells"
            )
        block.append(line)


def _cells(line: str) -> int:
    return len(re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|")))
