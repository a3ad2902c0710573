"""`changebook since`: what changed in the guidance since a moment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import click

from changebook.book import Book
from changebook.checking.loading import moment_in
from changebook.cli.common import BOOK, PLAIN, TODAY, right_book
from changebook.errors import ChangebookError
from changebook.git.repository import edits_since
from changebook.printing.terminal import say_json, say_lines
from changebook.render.timing import time_words
from changebook.views.since import SHIFT, SincePage, plain_since, since_page

_AGO = re.compile(r"([1-9]\d{0,3})([hd])")


@click.command(name="since")
@click.argument("moment", required=False)
@BOOK
@PLAIN
@TODAY
def print_since(moment: str | None, path: Path, form: str, today: str | None) -> None:
    """Print which playbooks, first responses, known errors and numbers say something else than at MOMENT.

    The folder as it is now is compared with the last commit at or before MOMENT: a day, a time of the book's zone,
    or how long ago, such as 12h or 3d; without it, 24 hours ago.

    \b
    Examples:
      changebook since
      changebook since 3d
      changebook since "2026-12-02 07:00" --format json
    """
    book, _ = right_book(path, today, form)
    at = _asked(moment, book) if moment else book.now - SHIFT
    book = replace(book, past=edits_since(path, at))
    if book.past.unknown:
        raise click.UsageError(f"the book's history is not known: {book.past.unknown}")
    page = since_page(book, at)
    if form == "json":
        say_json(plain_since(page))
    else:
        say_lines(_lines(page))


def _asked(moment: str, book: Book) -> datetime:
    if ago := _AGO.fullmatch(moment):
        return book.now - timedelta(**{"hours" if ago[2] == "h" else "days": int(ago[1])})
    try:
        return moment_in(moment if " " in moment or "T" in moment else f"{moment} 00:00", book.desk.settings.zone)
    except ChangebookError as error:
        raise click.BadParameter(f"{error}, or how long ago: 12h, 3d", param_hint="MOMENT") from error


def _lines(page: SincePage) -> Iterator[str]:
    """Yield what changed as a terminal prints it."""
    if page.doubt:
        yield page.doubt
    yield f"{page.counted} since {time_words(page.moment, page.now)}."
    if page.late:
        yield page.why
    for line in page.shown:
        of = f" ({line.told.change})" if line.told.change else ""
        yield ""
        number = f"{line.told.number}, " if line.told.number else ""
        yield f"{line.when}  {line.told.heading}: {number}{line.told.title}{of}"
        yield from (f"  {said}" for said in line.told.said)
        if line.told.address:
            yield f"  /{line.told.address}"
    if page.unread:
        yield ""
        yield "Not compared, so what changed in them is not listed:"
        yield from (f"  {file}" for file in page.unread)
