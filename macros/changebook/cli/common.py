"""What several commands share: finding the book, checking it, its now."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from changebook.book import Book
from changebook.checking import check_book
from changebook.errors import ChangebookError
from changebook.loading import Loaded, load_book

TODAY = click.option(
    "--today",
    metavar="DATE",
    help="The day, or '2026-12-02 21:00', to stand in for now; else the book's pinned now, else the clock.",
)


def checked(book: Path, today: str | None, *, search: bool = False) -> Loaded:
    """Return the checked book at `today`, a day or a time; raise BadParameter when it is neither."""
    moment = today and (today if " " in today else f"{today} 00:00")
    try:
        return check_book(book, today=moment, clock=lambda: datetime.now(UTC), search=search)
    except ChangebookError as error:
        raise click.BadParameter(str(error), param_hint="--today") from error


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
