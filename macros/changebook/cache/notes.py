"""Notes of what is read while something is made: it is made again only once some of that differs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import wraps
from pkgutil import resolve_name
from typing import ParamSpec, TypeVar

from changebook.cache.clock import Holding

_P = ParamSpec("_P")
_T = TypeVar("_T")
# What of each owner, by its name, is not as it was.
Differing = Mapping[str, frozenset[str]]
# In place of a name: all that an owner has was read.
ALL = "*"
_OURS = re.compile(r"changebook(\.[a-z_]+)+:[A-Za-z_]+")


class ReadNotes:
    """What was read of each owner, and the notes of what was worked out once for several readers.

    `label` says how that is asked for again: a function, and the words that it is given besides the book. `span` holds
    what was asked of the moment, if it is one that notes it; see `NotedSpan`.
    """

    __slots__ = ("label", "reads", "shared", "span")

    def __init__(self, label: str = "") -> None:
        self.label = label
        self.reads: dict[str, set[str]] = {}
        self.shared: set[ReadNotes] = set()
        self.span: Holding | None = None

    def touched(self, by: Differing, known: dict[ReadNotes, bool]) -> bool:
        """Return whether something that was read differs; `known` holds what was answered of the same difference."""
        if self not in known:
            known[self] = any(not names.isdisjoint(self.reads.get(owner, ())) for owner, names in by.items()) or any(
                notes.touched(by, known) for notes in self.shared
            )
        return known[self]


_OPEN: ContextVar[ReadNotes | None] = ContextVar("notes", default=None)


class NotedSpan(Holding):
    """A span that is noted for whatever is being made."""

    def begins(self, moment: datetime) -> None:
        """Note that no earlier moment than this is answered the same."""
        if span := _open_span():
            span.begins(moment)

    def ends(self, moment: datetime) -> None:
        """Note that this moment is answered otherwise."""
        if span := _open_span():
            span.ends(moment)

    def pin(self) -> None:
        """Note that no other moment is answered the same."""
        if span := _open_span():
            span.pin()


def _open_span() -> Holding | None:
    if (notes := _OPEN.get()) is None:
        return None
    notes.span = notes.span or Holding()
    return notes.span


def note_read(owner: str, name: str) -> None:
    """Note that `name` of `owner` is read, for whatever is being made."""
    if (notes := _OPEN.get()) is not None:
        try:
            notes.reads[owner].add(name)
        except KeyError:
            notes.reads[owner] = {name}


def share(notes: ReadNotes) -> None:
    """Note that what is being made reads what was made with these `notes`."""
    if (reader := _OPEN.get()) is not None:
        reader.shared.add(notes)


def begin(notes: ReadNotes | None) -> None:
    """Note what is read from here on in `notes`, None to note no more: for what is made from one event to another."""
    _OPEN.set(notes)


@contextmanager
def noting(notes: ReadNotes | None = None) -> Iterator[ReadNotes]:
    """Note what is read from here on, in `notes` if these were begun before, and not for what is made around it."""
    notes = ReadNotes() if notes is None else notes
    before = _OPEN.set(notes)
    try:
        yield notes
    finally:
        _OPEN.reset(before)


def label_of(function: Callable[..., object], *words: str) -> str:
    """Return the label of what `function` makes of a book and `words`."""
    return " ".join((f"{function.__module__}:{function.__qualname__}", *words))


def asked_again(function: Callable[_P, _T]) -> Callable[_P, _T]:
    """Let `function` be found by its label."""
    function.label = label_of(function)  # type: ignore[attr-defined]
    return function


def known_by(label: str) -> Callable[..., object]:
    """Return the function of a label, which may be read from a file: no other is ever looked up. Raises LookupError."""
    name = label.partition(" ")[0]
    found: Callable[..., object] | None = resolve_name(name) if _OURS.fullmatch(name) else None
    if not found or getattr(found, "label", None) != name:
        raise LookupError(f"{name!r} is no label")
    return found


def once(function: Callable[_P, _T], *, most: int | None = 1) -> Callable[_P, _T]:
    """Have `function` worked out once for what it is given, of which it keeps the last `most`, or all; whoever asks
    reads what it read. It is for what is asked of a book, where `lru_cache` would hide that.
    """
    kept: dict[object, tuple[_T, ReadNotes]] = {}

    @asked_again
    @wraps(function)
    def ask(*given: _P.args, **named: _P.kwargs) -> _T:
        key = (given, tuple(named.items()))
        if key not in kept:
            words = [word for word in given[1:] if isinstance(word, str)]
            label = label_of(function, *words) if len(words) + 1 == len(given) and not named else ""
            with noting(ReadNotes(label)) as notes:
                made = function(*given, **named)
            kept[key] = made, notes
            if most and len(kept) > most:
                del kept[next(iter(kept))]
        made, notes = kept[key]
        share(notes)
        return made

    return ask
