"""What several commands share: finding the book, checking it, its now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import click

from changebook.book import Book
from changebook.checking import check_book
from changebook.cli.problems import print_problems
from changebook.errors import ChangebookError, Problem
from changebook.loading import Loaded, load_book
from changebook.names import did_you_mean

TODAY = click.option(
    "--today",
    metavar="DATE",
    help="The day, or '2026-12-02 21:00', to stand in for now; else the book's pinned now, else the clock.",
)
FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="How what is wrong is printed; github annotates a pull request.",
)
BOOK = click.option(
    "--book", "path", type=click.Path(exists=True, path_type=Path), default="changes", help="The book's folder."
)


def checked(book: Path, today: str | None, *, search: bool = False, shown_as: Path | None = None) -> Loaded:
    """Return the checked book at `today`, a day or a time; raise BadParameter when it is neither."""
    moment = today and (today if " " in today else f"{today} 00:00")
    try:
        return check_book(book, shown_as=shown_as, today=moment, clock=lambda: datetime.now(UTC), search=search)
    except ChangebookError as error:
        raise click.BadParameter(str(error), param_hint="--today") from error


def right_book(path: Path, today: str | None, form: str = "text") -> tuple[Book, list[Problem]]:
    """Return the book that `path` lies in, and its gaps; print its problems as `form` and exit with 1 if it has any."""
    loaded = checked(book_folder(path), today)
    stop_on([problem for problem in loaded.problems if not problem.gap], form)
    assert loaded.book  # a book without problems is there
    return loaded.book, loaded.problems


def readable_book(path: Path) -> Book:
    """Return the book that `path` lies in, whatever its records are like; exit with 1 if its desk has a problem."""
    folder = book_folder(path)
    loaded = load_book(folder, clock=lambda: datetime.now(UTC))
    stop_on([problem for problem in loaded.problems if problem.path.is_relative_to(folder / "desk")])
    if not loaded.book:
        stop_on(loaded.problems)
    assert loaded.book  # its desk is right
    return loaded.book


def stop_on(problems: list[Problem], form: str = "text") -> None:
    """Print `problems` and exit with 1, if there are any."""
    if problems:
        print_problems(problems, form)
        click.echo("Mend this first: nothing else was done.", err=True)
        raise SystemExit(1)


def unknown_term(what: str, term: str, terms: Iterable[str]) -> str | None:
    """Return why `term` is none of `terms`, with the nearest one, or None when it is."""
    return None if term in terms else f"no {what} {term!r}; {did_you_mean(term, terms)}"


def loaded_book(folder: Path) -> Book:
    """Return the book in `folder`, read but not checked; print what cannot be read, and exit with 1."""
    loaded = load_book(folder, clock=lambda: datetime.now(UTC))
    if loaded.problems or not loaded.book:
        for problem in loaded.problems:
            click.echo(problem)
        click.echo("The book cannot be read whole, so its names are not known; mend these first.", err=True)
        raise SystemExit(1)
    return loaded.book


def book_folder(path: Path) -> Path:
    """Return the folder that holds the book `path` lies in: the nearest one up with a `desk` in it."""
    for folder in (path, *path.parents):
        if (folder / "desk").is_dir():
            return folder
    raise click.UsageError(f"{path} is no book and in none: no folder 'desk' beside or above it.")
