"""A moment on the command line: a day, a time, or how long ago."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import click

from changebook.book import Book
from changebook.errors import ChangebookError
from changebook.model.scalar import moment_in
from changebook.render.timing import time_words

_AGO = re.compile(r"([1-9]\d{0,3})([hd])")


def moment_before(asked: str, book: Book, hint: str) -> datetime:
    """Return the moment that is `asked` for (aware): a day, a time in the book's zone, or how long ago, such as 12h.

    Raises BadParameter, with `hint` for what it is called, for anything else and for what is still to come.
    """
    if ago := _AGO.fullmatch(asked):
        return book.now - timedelta(**{"hours" if ago[2] == "h" else "days": int(ago[1])})
    try:
        moment = moment_in(asked, book.desk.settings.zone)
    except ChangebookError as error:
        raise click.BadParameter(f"{error}, or how long ago: 12h, 3d", param_hint=hint) from error
    if moment > book.now:
        message = f"{asked!r} is still to come; name a time before {time_words(book.now, book.now)}"
        raise click.BadParameter(message, param_hint=hint)
    return moment
