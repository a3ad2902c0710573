"""What several commands share: finding the book, checking it, its now."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import click

from changebook.book import Book
from changebook.checking.loaded import Loaded
from changebook.checking.loading import load_book
from changebook.checking.problems import About, check_book
from changebook.cli.problems import print_problems
from changebook.errors import ChangebookError, Problem
from changebook.names import did_you_mean
from changebook.printing.terminal import say, say_lines

FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="How to print what is wrong; github annotates a pull request.",
)
PLAIN = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How to print it; json is for other programs.",
)
BOOK = click.option(
    "--book",
    "path",
    type=click.Path(exists=True, path_type=Path),
    # While Tab completes a line, nothing may be refused.
    callback=lambda context, parameter, path: path if context.resilient_parsing else book_folder(path),
    help="The book's folder; without it, changes/ here or in the nearest folder above.",
)


def clock() -> datetime:
    """Return what the clock says."""
    return datetime.now(UTC)


def checked(
    book: Path,
    today: str | None,
    *,
    search: bool = False,
    gaps: bool = True,
    shown_as: Path | None = None,
    about: About | None = None,
) -> Loaded:
    """Return the checked book at `today`, a day or a time; raise BadParameter when it is neither.

    The arguments are those of `check_book`.
    """
    try:
        return check_book(
            book,
            shown_as=shown_as,
            today=today,
            clock=clock,
            search=search,
            gaps=gaps,
            about=about,
        )
    except ChangebookError as error:
        raise click.BadParameter(str(error), param_hint="--today") from error


def right_book(folder: Path, today: str | None, form: str = "text") -> Book:
    """Return the book in `folder`; print its problems as `form` and exit with 1 if it has any."""
    loaded = checked(folder, today, gaps=False)
    stop_on(loaded.problems, form)
    assert loaded.book  # a book without problems is there
    return loaded.book


def asked_at(book: Book, today: str | None) -> datetime:
    """Return the moment at which a number is dialed: `--today` where it is given, else the clock's.

    A pinned book's now is the day its changes are told of; its teams work today.
    """
    return book.now if today else clock()


def readable_book(folder: Path) -> Book:
    """Return the book in `folder`, whatever its records are like; exit with 1 if its desk has a problem."""
    loaded = load_book(folder, clock=clock)
    stop_on([problem for problem in loaded.problems if problem.path.is_relative_to(folder / "desk")])
    if not loaded.book:
        stop_on(loaded.problems)
    assert loaded.book  # its desk is right
    return loaded.book


def stop_on(problems: list[Problem], form: str = "text") -> None:
    """Print `problems` and exit with 1, if there are any."""
    if problems:
        print_problems(problems, form)
        say("Fix this first; nothing else was done.", err=True)
        raise SystemExit(1)


def unknown_term(what: str, term: str, terms: Iterable[str]) -> str | None:
    """Return why `term` is none of `terms`, with the nearest one, or None when it is."""
    return None if term in terms else f"no {what} {term!r}; {did_you_mean(term, terms)}"


def loaded_book(folder: Path) -> Book:
    """Return the book in `folder`, read but not checked; print what cannot be read, and exit with 1."""
    loaded = load_book(folder, clock=clock)
    if loaded.problems or not loaded.book:
        say_lines(map(str, loaded.problems))
        say("Not all of the book can be read, so its names are not known; fix these first.", err=True)
        raise SystemExit(1)
    return loaded.book


def book_folder(path: Path | None = None) -> Path:
    """Return the folder of the book that `path` lies in or beside; without a path, the folder one works in.

    It is the nearest one upward that holds `desk`, or whose `changes` does, as it is reached from here.
    """
    start = Path(os.path.abspath(path or "."))
    for above in (start, *start.parents):
        for folder in (above, above / "changes"):
            if (folder / "desk").is_dir():
                return folder if path and path.is_absolute() else _from_here(folder)
    if path:
        raise click.UsageError(f"{path} is not a book or in one: there is no folder 'desk' beside or above it.")
    message = f"no book in {start} or in any folder above it; go to the folder that holds changes/desk, or give --book"
    raise click.UsageError(message)


def named_folder(path: Path) -> Path:
    """Return a book's folder as it is reached from here, with a name, which `.` has not."""
    return path if path.name else path.resolve()


def is_below(file: Path, folder: Path) -> bool:
    """Return whether `file` is `folder` or in it, however the two are written."""
    return Path(os.path.abspath(file)).is_relative_to(os.path.abspath(folder))


def _from_here(folder: Path) -> Path:
    """Return the way from here to `folder`; its last part is its name, so that what lies beside it can be reached."""
    way = Path(os.path.relpath(folder))
    return Path(os.path.relpath(folder.parent), folder.name) if way.name == ".." else way
