"""What libyaml complains of, in an author's words: where, what is wrong, and what to type."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from changebook.characters import SPACES, pasted_words, shown
from changebook.source.events import Place
from changebook.source.scalars import starts_with

# A line and a column, both from 1, and what is wrong there.
Complaint = tuple[int, int, str]
# Where YAML needs a space or a quote of the keyboard: before a line's first word, or after its key.
_PASTED = re.compile(rf"^[ \t]*(?:- +)*(?:[A-Za-z_]+:|-)?[ \t]*(?:- +)*([{SPACES}\u2018-\u201e])")
# A quoted text with more behind it, and a bare text that begins with a sign of YAML's own.
_BEHIND_QUOTE = re.compile(r"""(?:^|[-:,\[{] ?) *(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')[ \t]*([^\s,\]}:#][^\r\n]*)""")
_SIGN = re.compile(
    r"^[ \t]*(?:- +)*(?:[A-Za-z_]+: +)?"
    r"([>|&*!%@`?](?!$)|\[(?=[^\]]*\](?: *[^\s,\]}#]|, *[^\s\[\]{}'\"][^\[\]{}]*$))|\{(?=[^}]*\} *[^\s,\]}#]))"
)
# A line that begins with a key or a dash goes on with no text.
_ENTRY = re.compile(r"[ \t]*(?:- |-$|[\w.-]+:(?: |$))")


def what_is_meant(error: yaml.MarkedYAMLError, text: str) -> Complaint:
    """Return libyaml's complaint about `text` with the remedy for what people most often meant."""
    return next(_meant(error, text.rstrip().split("\n")))


def _meant(error: yaml.MarkedYAMLError, lines: list[str]) -> Iterator[Complaint]:
    """Yield line, column and remedy of what may be meant where libyaml complains, the likeliest first."""
    said = error.problem or str(error)
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    near = [(number, lines[number - 1]) for number in (line, line - 1) if 0 < number <= len(lines)]
    for number, _ in near:
        if pasted := pasted_at(lines, number):
            yield pasted
    for number, here in near:
        if behind := _BEHIND_QUOTE.search(here):
            remedy = f"{shown(behind[1])} follows a closing quote; put the whole text in quotes of the other kind"
            yield number, behind.start(1) + 1, remedy
    if "escape" in said or "hexdec" in said:
        yield line, column, "in double quotes a backslash starts an escape YAML does not know; use single quotes"
    if "block sequence entries" in said:
        yield line, column, "a list starts on the line below its key; write each item on its own line after '- '"
    yield from _comments(lines, error)
    for number, here in near:
        if sign := _SIGN.match(here):
            yield number, sign.start(1) + 1, starts_with(sign[1])
    if "expected ':'" in said and error.context_mark:
        place = error.context_mark.line + 1, error.context_mark.column + 1
        yield *place, "no 'key: value' here; write a colon and a space between key and value"
    if line > len(lines):
        # The file ended inside something; the complaint is about where that began, if libyaml knows.
        opened = error.context_mark if error.context_mark and error.context_mark.line < len(lines) else None
        place = (opened.line + 1, opened.column + 1) if opened else (len(lines), 1)
        yield *place, "a quote or bracket opened here or above is never closed; close it"
    here = near[0][1] if near else ""
    if "\t" in here[: len(here) - len(here.lstrip())]:
        yield line, column, "a tab indents this line; indent with spaces"
    if "mapping values are not allowed" in said:
        yield line, column, "a second ': ' is in this text; put the whole text in quotes"
    remedy = f"not YAML here: {said}; check indentation, quotes and brackets on this line and the one above"
    yield line, column, remedy


def _comments(lines: list[str], error: yaml.MarkedYAMLError) -> Iterator[Complaint]:
    mark = error.problem_mark
    if mark and "expected key" in str(error.problem) and (between := _comment_between(lines, mark.line + 1)):
        yield *between, "a comment is between the lines of a text and ends it; move the comment above the text's key"
    if hash_sign := _hash_sign(lines, error):
        yield *hash_sign, "YAML takes what follows ' #' as a comment; put the whole text in quotes"


def pasted_at(lines: list[str], number: int) -> Complaint | None:
    """Return what is wrong with a line that holds a pasted quote or space where YAML needs one of the keyboard."""
    found = _PASTED.match(lines[number - 1]) if 0 < number <= len(lines) else None
    return (number, found.start(1) + 1, pasted_words(found[1])) if found else None


def _comment_between(lines: list[str], number: int) -> Place | None:
    """Return the place of the first comment between a line and the text above it that it seems to go on with."""
    if number > len(lines) or _ENTRY.match(lines[number - 1]):
        return None
    place = None
    for above in range(number - 1, 0, -1):
        found = re.match(r"[ \t]*(#)", lines[above - 1]) or re.search(r" (# )", lines[above - 1])
        place = (above, found.start(1) + 1) if found else place
        if lines[above - 1].strip() and not (found and found.start() == 0):
            break
    return place


def _hash_sign(lines: list[str], error: yaml.MarkedYAMLError) -> Place | None:
    """Return the place of a ` #` in bare text that hid the rest of its line, a bracket or the text's next line."""
    mark = error.problem_mark
    last = min(mark.line + 1, len(lines)) if mark else 0
    first = error.context_mark.line if error.context_mark else last - 2
    for number in range(max(min(first, last - 1), last - 2, 0), last):
        found = re.search(r"(?:(?<=[^\s'\"]) |[\[{,] ?)(#[^ ])", lines[number])
        if found and not lines[number].lstrip().startswith("#"):
            return number + 1, found.start(1) + 1
    return None
