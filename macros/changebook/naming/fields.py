"""Every text of a record, found by the model, so that a new field is covered by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any

from changebook.model import Record
from changebook.model.keys import keys_of, shape_at
from changebook.model.text import IDS
from changebook.source.events import Steps

# What others said, and what is typed into a search.
_QUOTED = frozenset({"callers_say", "keywords", "must_find", "former_names", "reported"})

# Between texts that are searched at once: it is in none, so that no name is found across two of them.
BREAK = "\n\x00\n"


def texts(record: Record, steps: Steps = (), *, old_words: bool = False) -> list[tuple[Steps, str]]:
    """Return every text in `record` with the steps to it, except ids; fields where old words belong if `old_words`."""
    found: list[tuple[Steps, str]] = []
    _gather(record, steps, found, old_words=old_words)
    return found


def prose(record: Record) -> Iterator[tuple[Steps, str]]:
    """Yield every sentence that `record` says, with the steps to it: titles, lines, plain text and Markdown, and not
    what it quotes.
    """
    cls = type(record)
    return (found for found in texts(record, old_words=True) if _says_a_sentence(cls, found[0]))


@lru_cache(maxsize=1 << 14)  # records are long in the same places
def _says_a_sentence(cls: type[Record], steps: Steps) -> bool:
    keys = tuple(step for step in steps if isinstance(step, str))
    return is_sentence(cls, keys) and _QUOTED.isdisjoint(keys)


@cache
def is_sentence(cls: type[Record], keys: tuple[str, ...]) -> bool:
    """Return whether the keys of a record of `cls` lead to a title, a line, plain text or Markdown."""
    shape = shape_at(cls, keys)
    return bool(shape and (shape.sentence or shape.name == "a title"))


def _gather(value: Any, steps: Steps, found: list[tuple[Steps, str]], *, old_words: bool) -> None:
    inner: Iterable[tuple[str | int, Any]] = ()
    if isinstance(value, Record):
        named = text_fields(type(value), old_words)
        inner = [(key, item) for name, key in named if (item := getattr(value, name))]
    elif isinstance(value, tuple):
        inner = enumerate(value)
    elif isinstance(value, dict):
        inner = value.items()
    # Texts are most of what there is.
    for step, item in inner:
        if isinstance(item, str):
            found.append(((*steps, step), item))
        else:
            _gather(item, (*steps, step), found, old_words=old_words)


@cache
def text_fields(cls: type[Record], old_words: bool) -> tuple[tuple[str, str], ...]:
    """Return the fields of `cls` that hold text or further records, old words if `old_words`: name, key in a file."""
    return tuple(
        (key.name, key.key)
        for key in keys_of(cls)
        if (old_words or not key.old_words) and not key.table and key.shape != IDS and (key.inner or key.shape)
    )
