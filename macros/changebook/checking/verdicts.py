"""What checks find in each record, kept by all that it follows from: after an edit, only what it touches is checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from changebook.book import Book
from changebook.cache.packing import BrokenError, pack, unpack
from changebook.cache.program import fingerprint, program
from changebook.cache.store import store
from changebook.checking.images import files_of_images, wrong_images
from changebook.checking.loaded import Loaded, desk_read
from changebook.checking.placing import placed
from changebook.checking.private import docs_of
from changebook.checks import ALONE, AMONG, CHECKS, BookCheck
from changebook.errors import Problem
from changebook.model import Change

# Of what is kept, what is about no change: the desk's own files.
_DESK = ""


def wrong_in(loaded: Loaded, folder: Path, *, about: Iterable[str], gone: Collection[str] = ()) -> list[Problem]:
    """Return what checks find in the desk and in the changes `about` which they are asked; the book may be without the
    changes that are `gone`, and without what leans on them.

    What they find in a change follows from its file, the desk, the images, the day, and whether it has begun; what
    those `AMONG` them find, from the outlines of the other changes too, see `OUTLINE`.
    """
    book = loaded.book
    assert book
    names = [_DESK, *(name for name in about if name in book.changes)]
    shared = _shared(loaded, folder, gone)
    outlines = (part for name, one in loaded.outlines.items() if name not in gone for part in (name, one))
    others = fingerprint(shared, *outlines)
    # The desk is held against every change.
    alone = {name: _key("alone", shared if name else others, name, book) for name in names}
    among = {name: _key("among", others, name, book) for name in names}
    images = partial(wrong_images, docs=docs_of(folder))
    return _found(loaded, folder, alone, (*ALONE, images)) + _found(loaded, folder, among, AMONG)


def _found(loaded: Loaded, folder: Path, keys: Mapping[str, bytes], checks: Collection[BookCheck]) -> list[Problem]:
    """Return what `checks` find in the desk and in the changes that have `keys`, under which it is kept."""
    book = loaded.book
    assert book
    kept = store()
    known = kept.get(keys.values())
    found: dict[str, list[Problem]] = {}
    for name, key in keys.items():
        if key in known and (told := _told(known[key], book.folder)) is not None:
            found[name] = told
    if missing := keys.keys() - found.keys():
        new = checked_in(replace(book, only=frozenset(missing)), folder, checks)
        found |= {name: new.get(name, []) for name in missing}
        # What is private is kept nowhere, not even in a message.
        kept.put({} if loaded.private else {keys[name]: _as_bytes(found[name], book.folder) for name in missing})
    return [problem for told in found.values() for problem in told]


def checked_in(book: Book, folder: Path, checks: Collection[BookCheck]) -> Mapping[str, list[Problem]]:
    """Return what `checks` find in each change they are asked about, by its id, and in the desk."""
    told = [one for check in checks for one in check(book)]
    asked = {book.folder / f"{change.id}.yaml": str(change.id) for change in book.asked}
    found: defaultdict[str, list[Problem]] = defaultdict(list)
    mine = (one for one in told if one[0].path in asked or one[0].path.parent != book.folder)
    for problem in placed(folder, book, mine):
        found[asked.get(problem.path, _DESK)].append(problem)
    return found


def wrong_once_ready(book: Book, change: Change) -> list[Problem]:
    """Return the problems that a draft of a book without any would have with `status: ready`: others read it then."""
    there = {**book.changes, change.id: change.model_copy(update={"status": "ready"})}
    ready = replace(book, changes=there, only=frozenset({change.id}))
    return checked_in(ready, book.folder, CHECKS).get(change.id, [])


def _shared(loaded: Loaded, folder: Path, gone: Collection[str]) -> bytes:
    """Return a digest of what checks of every change follow from, besides its own file and the other changes."""
    book = loaded.book
    assert book
    images = (part for name, size in files_of_images(docs_of(folder)) for part in (name, str(size)))
    around = (
        fingerprint(*one) for one in (desk_read(book), images, sorted(book.desk.ids["changes"] or ()), sorted(gone))
    )
    return fingerprint("wrong", program(), str(book.folder), f"{book.now.date()}", *around)


def _key(kind: str, shared: bytes, name: str, book: Book) -> bytes:
    own = book.digests[book.folder / f"{name}.yaml"] if name else b""
    return fingerprint(shared, kind, name, own, str(bool(name) and has_begun(book.changes[name], book)))


def has_begun(change: Change, book: Book) -> bool:
    """Return whether the window of a change has started: all that its checks ask of the clock besides the day."""
    return bool(change.window and change.window.start <= book.now)


def _as_bytes(problems: Iterable[Problem], folder: Path) -> bytes:
    shown: dict[Path, str] = {}
    told = []
    for one in problems:
        path = shown.get(one.path) or shown.setdefault(one.path, one.path.relative_to(folder).as_posix())
        told.append((path, one.line, one.column, one.message))
    return pack(told)


def _told(data: bytes, folder: Path) -> list[Problem] | None:
    try:
        return [Problem(folder / path, *rest) for path, *rest in unpack(data)]
    except (BrokenError, TypeError, ValueError):
        return None
