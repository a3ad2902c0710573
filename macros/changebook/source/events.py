"""YAML events to plain values and their places, refusing what YAML offers beyond plain data.

One pass over libyaml's events, with a stack of our own: every scalar stays text until the model
types it. The events are read one by one, so a deep file is refused before it is built.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from changebook.characters import called, clipped, hidden_in, shown
from changebook.source.scalars import scalar_of, starts_with

DEPTH = 12
# How many values a file may hold: ten times what the largest list of a desk needs.
VALUES = 20_000

# What a quoted text needs no escape for, and what nobody means by one: tabs, signs that are not seen.
_ESCAPE = re.compile(r"\\(.)", re.S)
_NOT_MEANT = set("tabefv0r_NLP")

Step = str | int
Steps = tuple[Step, ...]
Place = tuple[int, int]
# A book that is read again, by a server after each save, has mostly the same files: the documents that were asked for
# last, by their text, and the last text of each file.
_KEPT: dict[str, YamlDocument] = {}
_LAST: dict[Path, str] = {}
_MOST = 256


@dataclass
class YamlDocument:
    """The values of one file, the place (line, column) of each value and key, and what is wrong with some of them.

    `spans` holds where each text begins and ends, as offsets into the file's text. `made` is what was made of this text
    and nothing else; see `Source.once`.
    """

    values: dict[str, Any] | None = None
    places: dict[Steps, Place] = field(default_factory=dict)
    spans: dict[Steps, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Steps, Place] = field(default_factory=dict)
    faults: list[tuple[Place, str]] = field(default_factory=list)
    made: dict[Hashable, Any] = field(default_factory=dict)


class RefusedError(Exception):
    """A file that is not read any further, from `place` on."""

    def __init__(self, event: Any, message: str) -> None:
        super().__init__(message)
        self.place = _place(event)


def read_document(text: str, path: Path | None = None) -> YamlDocument:
    """Return what `text` holds; raise RefusedError or yaml.MarkedYAMLError where it is not plain data.

    Whoever reads the same text is given the same document: nobody changes it. What the file at `path` held before is
    not kept.
    """
    if path and (before := _LAST.pop(path, text)) != text:
        _KEPT.pop(before, None)
    if not (document := _KEPT.pop(text, None)):
        reader = _Reader(text)
        reader.read()
        document = reader.document
    _KEPT[text] = document
    if path:
        _LAST[path] = text
    if len(_KEPT) > _MOST:
        del _KEPT[next(iter(_KEPT))]
    if len(_LAST) > _MOST:
        del _LAST[next(iter(_LAST))]
    return document


class _Reader:
    """Turn the events of one document into values, refusing what YAML offers beyond plain data."""

    def __init__(self, text: str) -> None:
        self.document = YamlDocument()
        self.text, self.values = text, 0
        # The parser's own classes say nothing of their fields.
        self.next: Callable[[], Any] = yaml.CSafeLoader(text).get_event

    def read(self) -> None:
        """Read the whole file."""
        documents = 0
        while not isinstance(event := self.next(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise RefusedError(event, "a second document begins here; keep one record per file")
                if event.version or event.tags:
                    raise RefusedError(event, "a % directive is not allowed; delete the line")
            elif isinstance(event, yaml.MappingStartEvent):
                self.document.places[()] = _place(event)
                self.document.values = self.mapping(event, (), 1)
            elif not isinstance(event, (yaml.StreamStartEvent, yaml.DocumentEndEvent)):
                raise RefusedError(event, "the file does not start with 'key: value'; see the handbook, First record")

    def mapping(self, start: Any, steps: Steps, depth: int) -> dict[str, Any]:
        """Read the keys and values up to the end of the mapping."""
        self.guard(start, depth)
        values: dict[str, Any] = {}
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            self.guard(event, depth)
            if not isinstance(event, yaml.ScalarEvent):
                bare = _place(event) == _place(start) and starts_with(self.text[event.start_mark.index])
                raise RefusedError(event, bare or "a key is a word, not a list or a mapping; write 'key: value'")
            if event.value == "<<" and not event.style:
                raise RefusedError(event, "merge keys (<<) are not allowed; write the keys out")
            key, inner = event.value, (*steps, event.value)
            place = _place(event)
            self.look(event)
            value = self.value(self.next(), inner, depth, in_flow_list=False)
            if key in values:
                first = self.document.keys[inner][0]
                message = f"the key {shown(key)} is here again, first on line {first}; keep one of the two"
                self.document.faults.append((place, message))
            else:
                values[key] = value
                self.document.keys[inner] = place
        return values

    def value(self, event: Any, steps: Steps, depth: int, *, in_flow_list: bool) -> Any:
        """Read one value of any shape."""
        self.guard(event, depth)
        self.values += 1
        if self.values > VALUES:
            raise RefusedError(event, f"more than {VALUES} values; keep what is used, or make two lists of it")
        self.document.places.setdefault(steps, _place(event))
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(event, steps, depth + 1)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(item := self.next(), yaml.SequenceEndEvent):
                items.append(self.value(item, (*steps, len(items)), depth + 1, in_flow_list=bool(event.flow_style)))
            return items
        self.document.spans.setdefault(steps, (event.start_mark.index, event.end_mark.index))
        self.look(event)
        return scalar_of(event, self.text, in_flow_list=in_flow_list)

    def look(self, event: Any) -> None:
        """Keep what an escape of a quoted text hides: the file itself was looked through before it was read."""
        if event.style != '"':
            return
        written = self.text[event.start_mark.index : event.end_mark.index]
        hidden = hidden_in(event.value)
        if character := hidden[0] if hidden and hidden[0] not in written else "\r" if "\r" in event.value else "":
            meant = ", or use single quotes if a backslash is meant" if ord(character) <= 0x9F else ""
            message = f"an escape makes {called(character)} here, which is invisible; delete it{meant}"
            self.document.faults.append((_place(event), message))
        elif path := _path_in(written):
            message = (
                f"in double quotes a backslash changes what follows, here {shown(path)}; use single quotes, "
                "or begin the text with | where lines end"
            )
            self.document.faults.append((_place(event), message))

    def guard(self, event: Any, depth: int) -> None:
        """Refuse aliases, anchors, tags and deep nesting."""
        if isinstance(event, yaml.AliasEvent):
            raise RefusedError(
                event,
                f"the alias *{clipped(str(event.anchor))} is not allowed; write the value out, or use quotes",
            )
        if event.anchor:
            raise RefusedError(event, f"the anchor &{clipped(event.anchor)} is not allowed; delete it, or use quotes")
        if event.tag:
            raise RefusedError(event, f"the tag {clipped(event.tag)} is not allowed; delete it, or use quotes")
        if depth > DEPTH:
            raise RefusedError(
                event, f"nested more than {DEPTH} deep; a record is never that deep, check the indentation"
            )


def _path_in(quoted: str) -> str:
    """Return the word of a text in double quotes in which a backslash can only be one of a path, or nothing."""
    for found in _ESCAPE.finditer(quoted):
        before, behind = quoted[: found.start()], quoted[found.end() :]
        # A line ends behind a full stop or the like; a path goes on with a letter.
        goes_on = re.search(r"(?:\w|\b[A-Za-z]:)$", before) and re.match(r"\w", behind)
        line_ends = found[1] == "n" and not before.endswith("\\n") and (goes_on or before.endswith(" "))
        if found[1] in _NOT_MEANT or line_ends:
            first = re.search(r"[^\s\"]*$", before)
            return (first[0] if first else "") + found[0] + re.split(r"[\s\"]", behind)[0]
    return ""


def _place(event: Any) -> Place:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1)
