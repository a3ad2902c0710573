"""Notes of what is read while something is made: it is made again only once some of that differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")
# What of each owner, by its name, is not as it was.
Differing = Mapping[str, frozenset[str]]
# In place of a name: all that an owner has was read.
ALL = "*"


class ReadNotes:
    """What was read of each owner, and the notes of what was worked out once for several readers."""

    __slots__ = ("reads", "shared")

    def __init__(self) -> None:
        self.reads: dict[str, set[str]] = {}
        self.shared: set[ReadNotes] = set()

    def touched(self, by: Differing, known: dict[ReadNotes, bool]) -> bool:
        """Return whether something that was read differs; `known` holds what was answered of the same difference."""
        if self not in known:
            known[self] = any(not names.isdisjoint(self.reads.get(owner, ())) for owner, names in by.items()) or any(
                notes.touched(by, known) for notes in self.shared
            )
        return known[self]


_OPEN: ContextVar[ReadNotes | None] = ContextVar("notes", default=None)


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


def once(function: Callable[_P, _T], *, most: int | None = 1) -> Callable[_P, _T]:
    """Have `function` worked out once for what it is given, of which it keeps the last `most`, or all; whoever asks
    reads what it read. It is for what is asked of a book, where `lru_cache` would hide that.
    """
    kept: dict[object, tuple[_T, ReadNotes]] = {}

    @wraps(function)
    def ask(*given: _P.args, **named: _P.kwargs) -> _T:
        key = (given, tuple(named.items()))
        if key not in kept:
            with noting() as notes:
                made = function(*given, **named)
            kept[key] = made, notes
            if most and len(kept) > most:
                del kept[next(iter(kept))]
        made, notes = kept[key]
        share(notes)
        return made

    return ask
