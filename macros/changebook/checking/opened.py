"""A book in which nothing was wrong, opened again without its records: one is read once something is asked of it.

What is kept follows from all bytes in the book's folder and from the images that may be shown, and holds for a time: on
its day, until a window begins.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import datetime, time, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from changebook.book import Book, Desk
from changebook.cache.clock import Holding
from changebook.cache.packing import BrokenError, pack, unpack
from changebook.cache.program import fingerprint, program
from changebook.cache.store import store
from changebook.checking.images import files_of_images
from changebook.checking.kept import KeptFile, from_bytes, key_of_file
from changebook.checking.later import Later
from changebook.checking.loading import load_book
from changebook.checking.private import docs_of
from changebook.errors import ChangebookError
from changebook.model import Change
from changebook.model.scalar import moment_in
from changebook.tickets.folder import TICKETS, tickets_in, with_todays_ids

# What results of a search say of a change. So many are read one by one; whoever asks for more is given all at once.
_AT_ONCE = ("id", "name", "status", "former_names")
_ONE_BY_ONE = 12


class Opened:
    """The book in `folder`, as far as it is known without reading it."""

    def __init__(self, folder: Path, today: str | None, clock: Callable[[], datetime]) -> None:
        self._folder, self._today, self._clock = folder, today, clock
        self._files = self._below()

    def book(self) -> Book | None:
        """Return the book as it was kept, None where it is another one now."""
        key, folder = self._key(), self._folder
        try:
            low, high, desk, rows, read, (plain_ok, not_read, dated) = unpack(store().get([key]).get(key, b""))
            settings = desk["settings"]
            pinned = moment_in(self._today, settings.zone) if self._today is not None else settings.today
            now = pinned or self._clock().astimezone(settings.zone)
            if not Holding(low, high).holds(now):
                return None
            keys = {
                name: key_of_file(Change, name, settings.zone, self._files[f"{name}.yaml"]) for _, (name, *_) in rows
            }
        except (BrokenError, ChangebookError, KeyError, TypeError, ValueError):
            return None
        records = _Records(keys, now, lambda: load_book(folder, today=self._today, clock=lambda: now).book)
        changes = {str(values[0]): _opened(given, values, records.said) for given, values in rows}
        undated = {
            str(values[0]): _opened(given, values, records.written) for given, values in rows if values[0] in dated
        }
        tickets, _ = tickets_in(folder / TICKETS, shown_as=folder / TICKETS)
        return Book(
            folder,
            Desk(**desk),
            changes,
            now,
            tickets=tuple(with_todays_ids(tickets, changes, settings)),
            plain_ok={folder / name: steps for name, steps in plain_ok.items()},
            not_read=not_read,
            undated=undated,
            digests={folder / name: self._files[name] for name in read},
        )

    def keep(self, book: Book) -> None:
        """Keep the book, in which nothing is wrong, unless its files were edited while it was read."""
        if not self._files or self._files != self._below():
            return
        day = datetime.combine(book.now.date(), time(), tzinfo=book.now.tzinfo)
        starts = [change.window.start for change in book.changes.values() if change.window]
        low = max([day, *(start for start in starts if start <= book.now)])
        high = min([day + timedelta(days=1), *(start for start in starts if start > book.now)])
        desk = {one.name: getattr(book.desk, one.name) for one in fields(Desk)}
        rows = [
            (tuple(sorted(change.model_fields_set)), [getattr(change, name) for name in _AT_ONCE])
            for change in book.changes.values()
        ]
        plain_ok = {self._name(path): steps for path, steps in book.plain_ok.items()}
        asides = plain_ok, dict(book.not_read), [*book.undated]
        value = low, high, desk, rows, [self._name(path) for path in book.digests], asides
        store().put({self._key(): pack(value)})

    def _below(self) -> dict[str, bytes]:
        try:
            return dict(_below(self._folder)) if store().folder else {}
        except OSError:
            return {}  # whoever reads the book says what is wrong

    def _key(self) -> bytes:
        images = (part for name, size in files_of_images(docs_of(self._folder)) for part in (name, str(size)))
        said = (part for name, digest in self._files.items() for part in (name, digest))
        return fingerprint("opened", program(), str(self._folder), *said, "", *images)

    def _name(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()


class _Records:
    """The records of a book at `now`, kept under `keys` by their ids; where one is gone, `load` reads the book."""

    def __init__(self, keys: Mapping[str, bytes], now: datetime, load: Callable[[], Book | None]) -> None:
        self._keys, self._now, self._load = keys, now, load
        self._kept: dict[str, KeptFile] = {}
        self.said, self.written = cache(self._said), cache(self._written)

    def _said(self, name: str) -> Change:
        """Return a change with the times of its window written in."""
        if not (kept := self._file(name)):
            return self._book.changes[name]
        return kept.said(self._now) if kept.dated else kept.record(Change)

    def _written(self, name: str) -> Change:
        """Return a change as its file says it."""
        kept = self._file(name)
        return kept.record(Change) if kept else self._book.undated[name]

    def _file(self, name: str) -> KeptFile | None:
        if name not in self._kept:
            names = [name] if len(self._kept) < _ONE_BY_ONE else self._keys
            found = store().get(self._keys[one] for one in names)
            read = {one: from_bytes(found.get(self._keys[one], b"")) for one in names}
            self._kept |= {one: kept for one, kept in read.items() if kept}
        return self._kept.get(name)

    @cached_property
    def _book(self) -> Book:
        book = self._load()
        assert book  # nothing was wrong in it
        return book


def _opened(given: Iterable[str], values: list[Any], record: Callable[[str], Change]) -> Change:
    left = {name: b"" for name in Change.model_fields if name not in _AT_ONCE}
    at_once = dict(zip(_AT_ONCE, values, strict=True))
    return Later.of(at_once, given, left, lambda name, _: getattr(record(str(values[0])), name))


def _below(folder: Path, above: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield all that lies in a book's folder, by its name, with a digest of what it says: of a file, its bytes."""
    for entry in sorted(os.scandir(folder), key=lambda one: one.name):
        name = f"{above}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield name, b"folder"
            yield from _below(folder / entry.name, f"{name}/")
        else:
            is_file = entry.is_file(follow_symlinks=False)
            yield name, fingerprint(Path(entry.path).read_bytes()) if is_file else b"no file"
