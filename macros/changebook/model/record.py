"""The base of all records, and what is known of each of their fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from changebook.model.text import Id

Readers = Literal["everyone", "desk"]


class Record(BaseModel):
    """A frozen record that refuses keys it does not know."""

    model_config = ConfigDict(
        # What reads a record is built when the first one is read: most commands read few kinds, or none.
        frozen=True,
        extra="forbid",
        populate_by_name=False,
        defer_build=True,
    )


class Entry(Record):
    """A record with an id: the name of its file, or the key above it."""

    id: Id


def field(
    description: str,
    *,
    readers: Readers = "everyone",
    default: Any = ...,
    alias: str | None = None,
    old_words: bool = False,
) -> Any:
    """Return a field with its description and who reads it; without `default` it is required.

    With `old_words` it may hold former names: it says what people say or search, or how things were.
    """
    extra: dict[str, Any] = {"readers": readers, **({"old_words": True} if old_words else {})}
    return Field(default, description=description, alias=alias, json_schema_extra=extra)


def readers_of(info: FieldInfo) -> str:
    """Return who reads a field: `everyone` (staff and partners too) or `desk`."""
    extra = info.json_schema_extra
    return str(extra.get("readers", "everyone")) if isinstance(extra, dict) else "everyone"


def takes_old_words(info: FieldInfo) -> bool:
    """Return whether a field may hold former names."""
    extra = info.json_schema_extra
    return isinstance(extra, dict) and bool(extra.get("old_words"))


def key_of(name: str, info: FieldInfo) -> str:
    """Return the key that a file uses for a field: Python keywords such as `from` have an alias."""
    return info.alias or name


def record_in(annotation: Any) -> type[Record] | None:
    """Return the record class that an annotation holds, looking through lists, mappings and `None`."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    for part in get_args(annotation):
        if found := record_in(part):
            return found
    return None


def marks_in(annotation: Any, mark: type) -> Iterator[Any]:
    """Yield the marks of class `mark` that an annotation carries, at any depth."""
    for part in get_args(annotation):
        if isinstance(part, mark):
            yield part
        else:
            yield from marks_in(part, mark)
