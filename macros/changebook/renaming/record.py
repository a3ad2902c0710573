"""The record of a change under another name: its `name`, and the old one among `former_names`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from changebook.editing.files import Edit
from changebook.errors import ChangebookError
from changebook.model import Change
from changebook.source import Source
from changebook.source.scalars import retyped


def renamed(source: Source, change: Change, new: str) -> Iterator[Edit]:
    """Yield the edits that call the `change` read from `source` by the name `new`; raise where it is laid out oddly."""
    text = source.text
    start, end = source.spans[("name",)]
    if source.keys[("name",)][1] != 1:
        raise ChangebookError(f"{source.path}: the record is written in braces; write one key per line first")
    yield Edit(start, end, as_scalar(new, text[start:end]))
    if new.casefold() == change.name.casefold():
        # It is the same name to whoever types it, so there is no former one.
        return
    returned = [at for at, old in enumerate(change.former_names) if old.casefold() == new.casefold()]
    items = [source.spans[("former_names", at)] for at in range(len(change.former_names))]
    if returned:
        # The change gets a former name back: the two change places.
        start, end = items[returned[0]]
        yield Edit(start, end, as_scalar(change.name, text[start:end]))
    elif items:
        yield _appended(source, items[-1], change.name)
    elif ("former_names",) in source.places:
        raise ChangebookError(f"{source.path}: former_names is empty; delete the line first")
    else:
        line_end = _line_end(text, end)
        line = _newline(text)
        yield Edit(line_end, line_end, f"{line}former_names:{line}  - {as_scalar(change.name)}")


def _appended(source: Source, last: tuple[int, int], name: str) -> Edit:
    """Return the edit that adds `name` after the `last` item of the former names."""
    text, (start, end) = source.text, last
    before = text[text.rfind("\n", 0, start) + 1 : start]
    if before.strip() == "-":
        at = _line_end(text, end)
        return Edit(at, at, f"{_newline(text)}{before}{as_scalar(name)}")
    return Edit(end, end, f', "{name}"')


def as_scalar(name: str, instead_of: str = "") -> str:
    """Return `name` as YAML text: quoted as `instead_of`, which it replaces, else bare where YAML keeps it text."""
    quote = instead_of[:1] if instead_of[:1] in ("'", '"') else '"' if retyped(name) else ""
    return f"{quote}{name}{quote}"


def _line_end(text: str, start: int) -> int:
    found = re.compile(r"\r?\n|\Z").search(text, start)
    assert found
    return found.start()


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
