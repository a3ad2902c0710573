"""The cache of a person: one file in their own cache folder, that is safe to delete at any time.

It lies outside of every book, so that no pull request brings one along. See "The cache" in SECURITY.md.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

_T = TypeVar("_T")
# Names another folder, or switches the cache off.
SETTING, OFF = "CHANGEBOOK_CACHE", "off"
# What was kept is made again after a month, and all of it once the file is as large as this.
KEPT_DAYS, LARGEST = 30, 2_000_000_000
NAME = "kept.db"
_DAY = 86_400
# Seconds to wait for another program: to do without takes little longer.
_WAIT = 0.2
_SIGN = 16
_AT_ONCE = 500
_TABLES = (
    "CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, day INTEGER, value BLOB)",
    # Else each time that something is kept, all that was kept before would be read.
    "CREATE INDEX IF NOT EXISTS days ON kept (day)",
)
_HELD: ContextVar[dict[Path, sqlite3.Connection] | None] = ContextVar("_HELD", default=None)


class Store:
    """What was kept, bytes by keys. Whatever is wrong with it is never an error: it holds nothing then."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return what is kept under `keys`, as far as it is whole."""
        wanted = list(dict.fromkeys(keys))

        def read(database: sqlite3.Connection) -> dict[bytes, bytes]:
            found = {}
            for at in range(0, len(wanted), _AT_ONCE):
                some = wanted[at : at + _AT_ONCE]
                question = f"SELECT key, value FROM kept WHERE key IN ({','.join('?' * len(some))})"
                for key, value in database.execute(question, some):
                    if isinstance(value, bytes) and value[:_SIGN] == _sign(key, value[_SIGN:]):
                        found[key] = value[_SIGN:]
            return found

        return self._work(read, {}) if wanted and self.folder and (self.folder / NAME).exists() else {}

    def put(self, kept: Mapping[bytes, bytes]) -> None:
        """Keep values under their keys: all of them, or none."""
        today = int(time.time()) // _DAY

        def write(database: sqlite3.Connection) -> None:
            rows = [(key, today, _sign(key, value) + value) for key, value in kept.items()]
            with database:
                database.execute("DELETE FROM kept WHERE day < ? OR day > ?", (today - KEPT_DAYS, today + 1))
                database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)

        if kept:
            self._work(write, None)

    def _work(self, work: Callable[[sqlite3.Connection], _T], without: _T) -> _T:
        """Return what `work` makes of the file; `without` where there is none of ours, or it is broken."""
        if not self.folder:
            return without
        file = self.folder / NAME
        with held_open() as files:
            try:
                if file not in files:
                    files[file] = _opened(file)
                    # A killed program leaves it whole; after a power cut, what is not is noticed.
                    files[file].execute("PRAGMA synchronous = OFF")
                    for table in _TABLES:
                        files[file].execute(table)
                return work(files[file])
            except sqlite3.OperationalError:
                return without  # busy, full or read-only
            except sqlite3.DatabaseError:
                if broken := files.pop(file, None):
                    broken.close()
                _away(file)
                return without
            except OSError:
                return without


@contextmanager
def held_open() -> Iterator[dict[Path, sqlite3.Connection]]:
    """Hold the file open that is worked with meanwhile: to open it takes longer than what most ask of it."""
    if (files := _HELD.get()) is not None:
        yield files
        return
    files = {}
    token = _HELD.set(files)
    try:
        yield files
    finally:
        _HELD.reset(token)
        for database in files.values():
            database.close()


def _opened(file: Path) -> sqlite3.Connection:
    """Open the file, which is made if need be; OSError where it is none of ours."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _is_ours(file.parent, stat.S_ISDIR) or (os.path.lexists(file) and not _is_ours(file, stat.S_ISREG)):
        raise PermissionError(file)
    if os.path.lexists(file) and file.stat().st_size > LARGEST:
        file.unlink()
    if not os.path.lexists(file):
        file.touch(mode=0o600)
    return sqlite3.connect(file, timeout=_WAIT)


def store() -> Store:
    """Return the cache of whoever works here, as the environment names it; an empty one where it is switched off.

    What is no whole path would lie in whatever folder one is in, which may be a repository: it is off, too.
    """
    if named := os.environ.get(SETTING, ""):
        return Store(Path(named) if os.path.isabs(named) else None)
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or ""
    try:
        return Store((Path(base) if os.path.isabs(base) else Path.home() / ".cache") / "changebook")
    except RuntimeError:  # nobody's home
        return Store(None)


def _is_ours(place: Path, is_kind: Callable[[int], bool]) -> bool:
    """Return whether `place` is of this kind and no link, belongs to whoever works here, and nobody else writes it."""
    found = place.lstat()
    mine = not hasattr(os, "geteuid") or (found.st_uid == os.geteuid() and not found.st_mode & 0o022)
    return mine and is_kind(found.st_mode)


def _sign(key: bytes, value: bytes) -> bytes:
    return blake2b(key + value, digest_size=_SIGN).digest()


def _away(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError:
        return
