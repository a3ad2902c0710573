"""What is written above a hand-written page, between its two lines of dashes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from changebook.characters import clipped
from changebook.source.events import DEPTH

_FRONT = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.S)
_OPENS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_CLOSES = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


class _UnreadableError(Exception):
    """Front matter that is not read: it cannot be, or a few lines of it would fill the memory."""


def front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Return the front matter of a page, empty where it has none that can be read, and the text below it.

    What cannot be read is told by `wrong_front_matter`, and is no text either: nobody renders thousands of brackets.
    """
    if found := _FRONT.match(text):
        try:
            meta = _read(found[1])
        except _UnreadableError:
            meta = {}
        if isinstance(meta, dict):
            return meta, text[found.end() :].lstrip("\n")
    return {}, text


def wrong_front_matter(text: str) -> Iterator[str]:
    """Yield why the front matter of a page cannot be read: MkDocs would show it as text, and say nothing."""
    if found := _FRONT.match(text.removeprefix("\ufeff")):
        try:
            _read(found[1])
        except _UnreadableError as error:
            yield f"the lines between the two --- cannot be read: {error}; correct or delete them"


def _read(front: str) -> Any:
    try:
        _refuse_bombs(front)
        return yaml.safe_load(front)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # The first line of the file is the one with the dashes.
        where = f"line {mark.line + 2}: " if mark else ""
        raise _UnreadableError(f"{where}{error.problem or 'not YAML'}") from error
    except _UnreadableError:
        raise
    except Exception as error:  # PyYAML raises all kinds of errors for a date or a number that is none, as MkDocs knows
        raise _UnreadableError(clipped(str(error)) or type(error).__name__) from error


def _refuse_bombs(front: str) -> None:
    """Raise _UnreadableError where front matter repeats itself by aliases, or nests too deep."""
    depth = 0
    for event in yaml.parse(front, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _UnreadableError(f"the alias *{clipped(str(event.anchor))} is not allowed, write the value out")
        depth += isinstance(event, _OPENS) - isinstance(event, _CLOSES)
        if depth > DEPTH:
            raise _UnreadableError(f"nested more than {DEPTH} deep")
