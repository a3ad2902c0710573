"""The changes of a book as far as they are right: whoever looks for one of them does not wait for the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Set
from dataclasses import replace
from pathlib import Path

from changebook.book import Book
from changebook.checking.around import wrong_around
from changebook.checking.loaded import Loaded
from changebook.checking.opened import Opened
from changebook.checking.verdicts import wrong_in
from changebook.cli.common import checked, clock, stop_on
from changebook.printing.terminal import say, say_lines


def opened_changes(folder: Path, today: str | None, form: str = "text") -> Book:
    """Return what `readable_changes` does, for who asks little of few changes: of the others nothing is read."""
    opened = Opened(folder, today, clock)
    if (book := opened.book()) and not wrong_around(Loaded(book), folder, folder, sound=True):
        return book
    return readable_changes(folder, today, form, keep=opened.keep)


def readable_changes(
    folder: Path, today: str | None, form: str = "text", *, keep: Callable[[Book], None] | None = None
) -> Book:
    """Return the book in `folder` with the changes that have no problem; exit with 1 if anything else has one.

    The problems of the changes that are left out go to standard error: who looks for another change goes on. A book
    without any is handed to `keep`.
    """
    loaded = checked(folder, today, gaps=False)
    wrong = loaded.problems
    ours = [problem for problem in wrong if problem.path.parent == folder and problem.path.suffix == ".yaml"]
    if not loaded.book or len(ours) < len(wrong):
        stop_on(wrong, form)
    assert loaded.book  # a book without problems is there
    if not ours:
        if keep:
            keep(loaded.book)
        return loaded.book
    told = Counter(problem.path.stem for problem in ours)
    unread = told.keys() - loaded.book.changes.keys()
    book = _without(loaded.book, unread)
    # Whose only problem is that it leans on a change that cannot be read is still there, and leans on it no more.
    left, before = (_wrong(loaded, folder, one, gone, told) for one, gone in ((book, unread), (loaded.book, ())))
    broken = {name for name, number in told.items() if left[name] or number > before[name]}
    while broken & book.changes.keys():
        book = _without(book, broken)
        broken |= _wrong(loaded, folder, book, broken, book.changes).keys()
    say_lines(map(str, ours), err=True)
    say(f"Left out until this is fixed: {', '.join(sorted(broken))}.", err=True)
    return book


def _wrong(loaded: Loaded, folder: Path, book: Book, gone: Collection[str], about: Iterable[str]) -> Counter[str]:
    """Return how many problems checks find in each record that they are asked `about`, by its id, in a book without
    what is `gone` of the one that was loaded.
    """
    found = wrong_in(replace(loaded, book=book), folder, about=about, gone=gone)
    return Counter(problem.path.stem for problem in found if problem.path.parent == book.folder)


def _without(book: Book, gone: Set[str]) -> Book:
    """Return the book without the changes that are `gone`, and without what says that others lean on them."""
    changes = {}
    for name, change in book.changes.items():
        alone = {key: None for key in ("part_of", "repeats") if getattr(change, key) in gone}
        depends_on = tuple(other for other in change.depends_on if other not in gone)
        if name not in gone:
            changes[name] = change.model_copy(update={**alone, "depends_on": depends_on})
    return replace(book, changes=changes)
