"""Values put into a record: each edit is read back, and is refused where it says anything else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from changebook.editing.files import BYTE_ORDER_MARK, Edit, FileEdit, edited
from changebook.editing.layout import Layout
from changebook.editing.lines import Value, as_read
from changebook.editing.places import appended, prepended, put
from changebook.editing.removal import removed
from changebook.errors import BookError, ChangebookError
from changebook.model import Record
from changebook.model.reading import dotted
from changebook.source import Source, read_source
from changebook.source.events import Steps


@dataclass(frozen=True)
class Put:
    """Let the value at `steps` be `value`; keys that are missing are added, in the order of the model.

    A list or keys and values are put only where there are none yet.
    """

    steps: Steps
    value: Value


@dataclass(frozen=True)
class Append:
    """Add `value` at the end of the list at `steps`; a list that is missing is added."""

    steps: Steps
    value: Value


@dataclass(frozen=True)
class Prepend:
    """Add `value` before all others in the list at `steps`; a list that is missing is added."""

    steps: Steps
    value: Value


@dataclass(frozen=True)
class Remove:
    """Take the key at `steps` away, with its value."""

    steps: Steps


Action = Put | Append | Prepend | Remove


def record_edit(file: Path, actions: Sequence[Action], cls: type[Record], *, first: Iterable[Edit] = ()) -> FileEdit:
    """Return the edit that makes `actions`, one after the other, in `file`, which holds a record of `cls`; `first` are
    edits of its text that are made before.

    Raises what `revised_text` raises, and OSError when the file cannot be read.
    """
    before = file.read_bytes()
    mark = BYTE_ORDER_MARK if before.startswith(BYTE_ORDER_MARK) else b""
    text = revised_text(edited(before.decode("utf-8-sig"), first), actions, cls, path=file)
    return FileEdit(file, file, before, mark + text.encode("utf-8"))


def revised_text(text: str, actions: Sequence[Action], cls: type[Record], *, path: Path) -> str:
    """Return `text`, a record of `cls` in the file `path`, with `actions` made; all else is as it was, byte for byte.

    Raises BookError when the text cannot be read as it is, ChangebookError when an edit cannot be made or would
    not be read as what was asked for.
    """
    values = _read(text, path)
    for action in actions:
        try:
            wanted = _after(values, action.steps, action)
        except _InTheWayError as error:
            raise _by_hand(path, action, str(error)) from error
        if wanted == values:
            continue
        if not (edits := list(edits_of(Layout(text), action, cls))):
            raise _by_hand(path, action, "a list, or keys and values, are there already")
        try:
            new = edited(text, edits)
            found = _read(new, path)
        except BookError as error:
            raise _by_hand(path, action, error.problems[0].message) from error
        if found != wanted:
            raise _by_hand(path, action, "the lines around it are laid out unusually")
        text, values = new, found
    return text


def edits_of(layout: Layout, action: Action, cls: type[Record]) -> Iterator[Edit]:
    """Yield the edits of a text with `layout` that make `action`."""
    if isinstance(action, Remove):
        yield from removed(layout, action.steps)
        return
    makers: dict[type[Action], Callable[[Layout, Steps, Value, type[Record]], Iterator[Edit]]]
    makers = {Put: put, Append: appended, Prepend: prepended}
    yield from makers[type(action)](layout, action.steps, action.value, cls)


def _read(text: str, path: Path) -> dict[str, Any]:
    source = read_source(text, Source(path))
    if source.problems or source.values is None:
        raise BookError(source.problems)
    return source.values


class _InTheWayError(Exception):
    """Something of another shape is where an edit leads."""


def _after(value: Any, steps: Steps, action: Action) -> Any:
    """Return `value`, None where nothing is, as it is after `action` at `steps` inside it."""
    if not steps:
        if isinstance(action, Put):
            return as_read(action.value)
        assert not isinstance(action, Remove)  # what is removed is a key
        if value and not isinstance(value, list):
            raise _InTheWayError("it is no list")
        added = [as_read(action.value)]
        return [*added, *(value or [])] if isinstance(action, Prepend) else [*(value or []), *added]
    step, rest = steps[0], steps[1:]
    if isinstance(action, Remove) and not rest:
        return {key: inner for key, inner in (value or {}).items() if key != step}
    if isinstance(step, int):
        if not isinstance(value, list) or step >= len(value):
            raise _InTheWayError(f"there is no item {step}")
        return [*value[:step], _after(value[step], rest, action), *value[step + 1 :]]
    if value and not isinstance(value, dict):
        raise _InTheWayError("there are no keys and values")
    inner = value or {}
    return {**inner, step: _after(inner.get(step), rest, action)}


def _by_hand(path: Path, action: Action, why: str) -> ChangebookError:
    where = f"{path}: {dotted(action.steps)}"
    return ChangebookError(f"{where} cannot be edited by this command: {why}; nothing was changed, edit it by hand")
