"""How much Markdown one text may hold: no more than is turned into a page within a moment, however it is nested.

Python-Markdown calls itself for what is nested, and looks for the end of every bracket, and of code between several
back-ticks, up to the end of the text.
"""

from __future__ import annotations

import re

CHARACTERS = 8_000
LINES = 300
BRACKETS = 60
FENCES = 60
NESTED = 6
_INDENT = 4
# The quotes, items and notes that a line opens. A line of the same marks alone is a rule, which holds nothing.
_OPENS = re.compile(r"[ \t]*((?:>[ \t]*|(?:[-*+]|[0-9]+[.)]|!!!)(?:[ \t]+|$))+)")
_MARK = re.compile(r">|[-*+]|[0-9]+[.)]|!!!")
_RULE = re.compile(r"[ ]{0,3}([-*_])(?:[ ]{0,2}\1){2,}[ ]*")


def markdown_fault(text: str) -> str | None:
    """Return why `text` is more Markdown than one text may hold, with the remedy, or None when it is not."""
    lines = text.split("\n")
    if len(text) > CHARACTERS:
        return f"{len(text)} characters, {CHARACTERS} at most; move the rest to a page in docs/"
    if len(lines) > LINES:
        return f"{len(lines)} lines, {LINES} at most; move the rest to a page in docs/"
    if (brackets := text.count("[")) > BRACKETS:
        return f"{brackets} opening brackets, {BRACKETS} at most; move the rest to a page in docs/"
    if (fences := len(re.findall("``+", text))) > FENCES:
        return f"{fences} runs of back-ticks, {FENCES} at most; put code in single back-ticks, or in a page in docs/"
    deep = next((number for number, line in enumerate(lines, 1) if _depth(line) > NESTED), None)
    return f"line {deep} of the text is nested more than {NESTED} deep; nest it less" if deep else None


def _depth(line: str) -> int:
    """Return how deep a line's text is nested in quotes, lists and notes."""
    opened = _OPENS.match(line)
    if not opened or _RULE.fullmatch(line):
        return 0
    indent = len(line.expandtabs(_INDENT)) - len(line.expandtabs(_INDENT).lstrip())
    return indent // _INDENT + len(_MARK.findall(opened[1]))
