"""What is known of each key of a record, read from the model once: for the schema, the scaffold and the handbook."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from annotated_types import MinLen
from pydantic.fields import FieldInfo

from changebook.model.reading import literal_terms
from changebook.model.record import Record, key_of, marks_in, readers_of, record_in, takes_old_words
from changebook.model.shape import Ref, Shape


@dataclass(frozen=True)
class Key:
    """A key of a record: the field's `name` in Python, the `key` in a file, what it holds and who reads it.

    A value is text of a `shape`, one of `terms`, an entry of the desk's list `table`, or keys and values of `inner`;
    `many` means a list of them, of at least `least`, and `named` a mapping from words to them.
    """

    name: str
    key: str
    about: str
    required: bool
    readers: str
    old_words: bool
    own: bool
    shape: Shape | None
    terms: tuple[str, ...]
    table: str
    inner: type[Record] | None
    many: bool
    named: bool
    least: int


@cache
def keys_of(cls: type[Record]) -> tuple[Key, ...]:
    """Return the keys that a file may hold for a record of `cls`, in the model's order; an id is no key."""
    return tuple(_key(cls, name, info) for name, info in cls.model_fields.items() if name != "id")


@cache
def shape_at(cls: type[Record], path: tuple[str, ...]) -> Shape | None:
    """Return the shape of the text in a record of `cls` that the keys of `path` lead to; None if it has none."""
    key = next((key for key in keys_of(cls) if path and key.key == path[0]), None)
    if not key or not key.inner:
        return key.shape if key else None
    # The words that a mapping gives to its entries are no keys of the model.
    return shape_at(key.inner, path[2:] if key.named else path[1:])


def _key(cls: type[Record], name: str, info: FieldInfo) -> Key:
    kind, shapes = str(info.annotation), _marks(info, Shape)
    return Key(
        name=name,
        key=key_of(name, info),
        about=info.description or "",
        required=info.is_required(),
        readers=readers_of(info),
        old_words=takes_old_words(info),
        own=name in cls.__annotations__,
        shape=shapes[-1] if shapes else None,
        terms=literal_terms(info.annotation),
        table=next((mark.table for mark in _marks(info, Ref)), ""),
        inner=record_in(info.annotation),
        many=kind.startswith("tuple"),
        named=kind.startswith("dict"),
        least=next((mark.min_length for mark in _marks(info, MinLen)), 0),
    )


def _marks(info: FieldInfo, mark: type) -> list[Any]:
    """Return the marks of class `mark` that a field carries, its own before those of what it holds."""
    return [found for found in info.metadata if isinstance(found, mark)] or list(marks_in(info.annotation, mark))
