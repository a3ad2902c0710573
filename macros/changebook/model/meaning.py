"""What Markdown would drop or change in silence: a text is refused before its page says something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from changebook.characters import called, hidden_in, shown
from changebook.model.markup import as_html, says
from changebook.model.running_on import lines_run_on
from changebook.model.typed import IMAGE, typed_lines, without_code

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
# Meant as an image of the book's own: its address is the name of a file.
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([\w./\\-]+\.\w+\)")
# What a text with markup in it needs to show the markup.
_XML = ("&amp;", "&lt;", "&gt;", "&quot;")
_PLAIN = re.compile(r"[*_`#>|\[\]!~=+:<&\\-]|^\s*[0-9]+\.", re.M)
# What was meant by a line that a page does not show as it is, and what to write in its place; the likeliest first.
_LINES = (
    (
        r" {0,3}#{1,2}[ \t]+\S",
        "begins a heading that no page shows; write ### before it, or \\# for the sign",
    ),
    (r"[ \t]*#{3,6}[ \t].*#+[ \t]*$", "loses the # at its end; write a word after it"),
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
    (r"[ \t]*[0-9]+\.", "would get another number; count without gaps, or write \\. after the number"),
)
_INSIDE = (
    (r"(?<![\w*])[0-9.]+\*[0-9.]+(?![\w*])", "begins emphasis, which drops its *; write x, or \\*"),
    (r"\S*\\\S+", "would lose a backslash; put the path between back-ticks"),
    (r"[^\s*]*[^\s*]\*[^\s*]\S*", "begins emphasis, which drops its *; write \\*, or put it between back-ticks"),
    (r"\S*[*_]\S*", "begins emphasis, which drops signs; put it between back-ticks, or write ** for bold"),
)

_OTHERWISE = "would look different on its page; put literal text between back-ticks"


def meaning_fault(text: str) -> str | None:
    """Return what a text of Markdown would lose on its page, with the remedy, or None when it loses nothing."""
    return next(_faults(text), None) if _PLAIN.search(text) else None


def _faults(text: str) -> Iterator[str]:
    yield from lines_run_on(text)
    for entity in _ENTITY.findall(without_code(text)):
        sign = unescape(entity)
        if hidden := hidden_in(sign):
            yield f"{shown(entity)} makes {called(hidden[0])}, which is invisible; delete it"
        elif sign != entity and entity not in _XML:
            yield f"{shown(entity)} would become {shown(sign)}; write the sign itself, or put it between back-ticks"
    for image in _IMAGE.findall(without_code(text)):
        if not IMAGE.fullmatch(image):
            remedy = "write ![what it shows](file.png), with a PNG, JPEG, GIF or WebP file of docs/assets/"
            yield f"{shown(image)} is not an image that a page can show; {remedy}"
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
        differs = next((where for where, letter in enumerate(kept) if not page.startswith(letter, at + where)), 0)
        line = text.split("\n")[number - 1]
        return f"line {number} of the text{_meant(line, _word(typed, differs))}"
    return "" if at == len(page) else f"the text {_OTHERWISE}"


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
        if found := re.search(expression, word if word in line else "") or re.search(expression, without_code(line)):
            return f": {shown(found[0])} {said}"
    return f", {shown(line.strip())}, {_OTHERWISE}"
