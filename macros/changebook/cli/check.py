"""`changebook check`: every problem of every record."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from changebook.book import Book
from changebook.cli.common import FORMAT, book_folder, checked, is_below
from changebook.cli.options import TODAY
from changebook.cli.problems import print_problems
from changebook.errors import Problem
from changebook.printing.terminal import say_lines
from changebook.readiness import readiness
from changebook.views.checklist import owed_words


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@FORMAT
@TODAY
@click.option(
    "--search",
    is_flag=True,
    help="Try the searches under must_find, each of which must find its page among the first three; and name, as gaps, "
    "playbooks that few of their own callers_say find with one word left out.",
)
def check(paths: tuple[Path, ...], form: str, today: str | None, search: bool) -> None:
    """Print every problem in every record, and exit with 1 if there is one.

    PATHS are records, pages, folders in a book or whole books; without one, the book here or in the nearest folder
    above is checked. A record is checked against the desk beside it; only problems in PATHS are printed, and those
    that keep the desk's files from being read. Gaps, which keep a change from being ready, are printed but do not
    fail the check; nor does what a hurried change owes after its go-live, which is counted.

    \b
    Examples:
      changebook check
      changebook check changes/fhir-patient-lookup-r4.yaml
      changebook check --format github --today 2026-12-02
      changebook check --search
    """
    problems: set[Problem] = set()
    owed: dict[str, str] = {}
    for path in paths or (None,):
        book = book_folder(path)
        whole = not path or is_below(book, path)
        # Of a file in the book, only what is in it is asked for, unless searches are: those may find any page.
        inside = path if path and not whole and not search and is_below(path, book) else None
        about = partial(_is_in, book, inside) if inside else None
        found = checked(book, today, search=search, about=about)
        problems |= found.unread
        problems.update(problem for problem in found.problems if whole or is_below(problem.path, path or book))
        if found.book:
            owed |= _owed(found.book, None if whole else path)
    print_problems(sorted(problems), form)
    if form == "text":
        say_lines(owed.values(), err=True)
    if any(not problem.gap for problem in problems):
        raise SystemExit(1)


def _is_in(book: Path, path: Path, name: str) -> bool:
    return is_below(book / f"{name}.yaml", path)


def _owed(book: Book, path: Path | None) -> dict[str, str]:
    """Return for each change below `path` that went live with work still to do, by its id, how much it owes."""
    asked = [change for name, change in book.changes.items() if not path or _is_in(book.folder, path, name)]
    owing = ((change, readiness(book)[change.id].owed) for change in asked)
    return {
        str(change.id): f"{change.name}: {owed_words(owed, book.now)}; see changebook gate {change.id}"
        for change, owed in owing
        if owed
    }
