"""Which program works: what it works out is kept under its own name, and no other program reads that."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path

from changebook.language import spoken

_PACKAGE = Path(__file__).parents[1]


def fingerprint(*parts: bytes | str) -> bytes:
    """Return a digest of `parts`, each of which begins where it begins: `ab`, `c` is not `a`, `bc`."""
    found = hashlib.blake2b(digest_size=20)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big") + data)
    return found.digest()


def program() -> bytes:
    """Return a digest of this program: of Python, of its own files, of the packages beside it, and the language."""
    return fingerprint(_program(), spoken())


@cache
def _program() -> bytes:
    files = sorted(file for file in _PACKAGE.rglob("*") if file.suffix in (".py", ".js", ".j2", ".po", ".yaml"))
    ours = fingerprint(*(part for file in files for part in (file.relative_to(_PACKAGE).as_posix(), file.read_bytes())))
    # Installed packages are told apart by the names of their folders, which hold their versions.
    places = (Path(place) for place in sys.path if place.endswith("-packages"))
    theirs = sorted({found.name for place in places if place.is_dir() for found in place.glob("*.dist-info")})
    return fingerprint(sys.version, sys.platform, ours, *theirs)
