"""All checks and gaps of a book, each at its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from changebook.book import Book
from changebook.cache.store import held_open
from changebook.checking.around import wrong_around
from changebook.checking.loaded import Loaded
from changebook.checking.loading import load_book
from changebook.checking.placing import placed
from changebook.checking.unready import look_up_gaps
from changebook.checking.verdicts import wrong_in
from changebook.errors import BY_PLACE
from changebook.privacy.hushing import hushed_problems
from changebook.readiness import desk_rules, gap_words, readiness
from changebook.source.places import Spot

# Whether problems of the change with this id are asked for.
About = Callable[[str], bool]


@held_open()
def check_book(
    folder: Path,
    *,
    shown_as: Path | None = None,
    today: str | None = None,
    clock: Callable[[], datetime],
    search: bool = False,
    gaps: bool = True,
    about: About | None = None,
) -> Loaded:
    """Load the book in `folder` and return it with every problem and gap, in the order of their places.

    The arguments are those of `load_book`. With `search`, the searches under `must_find` are tried too, and whether
    playbooks are found by their callers' words with one left out, once nothing else is wrong. Without `gaps`, what is
    not ready is left out. With `about`, only these changes and the desk's files are checked, and no pages.
    """
    loaded = load_book(folder, shown_as=shown_as, today=today, clock=clock)
    if loaded.book:
        book = loaded.book
        asked = [name for name in book.changes if about is None or about(name)]
        wrong = wrong_in(loaded, folder, about=asked)
        missing = gaps_in(loaded, asked) if gaps else []
        sound = not wrong and not loaded.problems
        loaded.problems += wrong
        if search and sound:
            # Only here: no other command that reads a book waits for what builds an index.
            from changebook.checking.searching import searched  # noqa: PLC0415

            missed, hard = searched(book, folder)
            loaded.problems += placed(folder, book, missed)
            missing += hard
        loaded.problems += placed(folder, book, missing, gap=True)
        if about is None:
            loaded.problems += wrong_around(loaded, folder, shown_as or folder, sound=sound)
    return replace(loaded, problems=sorted(hushed_problems(loaded.problems, loaded.private), key=BY_PLACE))


def gaps_in(loaded: Loaded, asked: Iterable[str]) -> list[tuple[Spot, str]]:
    """Return the gaps of the changes `asked`, and of the desk."""
    assert loaded.book
    look_up_gaps(loaded, asked)
    found = [gap for name in asked for gap in gaps_of_change(loaded.book, name)]
    return found + gaps_of_desk(loaded.book)


def gaps_of_change(book: Book, name: str) -> list[tuple[Spot, str]]:
    """Return the gaps that count against the change with the id `name`."""
    return [(gap.spot, gap_words(gap, book)) for gap in readiness(book)[name].counted]


def gaps_of_desk(book: Book) -> list[tuple[Spot, str]]:
    """Return the gaps of what the desk says."""
    return [(gap.spot, gap_words(gap, book)) for rule in desk_rules() for gap in rule(book)]
