"""How a value was written in a YAML file, where that may not be what its author meant."""

from __future__ import annotations

import re
from typing import Any

import yaml

from changebook.characters import SPACES

# YAML 1.1 as PyYAML resolves it, what 1.1 says beyond that (y, n), and the numbers of YAML 1.2.
_RESOLVERS: dict[str, list[tuple[str, re.Pattern[str]]]] = yaml.SafeLoader.yaml_implicit_resolvers
_WORDS = {"bool": "true or false", "int": "a number", "float": "a number", "null": "nothing", "timestamp": "a date"}
_MORE = re.compile(r"(?P<bool>[yYnN])|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+)")
# A comment that is told apart from text: two spaces before it and one after, or an excuse; see `naming.excuses`.
_COMMENT = re.compile(r"(?:[ \t]{2,}#[ \t]+\S|[ \t]+#[ \t]*(?:name|plain|privacy)-ok\b)")
_CUT = re.compile(r"[ \t]+(#[^\r\n]*)")
# Behind a quote, and behind the mark of a block, a comment is one that has a space on both sides of its #.
_CUT_BEHIND_QUOTE = re.compile(r"[ \t]*(#(?:[^\s#][^\r\n]*|[ \t]*(?=\r?\n|$)))")
_CUT_BEHIND_MARK = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\s#][^\r\n]*)")
# How a line begins that is an item of a list, a row of a table, a heading or a fence.
_ITEM = re.compile(
    r"\n[ \t]*((?:[-*+\u2022\u2023\u25aa\u2013]|[0-9]{1,3}[.)]|#{1,6})[ \t]+\S[^\r\n]*|\|[^\r\n]*\||```[^\r\n]*)"
)
# Where a space of the keyboard would have made a key or an indent.
_FOREIGN_SPACE = re.compile(rf"(?:\n[ \t]*|(?<![^\s])(?:-|[a-z_]+:))([{SPACES}])")
_QUOTES = {
    "\u201c": "\u201d",
    "\u2018": "\u2019",
    "\u201e": "\u201c\u201d",
    "\u201a": "\u2018\u2019",
    "\u00ab": "\u00bb",
}


class Scalar(str):
    """Text that was written so that it may not be what its author meant.

    `reads_as` says what YAML would turn it into ("" when it would not). `in_flow_list` is set for a
    bare item of `[a, b]`, which a comma would have split. `cut` is what came after it and was taken as a comment,
    `joined` a line of a list or table that was joined to the one above, `pasted` a character that only looks like
    a quote or a space that YAML knows; each is "" where there is none.
    """

    reads_as: str
    in_flow_list: bool
    cut: str
    joined: str
    pasted: str

    def __new__(cls, text: str, *, in_flow_list: bool = False, **found: str) -> Scalar:
        """Return `text` with what is known of how it was written."""
        self = super().__new__(cls, text)
        self.in_flow_list = in_flow_list
        self.reads_as, self.cut = found.get("reads_as", ""), found.get("cut", "")
        self.joined, self.pasted = found.get("joined", ""), found.get("pasted", "")
        return self


def scalar_of(event: Any, file: str, *, in_flow_list: bool) -> str:
    """Return the text of libyaml's scalar `event` in the text `file`: a Scalar where its writing tells something."""
    text: str = event.value
    joined, cut = _joined(event, file), _cut(event, file)
    if event.style:
        return Scalar(text, joined=joined, cut=cut) if joined or cut else text
    reads_as, pasted = retyped(text), _pasted(event, file)
    if not (in_flow_list or joined or cut or reads_as or pasted):
        return text
    return Scalar(text, in_flow_list=in_flow_list, joined=joined, cut=cut, reads_as=reads_as, pasted=pasted)


def retyped(text: str) -> str:
    """Return what YAML 1.1 or 1.2 would make of the bare scalar `text`, or "" when it stays text."""
    if not text:
        return "nothing"
    # What 1.1 and 1.2 say beyond it begins with the same characters.
    if not (rules := _RESOLVERS.get(text[0])):
        return ""
    for tag, pattern in rules:
        if pattern.match(text) and (word := _WORDS.get(tag.rpartition(":")[2])):
            return word
    if found := _MORE.fullmatch(text):
        return _WORDS[found.lastgroup or "float"]
    return ""


def starts_with(sign: str) -> str:
    """Return what is wrong with a bare text that begins with a sign of YAML's own."""
    return f"a text cannot start with {sign}; put the whole text in quotes"


def _cut(event: Any, file: str) -> str:
    """Return what follows a text on its line and was taken as a comment, unless it is written as one."""
    if event.style in ("|", ">"):
        found = _CUT_BEHIND_MARK.match(file, event.start_mark.index)
    elif event.style:
        found = _CUT_BEHIND_QUOTE.match(file, event.end_mark.index)
    else:
        found = _CUT.match(file, event.end_mark.index)
    return found[1].rstrip() if found and not (not event.style and _COMMENT.match(found[0])) else ""


def _joined(event: Any, file: str) -> str:
    """Return the first line of a list or a table that YAML joined to the line above it."""
    if event.style == "|" or event.start_mark.line == event.end_mark.line:
        return ""
    lines = {line.strip() for line in event.value.split("\n")}
    raw = file[event.start_mark.index : event.end_mark.index]
    items = (found[1].strip() for found in _ITEM.finditer(raw))
    return next((item for item in items if item not in lines), "")


def _pasted(event: Any, file: str) -> str:
    """Return the curly quote that a bare text is wrapped in, or the wide space after its key or before a line."""
    text = event.value
    if text.isascii():
        return ""
    closing = _QUOTES.get(text[:1], "") if len(text) > 1 else ""
    if closing and text[-1] in closing and not any(mark in text[1:-1] for mark in text[0] + closing):
        return str(text[0])
    found = _FOREIGN_SPACE.search(file, event.start_mark.index, event.end_mark.index)
    return found[1] if found and (found.start() == event.start_mark.index or "\n" in found[0]) else ""
