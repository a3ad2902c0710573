"""What a folder of records was found to hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from changebook.book import Book
from changebook.errors import Problem
from changebook.source.places import Places
from changebook.tickets.folder import TICKETS


@dataclass
class Loaded:
    """What a folder holds: its book, None where the desk's settings are wrong, all problems, and the kept places.

    `unread` are the problems that keep the desk from being read: while there is one, nothing is known to be right. No
    message repeats what is `private`, refused as patient data or secrets.
    `outlines` are digests of what checks of other changes ask of each change, by id.
    """

    book: Book | None
    problems: list[Problem] = field(default_factory=list)
    places: Places = field(default_factory=Places)
    unread: frozenset[Problem] = frozenset()
    private: tuple[str, ...] = ()
    outlines: Mapping[str, bytes] = field(default_factory=dict)


def desk_read(book: Book) -> Iterator[bytes | str]:
    """Yield all that the desk was read from."""
    for path, said in book.digests.items():
        if path.parent != book.folder:
            yield from (str(path), said)


def all_read(book: Book) -> Iterator[bytes | str]:
    """Yield all that a book was read from, and which of its changes are in it."""
    for path, said in book.digests.items():
        yield from (str(path), said)
    folder = book.folder / TICKETS
    for file in sorted(folder.iterdir()) if folder.is_dir() and not folder.is_symlink() else ():
        yield from (file.name, file.read_bytes() if file.is_file() and not file.is_symlink() else b"")
    yield from ("", *book.changes)
