"""Every text of a record, found by the model, so that a new field is covered by itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from changebook.model import Record
from changebook.model.keys import keys_of, shape_at
from changebook.model.text import IDS
from changebook.source.events import Steps

# What others said, and what is typed into a search.
_QUOTED = frozenset({"callers_say", "keywords", "must_find", "former_names", "reported"})


def texts(record: Record, steps: Steps = (), *, old_words: bool = False) -> Iterator[tuple[Steps, str]]:
    """Yield every text in `record` with the steps to it, except ids; fields where old words belong if `old_words`."""
    for name, key in text_fields(type(record), old_words):
        value = getattr(record, name)
        if value:
            yield from _inside(value, (*steps, key), old_words)


def prose(record: Record) -> Iterator[tuple[Steps, str]]:
    """Yield every sentence that `record` says, with the steps to it: titles, lines, plain text and Markdown, and not
    what it quotes.
    """
    for steps, text in texts(record, old_words=True):
        keys = tuple(step for step in steps if isinstance(step, str))
        if is_sentence(type(record), keys) and _QUOTED.isdisjoint(keys):
            yield steps, text


@cache
def is_sentence(cls: type[Record], keys: tuple[str, ...]) -> bool:
    """Return whether the keys of a record of `cls` lead to a title, a line, plain text or Markdown."""
    shape = shape_at(cls, keys)
    return bool(shape and (shape.sentence or shape.name == "a title"))


def _inside(value: Any, steps: Steps, old_words: bool) -> Iterator[tuple[Steps, str]]:
    if isinstance(value, str):
        yield steps, value
    elif isinstance(value, Record):
        yield from texts(value, steps, old_words=old_words)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _inside(item, (*steps, index), old_words)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _inside(item, (*steps, key), old_words)


@cache
def text_fields(cls: type[Record], old_words: bool) -> tuple[tuple[str, str], ...]:
    """Return the fields of `cls` that hold text or further records, old words if `old_words`: name, key in a file."""
    return tuple(
        (key.name, key.key)
        for key in keys_of(cls)
        if (old_words or not key.old_words) and not key.table and key.shape != IDS and (key.inner or key.shape)
    )
