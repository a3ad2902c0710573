"""Where a change is mentioned by its name or its id, and what to write there under its new name."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass

from changebook.checks.references import references
from changebook.editing.files import Edit
from changebook.model import Change, Record
from changebook.naming.fields import texts
from changebook.naming.finder import NameFinder
from changebook.pages.reference import MACROS
from changebook.source import Source
from changebook.source.events import Steps

_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.S)
_WRAP = re.compile(r"[ \t]*\r?\n[ \t]*(?:[>#*]+[ \t]+|//[ \t]*)?")


@dataclass(frozen=True)
class Move:
    """A change's name and id before and after, and what finds names in text."""

    finder: NameFinder
    old_name: str
    new_name: str
    old_id: str
    new_id: str


def in_record(record: Record, source: Source, steps: tuple[str | int, ...], move: Move) -> Iterator[Edit]:
    """Yield the edits of every text of `record`, at `steps` in `source`, that mentions the change, and of its id."""
    for inner, table, term in references(record, steps):
        if table == "changes" and term == move.old_id:
            start, end = source.spans[inner]
            yield Edit(start, end, source.text[start:end].replace(term, move.new_id))
    for inner, text in texts(record, steps):
        if inner in source.spans and inner != ("name",) and (move.old_name.split()[0] in text or move.old_id in text):
            start, end = source.spans[inner]
            yield from _in_text(source.text, start, end, move)
    if isinstance(record, Change):
        links: list[tuple[Steps, str | None]] = [(("part_of",), record.part_of)]
        links += [(("depends_on", number), name) for number, name in enumerate(record.depends_on)]
        for inner, name in links:
            if name == move.old_id and inner in source.spans:
                start, end = source.spans[inner]
                at = source.text.index(move.old_id, start, end)  # it may be in quotes
                yield Edit(at, at + len(name), move.new_id)


def in_page(text: str, folder: str, move: Move) -> Iterator[Edit]:
    """Yield the edits of a hand-written page in `folder`, from the project's top: names, links, arguments of macros."""
    yield from _in_text(text, 0, len(text), move)
    if folder == "docs/changes":
        for link in re.finditer(rf"(?<=\]\()(?:\./)?{move.old_id}(?=[/)#])", text):
            yield Edit(link.end() - len(move.old_id), link.end(), move.new_id)
    others = "|".join(macro.__name__ for macro in MACROS if "change" not in inspect.signature(macro).parameters)
    quoted = re.compile(rf"""(?P<other>\b(?:{others})\(\s*)?(?P<quote>["'])(?P<id>{move.old_id})(?P=quote)""")
    for template in _TEMPLATE.finditer(text):
        for found in quoted.finditer(template[0]):
            if not found["other"]:
                yield Edit(template.start() + found.start("id"), template.start() + found.end("id"), move.new_id)


def _in_text(text: str, start: int, end: int, move: Move) -> Iterator[Edit]:
    """Yield the edits of names, and of addresses below `changes/`, in a part of `text`."""
    part = text[start:end]
    for found in move.finder.find(part):
        if found.why == "shared" and found.right == move.old_name:
            yield _named(part, start, found.start, found.end, move.new_name)
    for link in re.finditer(rf"(?<![\w-])changes/(?P<id>{move.old_id})(?![\w-])", part):
        yield Edit(start + link.start("id"), start + link.end("id"), move.new_id)


def _named(part: str, offset: int, start: int, end: int, name: str) -> Edit:
    """Return the edit that writes `name`; where the old one ran over a line's end, the new one goes after it."""
    wrap = _WRAP.search(part, start, end)
    if wrap and part[start - 1 : start] == " " and part[:start].rpartition("\n")[2].strip():
        return Edit(offset + start - 1, offset + end, f"{wrap[0].lstrip(' ')}{name}")
    return Edit(offset + start, offset + end, name)
