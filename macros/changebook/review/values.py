"""Digests of what was worked out of a book, the same in each process."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta, tzinfo
from enum import Enum
from pathlib import PurePath
from typing import Any

from changebook.book import Book
from changebook.cache.clock import Watched
from changebook.cache.program import fingerprint
from changebook.model import Change, Record

_PLAIN = (str, bytes, int, float, date, time, timedelta, tzinfo, PurePath, re.Pattern, Enum, type(None))


class _UnknownError(Exception):
    """A value that is not known to be nothing but what it shows."""


def value_digest(value: object, book: Book) -> bytes | None:
    """Return a digest of what was worked out of `book`, None of what has none.

    A change in it counts by its id, and a watched moment by how far from now it is: whoever asks them notes that.
    """
    try:
        return fingerprint(*_said(value, book))
    except _UnknownError:
        return None


def _said(value: object, book: Book) -> Iterator[str]:
    """Yield what tells a value from every other: what it is, how many parts it has, and these."""
    yield type(value).__name__
    if isinstance(value, Watched):
        yield repr(value.shift)
    elif isinstance(value, _PLAIN):
        yield repr(value)
    elif isinstance(value, Change):
        if value is not book.changes.get(value.id):
            raise _UnknownError
        yield value.id
    else:
        parts = _parts(value, book)
        yield str(len(parts))
        for part in parts:
            yield from _said(part, book)


def _parts(value: Any, book: Book) -> list[Any]:
    if isinstance(value, tuple | list):
        return [*value]
    if isinstance(value, dict):
        return [part for item in value.items() for part in item]
    if isinstance(value, Set):
        return sorted([*_said(item, book)] for item in value)
    if isinstance(value, Record):
        return [part for name in type(value).model_fields for part in (name, getattr(value, name))]
    if is_dataclass(value) and not isinstance(value, Book):
        return [getattr(value, field.name) for field in fields(value)]
    raise _UnknownError
