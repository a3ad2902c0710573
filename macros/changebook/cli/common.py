"""What several commands share: finding the book, checking it, its now."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from changebook.checking import check_book
from changebook.errors import ChangebookError
from changebook.loading import Loaded

TODAY = click.option(
    "--today",
    metavar="DATE",
    help="The day, or '2026-12-02 21:00', to stand in for now; else the book's pinned now, else the clock.",
)


def checked(book: Path, today: str | None, *, search: bool = False, shown_as: Path | None = None) -> Loaded:
    """Return the checked book at `today`, a day or a time; raise BadParameter when it is neither."""
    moment = today and (today if " " in today else f"{today} 00:00")
    try:
        return check_book(book, shown_as=shown_as, today=moment, clock=lambda: datetime.now(UTC), search=search)
    except ChangebookError as error:
        raise click.BadParameter(str(error), param_hint="--today") from error


def book_folder(path: Path) -> Path:
    """Return the folder that holds the book `path` lies in: the nearest one up with a `desk` in it."""
    for folder in (path, *path.parents):
        if (folder / "desk").is_dir():
            return folder
    raise click.UsageError(f"{path} is no book and in none: no folder 'desk' beside or above it.")
