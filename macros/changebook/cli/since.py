"""`changebook since`: what changed in the guidance since a moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from changebook.book import Book
from changebook.checking.loading import load_book
from changebook.cli.common import BOOK, PLAIN, clock, stop_on
from changebook.cli.moments import moment_before
from changebook.cli.options import TODAY
from changebook.errors import ChangebookError
from changebook.git.repository import edits_since
from changebook.printing.terminal import say, say_json, say_lines
from changebook.render.timing import time_words
from changebook.since import holds_guidance, is_read
from changebook.views.since import SHIFT, SincePage, plain_since, since_page


@click.command(name="since")
@click.argument("moment", required=False)
@BOOK
@PLAIN
@TODAY
def print_since(moment: str | None, path: Path, form: str, today: str | None) -> None:
    """Print which playbooks, first responses, known errors, phone numbers and hours changed since MOMENT.

    The folder as it is now is compared with the last commit at or before MOMENT: a day, a time in the book's time
    zone, or how long ago, such as 12h or 3d; without it, 24 hours ago.

    \b
    Examples:
      changebook since
      changebook since 3d
      changebook since "2026-12-02 07:00" --format json
    """
    book, broken = _book(path, today)
    at = moment_before(moment, book, "MOMENT") if moment else book.now - SHIFT
    book = replace(book, past=edits_since(path, at))
    if book.past.unknown:
        raise click.UsageError(f"the book's history is not known: {book.past.unknown}")
    page = since_page(book, at, broken=broken)
    if form == "json":
        say_json(plain_since(page))
    else:
        say_lines(_lines(page))
        if not broken.isdisjoint(page.unread):
            say("Run 'changebook check' for what is broken now.")


def _book(folder: Path, today: str | None) -> tuple[Book, frozenset[str]]:
    """Return the book in `folder`, whatever its records are like, and the files that cannot be read.

    Exits with 1 where the desk's settings cannot be read; raises BadParameter when `today` is neither day nor time.
    """
    try:
        loaded = load_book(folder, today=today, clock=clock)
    except ChangebookError as error:
        raise click.BadParameter(str(error), param_hint="--today") from error
    if not loaded.book:
        stop_on(loaded.problems)
    assert loaded.book  # its settings are right
    wrong = {problem.path.relative_to(folder).as_posix() for problem in loaded.problems}
    return loaded.book, frozenset(file for file in wrong if holds_guidance(file) and not is_read(loaded.book, file))


def _lines(page: SincePage) -> Iterator[str]:
    """Yield what changed as a terminal prints it."""
    if page.doubt:
        yield page.doubt
    yield f"{page.counted} since {time_words(page.moment, page.now)}."
    if page.late:
        yield page.why
    for line in page.shown:
        yield ""
        yield f"{line.when}  {line.told.line}"
        yield from (f"  {said}" for said in line.told.said)
        if line.told.address:
            yield f"  /{line.told.address}"
    if page.unread:
        yield ""
        yield "Not compared, so what changed in them is not listed:"
        yield from (f"  {file}" for file in page.unread)
