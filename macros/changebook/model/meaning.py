"""What Markdown would drop or change in silence: a text is refused before its page says something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from changebook.characters import called, hidden_in, shown
from changebook.model.markup import as_html, says
from changebook.model.typed import FENCE, RULER, typed_lines

_CODE = re.compile(r"``.*?``|`[^`\n]*`")
_FENCE = re.compile(r"[ \t]*(?:>[ \t]*)?(```|~~~)(?!.*\1)")
_ITEM = re.compile(r" {0,3}(?:[-*+]|1[.)])[ \t]+\S")
_ANY_ITEM = re.compile(r"( *)(?:[-*+]|([0-9]+[.)]))[ \t]+\S")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
# What a text with markup in it needs to show the markup.
_XML = ("&amp;", "&lt;", "&gt;", "&quot;")
_PLAIN = re.compile(r"[*_`#>|\[\]!~=+:<&\\-]|^\s*[0-9]+\.", re.M)
# What was meant by a line that a page does not show as it is, and what to write in its place; the likeliest first.
_LINES = (
    (
        r" {0,3}#{1,2}[ \t]+\S",
        "begins a heading that no page shows; write ### before it, or \\# for the sign",
    ),
    (r"[ \t]*#{3,6}[ \t].*#+[ \t]*$", "loses the # at its end; write a word behind it"),
    (r".*?#+[ \t]*$", "loses its #; write \\#"),
    (
        r"[ \t]*(?:[-*+>]|[0-9]+\.)?[ \t]*#",
        "begins a heading, which drops its #; write \\#, or ### and a space for a heading",
    ),
    (r"[ \t]*(?:[-*+]|[0-9]+\.)?[ \t]*>", "begins a quotation, which drops its >; write \\> or 'more than'"),
    (
        r"[ \t]*(?:[-*+>]|[0-9]+\.)?[ \t]*\[[^\]\n]*(?:\]:|$)",
        "is the target of a link, which is not shown; write \\[ for the sign, or [text](https://...) for a link",
    ),
    (r"[ \t]*!!!", 'begins a note, which drops its words; write !!! note, or !!! warning "Its title"'),
    (r"[ \t]*[-=]+[ \t]*$", "makes a heading of the line above and is not shown; leave a blank line before it"),
    (
        r".*\]\([^)]*(?:\)|$)",
        "has a link that leads nowhere; write [text](https://...), no space in the address, no star or bracket before",
    ),
    (r"[ \t]*[0-9]+\.", "would get another number; count without gaps, or write \\. behind the number"),
)
_INSIDE = (
    (r"(?<![\w*])[0-9.]+\*[0-9.]+(?![\w*])", "begins emphasis, which drops its *; write x, or \\*"),
    (r"\S*\\\S+", "would lose a backslash; put the path between back-ticks"),
    (r"[^\s*]*[^\s*]\*[^\s*]\S*", "begins emphasis, which drops its *; write \\*, or put it between back-ticks"),
    (r"\S*[*_]\S*", "begins emphasis, which drops signs; put it between back-ticks, or write ** for bold"),
)

_OTHERWISE = "would read otherwise on its page; put what is meant as it is between back-ticks"


def meaning_fault(text: str) -> str | None:
    """Return what a text of Markdown would lose on its page, with the remedy, or None when it loses nothing."""
    return next(_faults(text), None) if _PLAIN.search(text) else None


def _faults(text: str) -> Iterator[str]:
    lines, outside = _outside_code(text)
    yield from _no_fences(text.split("\n"))
    yield from _lines_run_on(lines, outside)
    for entity in _ENTITY.findall("\n".join(lines)):
        sign = unescape(entity)
        if hidden := hidden_in(sign):
            yield f"{shown(entity)} makes {called(hidden[0])}, which nobody sees; delete it"
        elif sign != entity and entity not in _XML:
            yield f"{shown(entity)} would become {shown(sign)}; write the sign itself, or put it between back-ticks"
    if lost := _lost(text):
        yield lost


def _lost(text: str) -> str:
    """Return what is wrong with the first line of which the page does not show what was typed, or nothing."""
    page, at = says(as_html(text)), 0
    for number, typed in typed_lines(text):
        kept = "".join(typed.split())
        if page.startswith(kept, at):
            at += len(kept)
            continue
        same = next((at for at, pair in enumerate(zip(kept, page[at:], strict=False)) if pair[0] != pair[1]), 0)
        return f"line {number} of the text{_meant(text.split(chr(10))[number - 1], _word(typed, same))}"
    return (
        ""
        if at == len(page)
        else "the text would read otherwise on its page; put what is meant as it is between back-ticks"
    )


def _word(typed: str, at: int) -> str:
    """Return the word of a line with its letter number `at`, spaces not counted."""
    for word in typed.split():
        if at < len(word):
            return word
        at -= len(word)
    return ""


def _meant(line: str, word: str) -> str:
    """Return what a line loses that a page does not show as it is typed, and the remedy; `word` differs first."""
    for expression, said in _LINES:
        if re.match(expression, line):
            return f", {shown(line.strip())}, {said}"
    for expression, said in _INSIDE:
        if found := re.search(expression, word if word in line else "") or re.search(expression, _CODE.sub("", line)):
            return f": {shown(found[0])} {said}"
    return f", {shown(line.strip())}, {_OTHERWISE}"


def _outside_code(text: str) -> tuple[list[str], list[bool]]:
    """Return the lines of `text` with code between back-ticks blanked, and whether each is outside a fence."""
    lines = _CODE.sub(lambda code: "x" * len(code[0]), text).split("\n")
    fence, outside = "", []
    for line in text.split("\n"):
        mark = FENCE.match(line)
        opens = not fence and mark
        outside.append(not fence and not mark and not line.startswith(("    ", "\t")))
        fence = mark[1] if opens and mark else "" if line.rstrip() == fence else fence
    return lines, outside


def _no_fences(lines: list[str]) -> Iterator[str]:
    """Yield each line that looks like the beginning of a block of code, and is none."""
    fence = ""
    for number, line in enumerate(lines, 1):
        if fence:
            fence = "" if line.rstrip() == fence else fence
        elif mark := FENCE.match(line):
            fence = mark[1]
        elif _FENCE.match(line):
            where = f"line {number} of the text, {shown(line.strip())}"
            yield f"{where}, begins no block of code; write ``` and no title at the start of a line"


def _lines_run_on(lines: list[str], outside: list[bool]) -> Iterator[str]:
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
            yield f"{where}, {shown(line.strip())}, would be no list inside the list; indent it by 4 spaces"
        if "|" in line and RULER.match(line) and block:
            if len(block) > 1:
                yield f"the table at {where} would run on from the line above; leave a blank line above its head"
            columns = _cells(block[-1])
        elif columns and "|" not in line:
            yield f"{where}, {shown(line.strip())}, would run on into the table above; leave a blank line between"
        elif columns and _cells(line) > columns:
            yield (
                f"{where} has {_cells(line)} cells and its table's head {columns}; the rest would be dropped; "
                "write \\| for a stroke that parts no cells"
            )
        block.append(line)


def _cells(line: str) -> int:
    return len(re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|")))
