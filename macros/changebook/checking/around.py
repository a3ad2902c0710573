"""What is wrong beside the records, in what people write below `docs/`; kept by the bytes of all that lies there."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from changebook.book import Book
from changebook.cache.packing import BrokenError, pack, unpack
from changebook.cache.program import fingerprint, program
from changebook.cache.store import store
from changebook.checking.loaded import Loaded, desk_read
from changebook.checking.private import TEXTS, docs_of, phones_of, private_in_pages
from changebook.errors import Problem
from changebook.naming.finder import finder_of
from changebook.naming.outside import wrong_in_pages
from changebook.source import DESK_BYTES
from changebook.source.entries import files_below, wrong_links, wrong_pages
from changebook.source.handwritten import hidden_in_pages, wrong_addresses
from changebook.source.settings import other_docs, settings_files, theme_folder

# Where changes make pages and files; all others follow from the desk alone.
_OF_CHANGES = re.compile(r"(?:changes|calendar)/[^/]+/")


def wrong_around(loaded: Loaded, folder: Path, shown_as: Path, *, sound: bool) -> list[Problem]:
    """Return what is wrong beside the records; which pages they make is known once they are `sound`.

    Of private data found there, `loaded` keeps the texts that no message repeats.
    """
    book, docs, shown = loaded.book, docs_of(folder), docs_of(shown_as)
    assert book
    found = [Problem(shown / entry.relative_to(docs), 1, 1, message) for entry, message in wrong_pages(docs)]
    if message := other_docs(docs):
        found.append(Problem(shown.with_name("mkdocs.yml"), 1, 1, message))
    for published in (docs, theme_folder(docs)):
        for entry, message in wrong_links(published):
            found.append(Problem(shown.parent / entry.relative_to(docs.parent), 1, 1, message))
    return found + _in_texts(loaded, book, docs, shown, sound=sound)


def _in_texts(loaded: Loaded, book: Book, docs: Path, shown: Path, *, sound: bool) -> list[Problem]:
    key = fingerprint("around", program(), str(sound), *said_below(docs), *_said_by(book))
    kept = store()
    if (data := kept.get([key]).get(key)) is not None and (known := _told(data, shown.parent)) is not None:
        return known
    made = _Made(book) if sound else ()
    found = [*hidden_in_pages(docs, shown), *wrong_addresses(docs, shown, made)]
    found += wrong_in_pages(docs, shown, finder_of(book))
    refused = list(private_in_pages(docs, shown, phones_of(book)))
    loaded.private += tuple(one.value for one in refused if one.value)
    found += [one.problem for one in refused]
    if not loaded.private and not (isinstance(made, _Made) and made.asked_changes):
        told = [(one.path.relative_to(shown.parent).as_posix(), one.line, one.column, one.message) for one in found]
        kept.put({key: pack(told)})
    return found


def said_below(docs: Path) -> Iterator[bytes | str]:
    """Yield all that is read of what lies below `docs`, and of the settings beside it."""
    for file in (*files_below(docs), *settings_files(docs)):
        size = file.stat().st_size
        yield from (file.relative_to(docs.parent).as_posix(), str(size))
        if file.suffix.lower() in TEXTS and size <= DESK_BYTES:
            yield file.read_bytes()


def _said_by(book: Book) -> Iterator[bytes | str]:
    """Yield what pages are held against: the desk, and the names of changes."""
    yield from (str(book.folder), f"{book.now.date()}", *desk_read(book))
    for change in book.changes.values():
        yield from (change.id, change.name, *change.former_names)


class _Made(Container[str]):
    """What the records make. What changes make is only looked up where they make something."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.asked_changes = False

    def __contains__(self, where: object) -> bool:
        if _OF_CHANGES.match(str(where)):
            self.asked_changes = True
            return where in self._by_changes
        return where in self._by_desk

    @cached_property
    def _by_changes(self) -> set[str]:
        return _made_by(self._book)

    @cached_property
    def _by_desk(self) -> set[str]:
        return _made_by(replace(self._book, changes={}, undated={}))


def _made_by(book: Book) -> set[str]:
    # Only here: what makes pages is not needed while those that people write stay as they are.
    from changebook.pages.files import made_files  # noqa: PLC0415

    return set(made_files(book))


def _told(data: bytes, above: Path) -> list[Problem] | None:
    try:
        return [Problem(above / path, *rest) for path, *rest in unpack(data)]
    except (BrokenError, TypeError, ValueError):
        return None
