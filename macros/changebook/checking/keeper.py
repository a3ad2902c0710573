"""Records' files, each read once: what was read before comes from the cache of whoever works here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from changebook.cache.program import fingerprint, program
from changebook.cache.store import store
from changebook.checking.kept import KeptFile, as_bytes, from_bytes, key_of_file, outline_of
from changebook.checking.private import phones_of_file, private_in_file
from changebook.errors import BY_PLACE, Problem
from changebook.model import Change, Record
from changebook.naming.excuses import excused_steps, excuses_without_reason
from changebook.privacy.hushing import hushed_problems
from changebook.render.dated import dated
from changebook.source import DESK_BYTES, RECORD_BYTES, Source, load_source
from changebook.source.entries import is_file
from changebook.source.events import Steps
from changebook.source.places import kept_lines

if TYPE_CHECKING:
    from changebook.privacy.check import Refused


@dataclass(frozen=True)
class ReadFile:
    """What is asked of a file after its record was read. Its values and their places are left out: they take ten times
    the memory of its text.
    """

    path: Path
    text: str
    digest: bytes
    phones: frozenset[str]
    excused: frozenset[Steps]
    lines: Mapping[Steps, int]

    @classmethod
    def of(cls, source: Source) -> ReadFile:
        """Return what is asked of a file that was read as `source`."""
        digest, phones = fingerprint(source.data), phones_of_file(source)
        return cls(source.path, source.text, digest, phones, excused_steps(source), kept_lines(source))


class Keeper:
    """What is known of the files of one book: some were `opened` now, some `kept` before."""

    def __init__(self) -> None:
        self.opened: list[ReadFile] = []
        self.kept: dict[Path, KeptFile] = {}
        self._store = store()
        self._said: dict[Path, bytes] = {}
        self._files: dict[Path, Path] = {}
        self._fresh: dict[Path, tuple[bytes, bytes]] = {}

    def look_up(
        self, files: Iterable[tuple[type[Record], Path, Path]], zone: ZoneInfo | None, limit: int = RECORD_BYTES
    ) -> None:
        """Look up which of the `files` were read before: each as records of a class, and with its name in problems."""
        keys = {}
        for cls, file, shown in files if self._store.folder else ():
            if is_file(file) and len(data := _bytes_of(file, limit)) <= limit:
                self._said[shown], self._files[shown] = fingerprint(data), file
                keys[shown] = key_of_file(cls, file.stem, zone, self._said[shown])
        found = self._store.get(keys.values())
        for shown, key in keys.items():
            if key in found and (kept := from_bytes(found[key])):
                self.kept[shown] = kept

    def read(
        self, source: Source, cls: type[Record], read: Record | Mapping[str, Record], zone: ZoneInfo | None
    ) -> None:
        """Keep what was `read` of a file without a fault: a record, or a list of them by their ids."""
        if self._store.folder:
            key = key_of_file(cls, source.path.stem, zone, fingerprint(source.data))
            self._fresh[source.path] = key, as_bytes(source, read)

    def keep_nothing(self) -> None:
        """Keep nothing of what was read: the book is not of this program's form."""
        self._fresh.clear()

    def said(self, folder: Path, changes: Mapping[str, Change], now: datetime) -> dict[str, Change]:
        """Return the changes in `folder` with the times of their windows written in; see `dated`."""
        found = {}
        for name, change in changes.items():
            if not (kept := self.kept.get(folder / f"{name}.yaml")):
                found[name] = dated(change, now)
            else:
                found[name] = kept.said(now) if kept.dated and change.window else change
        return found

    def asides(self) -> dict[str, Any]:
        """Return what a book knows of each file besides its record: a digest, and which texts may hold jargon."""
        digests = {file.path: file.digest for file in self.opened}
        excused = {file.path: file.excused for file in self.opened}
        return {
            "digests": digests | {shown: self._said[shown] for shown in self.kept},
            "plain_ok": excused | {shown: kept.excused for shown, kept in self.kept.items()},
        }

    def lines(self) -> dict[Path, Mapping[Steps, int]]:
        """Return the kept lines of each file."""
        return {one.path: one.lines for one in self.opened} | {at: one.lines for at, one in self.kept.items()}

    def outlines(self, folder: Path, changes: Mapping[str, Change]) -> dict[str, bytes]:
        """Return a digest of what checks of other changes ask of each change in `folder`."""
        kept = {name: self.kept.get(folder / f"{name}.yaml") for name in changes}
        return {name: one.outline if one else outline_of(changes[name]) for name, one in kept.items()}

    def without_private(self, problems: list[Problem]) -> tuple[list[Problem], tuple[str, ...]]:
        """Return `problems` of a book's files with those of private data, and the texts that no message repeats now.

        The desk's phones are no patients' numbers. An excuse without a reason is a problem too, whatever it excuses.
        Only what is clean is kept.
        """
        phones = frozenset().union(*(one.phones for one in self.opened), *(one.phones for one in self.kept.values()))
        rules = fingerprint("clean", program(), *sorted(phones))
        clean = {shown: fingerprint(rules, self._said[shown]) for shown in self.kept}
        known = self._store.get(clean.values())
        again = (
            ReadFile.of(load_source(self._files[shown], shown_as=shown, limit=DESK_BYTES, may_be_empty=True))
            for shown, key in clean.items()
            if key not in known
        )
        told: list[Refused] = []
        wrong: list[Problem] = []
        new: dict[bytes, bytes] = {}
        for file in chain(self.opened, again):
            refused = list(private_in_file(file.text, file.path, phones))
            unexplained = list(excuses_without_reason(file.text, file.path))
            if not refused and not unexplained and (file.path in self._fresh or file.path in self.kept):
                new[fingerprint(rules, file.digest)] = b""
                if file.path in self._fresh:
                    key, packed = self._fresh[file.path]
                    new[key] = packed
            told, wrong = told + refused, wrong + unexplained
        self._store.put(new)
        private = tuple(one.value for one in told if one.value)
        said = hushed_problems(problems, private) + [one.problem for one in told] + wrong
        return sorted(said, key=BY_PLACE), private


def _bytes_of(file: Path, limit: int) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(limit + 1)
    except OSError:
        return b""  # told by whoever reads the file
