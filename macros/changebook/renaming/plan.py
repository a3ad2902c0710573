"""A rename as a whole: what is in its way, every file it edits, and whether the book is right after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from changebook.book import Book
from changebook.book.lookup import change_called
from changebook.checking.private import docs_of
from changebook.checking.problems import check_book
from changebook.checking.trial import check_edited
from changebook.checks.references import records_of
from changebook.editing.files import Edit, FileEdit, file_edit
from changebook.errors import BookError, ChangebookError
from changebook.model import Change
from changebook.names import name_fault
from changebook.naming.finder import finder_of
from changebook.renaming.mentions import Move, in_page, in_record
from changebook.renaming.record import renamed
from changebook.source import DESK_BYTES, load_source
from changebook.source.handwritten import hand_files
from changebook.source.settings import settings_files


def plan_rename(
    folder: Path, old: str, new: str, *, today: str | None = None, clock: Callable[[], datetime]
) -> list[FileEdit]:
    """Return the edits that call the change `old` (whatever it is or was called) `new`, in the book in `folder`.

    Raises ChangebookError when something is in the way, BookError when the book is wrong before or would be after.
    """
    loaded = check_book(folder, today=today, clock=clock)
    wrong = [problem for problem in loaded.problems if not problem.gap]
    if wrong or not loaded.book:
        raise BookError(wrong)
    book = loaded.book
    change = change_called(book, old)
    _refuse(book, change, new, folder)
    move = Move(finder_of(book), change.name, new, change.id, book.desk.settings.id_of(new))
    edits = [*_records(book, change, move, folder), *_pages(folder, move)]
    _try(edits, folder, today, clock)
    return edits


def _refuse(book: Book, change: Change, new: str, folder: Path) -> None:
    """Raise ChangebookError when the change cannot be called `new`."""
    new_id = book.desk.settings.id_of(new)
    if fault := name_fault(new):
        raise ChangebookError(f"{new!r}: {fault}")
    if new == change.name:
        raise ChangebookError(f"{new!r} is already its name; choose another")
    for other in book.changes.values():
        if other is not change and other.name == new:
            raise ChangebookError(f"{new!r} is the name of {other.id}.yaml; choose another name")
        if other is not change and (other.id == new_id or other.name.casefold() == new.casefold()):
            raise ChangebookError(f"{new!r} is too close to {other.name!r} of {other.id}.yaml; choose another name")
        if other is not change and new.casefold() in map(str.casefold, other.former_names):
            raise ChangebookError(f"{new!r} is a former name of {other.id}.yaml; choose another name")
    file = folder / f"{new_id}.yaml"
    if new_id != change.id and (file.exists() or file.is_symlink()):
        raise ChangebookError(f"{file} already exists; move it away first, or choose another name")


def _records(book: Book, change: Change, move: Move, folder: Path) -> Iterator[FileEdit]:
    """Yield the edits of the change's own record and of every other that mentions it."""
    edits: dict[Path, set[Edit]] = {}
    sources = {}
    for record in records_of(book):
        spot = book.spot(record)
        if spot.path not in sources:
            sources[spot.path] = load_source(folder / spot.path.relative_to(book.folder), limit=DESK_BYTES)
        source = sources[spot.path]
        made = edits.setdefault(source.path, set())
        made.update(in_record(record, source, spot.steps, move))
        if record is change:
            made.update(renamed(source, change, move.new_name))
    for source in sources.values():
        moved = folder / f"{move.new_id}.yaml" if source.path == folder / f"{change.id}.yaml" else source.path
        if edits[source.path]:
            yield file_edit(source.path, moved, edits[source.path])


def _pages(folder: Path, move: Move) -> Iterator[FileEdit]:
    """Yield the edits of the hand-written pages beside the book, and of the site's own settings."""
    docs = docs_of(folder)
    for file in (*hand_files(docs), *settings_files(docs)):
        text = file.read_bytes().decode("utf-8-sig")
        if made := set(in_page(text, file.parent.relative_to(docs.parent).as_posix(), move)):
            if file.is_symlink():
                message = f"{file} is a link, and its target names the change; write the new name there first"
                raise ChangebookError(message)
            yield file_edit(file, file, made)


def _try(edits: Sequence[FileEdit], folder: Path, today: str | None, clock: Callable[[], datetime]) -> None:
    """Make the edits in a scratch copy of book and pages, and raise BookError when the book is wrong there."""
    if wrong := check_edited(edits, folder, today=today, clock=clock).problems:
        raise BookError(wrong)
