"""Values as the YAML that a person would write: quoted only where YAML needs it, in the indent of their file."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import yaml

from changebook.editing.layout import Look
from changebook.source.events import RefusedError, read_document

# What can be put into a file: text, a day, a truth, a number, and lists and mappings of these.
Value = str | date | bool | int | Sequence["Value"] | Mapping[str, "Value"]
WIDE = 120


def is_single(value: Value) -> bool:
    """Return whether `value` is one text, day, truth or number, and no list or mapping."""
    return isinstance(value, str | date | int)


def as_read(value: Value) -> object:
    """Return `value` as `source` reads it back: all is text, in lists and dicts."""
    if isinstance(value, Mapping):
        return {key: as_read(inner) for key, inner in value.items()}
    if isinstance(value, str | date | int):
        return str(value).lower() if isinstance(value, bool) else str(value)
    return [as_read(inner) for inner in value]


def scalar_text(value: Value, *, like: str = "", flow: bool = False, item: bool = False) -> str:
    """Return a single value on one line: in the quotes that `like` has, else bare where it reads as the same.

    With `flow` it is inside brackets or braces, with `item` in a list there, whose prose is quoted.
    """
    text = str(as_read(value))
    if not isinstance(value, str):
        return text
    quote = like[:1] if like[:1] in ("'", '"') else ""
    if not quote and not (item and " " in text) and _reads_the_same(f"{{k: {text}}}" if flow else f"k: {text}", text):
        return text
    if quote == "'" or "\\" in text or ('"' in text and quote != '"'):
        return "'" + text.replace("'", "''") + "'"
    return '"' + text.replace('"', '\\"') + '"'


def flow_text(value: Value, *, item: bool = False) -> str:
    """Return a value on one line, for a place inside brackets or braces; `item` when it is one of a list."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow_text(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(flow_text(inner, item=True) for inner in value) + "]"
    return scalar_text(value, flow=True, item=item)


def entry_lines(key: str, value: Value, column: int, look: Look) -> list[str]:
    """Return the lines of `key: value` in a block, without the indent of the key, which is at `column`."""
    if isinstance(value, Mapping) and value:
        inner = (line for name, one in value.items() for line in entry_lines(name, one, column + look.keys, look))
        return [f"{key}:", *_deeper(inner, look.keys)]
    if isinstance(value, Sequence) and not isinstance(value, str) and not _are_words(value):
        items = (line for item in value for line in item_lines(item, column + look.dashes, look))
        return [f"{key}:", *_deeper(items, look.dashes)]
    if isinstance(value, Mapping) or (isinstance(value, Sequence) and not isinstance(value, str)):
        return [f"{key}: {flow_text(value)}"]
    first, *more = scalar_lines(value, column, look, before=len(key) + 2)
    return [f"{key}: {first}", *more]


def item_lines(item: Value, column: int, look: Look, *, written: bool = False) -> list[str]:
    """Return the lines of an item in a block list, without the indent of its dash, which is at `column`.

    With `written` the item is text that is YAML already.
    """
    if isinstance(item, Mapping):
        inside = column + look.items
        first, *more = [line for key, one in item.items() for line in entry_lines(key, one, inside, look)]
    else:
        first, more = str(item) if written else flow_text(item) if not is_single(item) else scalar_text(item), []
    return [f"-{' ' * (look.items - 1)}{first}", *_deeper(more, look.items)]


def scalar_lines(value: Value, column: int, look: Look, *, before: int, like: str = "") -> list[str]:
    """Return a single value behind a key at `column`, `before` columns further: folded where one line is too short,
    and as it is where it has several.
    """
    if isinstance(value, str) and "\n" in value.rstrip("\n"):
        return ["|" if value.endswith("\n") else "|-", *_deeper(value.rstrip("\n").split("\n"), look.keys)]
    line = scalar_text(value, like=like)
    words = str(value).split(" ")
    if column + before + len(line) <= WIDE or not isinstance(value, str) or "" in words or "\n" in value:
        return [line]
    width = max(WIDE - column - look.keys, 40)
    lines = textwrap.wrap(value, width, break_long_words=False, break_on_hyphens=False)
    return [">-", *_deeper(lines, look.keys)]


def _deeper(lines: Iterator[str] | list[str], columns: int) -> list[str]:
    return [" " * columns + line if line else "" for line in lines]


def _are_words(values: Sequence[Value]) -> bool:
    """Return whether a list goes on one line, as ids do."""
    return all(isinstance(value, str) and value and not set(" ,") & set(value) for value in values)


def _reads_the_same(line: str, text: str) -> bool:
    """Return whether `text` in a line of YAML is read as itself, with nothing to ask about how it is written."""
    try:
        values = read_document(f"{line}\n").values or {}
    except (yaml.YAMLError, RefusedError):
        return False
    return "\n" not in text and values == {"k": text} and type(values["k"]) is str
