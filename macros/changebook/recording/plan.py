"""A step of a release as an edit of its record: what is wrong with it, and whether the gate lets it pass."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from changebook.book import Book
from changebook.book.lookup import change_called
from changebook.checking.loaded import Loaded
from changebook.checking.loading import load_book
from changebook.checking.problems import check_book
from changebook.checking.trial import check_edited
from changebook.editing.files import FileEdit
from changebook.editing.record import Action, record_edit
from changebook.errors import BookError, ChangebookError, Problem, UnknownTermError
from changebook.model import Change, Record
from changebook.readiness import Gap, gap_words, readiness

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class NightStep:
    """What a step writes; `ready` when nothing may be missing after it but `later`, the gaps that the next step closes;
    `false` the gaps it must not open: those that say that it cannot be true; `notes` what else to know before a yes.
    """

    actions: tuple[Action, ...]
    ready: bool = False
    later: tuple[str, ...] = ()
    false: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """An edit that can be written, with `also` those of other files: the gaps that it opens, how many problems other
    files have, and the places that a person must look at, since no program can tell; what was done before it and may
    be `stale`, what it collides with, whom to tell, what is `left` for a person to do, and `notes` of the step;
    `coming` are gaps from their day on.
    """

    edit: FileEdit
    opened: tuple[str, ...] = ()
    elsewhere: int = 0
    look_at: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    collides: tuple[str, ...] = ()
    tell: tuple[str, ...] = ()
    also: tuple[FileEdit, ...] = ()
    left: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    coming: tuple[str, ...] = ()


class NotReadyError(ChangebookError):
    """A step that the gate does not let pass; `gaps` are the reasons."""

    def __init__(self, message: str, gaps: Sequence[str]) -> None:
        super().__init__(message)
        self.gaps = tuple(gaps)


def plan_step(
    folder: Path, name: str, step: Callable[[Book, Change], NightStep], *, today: str | None = None, clock: Clock
) -> Plan:
    """Return the edit of the change called `name` that `step` asks for, in the book in `folder`.

    Raises NotReadyError where the gate says no, BookError when the record is wrong or would be after it,
    ChangebookError when there is no such change, or the edit cannot be made.
    """
    loaded = load_book(folder, today=today, clock=clock)
    book = readable(loaded)
    change = record_called(loaded, book, name)
    wanted = step(book, change)
    edit = record_edit(folder / f"{change.id}.yaml", wanted.actions, Change)
    if edit.before == edit.after:
        return Plan(edit)
    after, elsewhere = tried(edit, folder, today, clock)
    gaps = readiness(after)[change.id].gaps
    # What else changes with the edit is a date in a message: a gap is known by its name.
    before = {gap.name for gap in readiness(book)[change.id].gaps}
    opened = [gap for gap in gaps if gap.name not in before]
    if false := [gap for gap in opened if gap.kind in wanted.false]:
        raise NotReadyError("the record would contradict itself, see above; nothing was changed", _words(false, after))
    missing = [gap for gap in gaps if gap.kind not in wanted.later]
    if wanted.ready and missing:
        count = f"{len(missing)} gap{'s' if len(missing) > 1 else ''}"
        message = f"support is not ready for {change.name}: {count}; close or waive them, nothing was changed"
        raise NotReadyError(message, _words(missing, after))
    return Plan(edit, _words(opened, after), elsewhere, notes=wanted.notes)


def plan_file(
    folder: Path, file: Path, cls: type[Record], actions: Sequence[Action], *, today: str | None, clock: Clock
) -> Plan:
    """Return the edit that makes `actions` in `file`, a record of `cls` in the book in `folder`, that no gate is for.

    Raises what `plan_step` raises.
    """
    edit = record_edit(file, actions, cls)
    return Plan(edit, elsewhere=tried(edit, folder, today, clock)[1]) if edit.before != edit.after else Plan(edit)


def readable(loaded: Loaded) -> Book:
    """Return a book whose desk could be read, whatever its records are like; raise BookError otherwise."""
    if loaded.unread or not loaded.book:
        raise BookError([*loaded.unread] or loaded.problems)
    return loaded.book


def record_called(loaded: Loaded, book: Book, name: str) -> Change:
    """Return the change called `name`; raise BookError with what keeps its record from being read."""
    try:
        return change_called(book, name)
    except UnknownTermError:
        if wrong := [problem for problem in loaded.problems if problem.path.stem == book.desk.settings.id_of(name)]:
            raise BookError(wrong) from None
        raise


def tried(
    edit: FileEdit, folder: Path, today: str | None, clock: Clock, *, also: Sequence[FileEdit] = ()
) -> tuple[Book, int]:
    """Return the book with `edit` and `also` made, and how many problems other files have already; raise BookError for
    their own, and for those that they make elsewhere.
    """
    edits = [edit, *also]
    loaded = check_edited(edits, folder, today=today, clock=clock)
    wrong = loaded.problems
    own = [problem for problem in wrong if problem.path in {one.new for one in edits}]
    others = [problem for problem in wrong if problem not in own]
    if others and not own:
        # A record that somebody else broke must not keep tonight's decision from being written.
        known = set(map(_without_place, check_book(folder, today=today, clock=clock, gaps=False).problems))
        own = [problem for problem in others if _without_place(problem) not in known]
    if own or not loaded.book:
        raise BookError(own or wrong)
    return loaded.book, len(others)


def _without_place(problem: Problem) -> tuple[Path, str]:
    return problem.path, problem.message


def _words(gaps: Sequence[Gap], book: Book) -> tuple[str, ...]:
    return tuple(gap_words(gap, book) for gap in gaps)
