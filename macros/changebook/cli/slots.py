"""`changebook slots`: when the next change can go live."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

import click

from changebook.book import Book
from changebook.cli.common import BOOK, PLAIN, readable_changes, unknown_term
from changebook.cli.completing import entry_ids
from changebook.cli.options import TODAY
from changebook.errors import ChangebookError
from changebook.model.phases import Window
from changebook.model.scalar import duration_in, moment_in
from changebook.printing.terminal import say_json, say_lines
from changebook.render.timing import window_words
from changebook.schedule import Slot, booking, free_slots, schedule_of


@click.command()
@BOOK
@click.option("--length", required=True, metavar="TIME", help="How long the window is: 90m, 2h.")
@click.option("--after", metavar="DATE", help="Only later ones: '2026-12-08', or '2026-12-08 19:00'; else from now.")
@click.option("--at", "hour", metavar="HOUR", help="The hour to start at where the day has it: 21:00.")
@click.option("--partner-facing", is_flag=True, help="Partners will notice.")
@click.option("--group", "groups", multiple=True, shell_complete=entry_ids("groups"), help="A user group it affects.")
@click.option("--number", type=click.IntRange(1, 366), default=10, show_default=True, help="How many at most.")
@PLAIN
@TODAY
def slots(
    *,
    path: Path,
    length: str,
    after: str | None,
    hour: str | None,
    partner_facing: bool,
    groups: tuple[str, ...],
    number: int,
    form: str,
    today: str | None,
) -> None:
    """Print when a change could go live and break no rule of `desk/calendar.yaml`, one time a day within a year.

    \b
    Examples:
      changebook slots --length 2h
      changebook slots --length 90m --after 2027-01-04 --at 21:00 --partner-facing
      changebook slots --length 2h --group registration-clerks --format json
    """
    book = readable_changes(path, today, form)
    for name in groups:
        if message := unknown_term("user group", name, book.desk.groups):
            raise click.UsageError(f"--group: {message}")
    found = list(islice(_free(book, length, after, hour, partners=partner_facing, groups=groups), number))
    if form == "json":
        say_json(
            [{"start": one.start.isoformat(), "end": one.end.isoformat(), "told": list(one.told)} for one in found]
        )
    else:
        say_lines(_line(one, book.now) for one in found)
        if not found:
            say_lines(["No slot is free within a year; shorten the window, or change desk/calendar.yaml."])


def _free(
    book: Book, length: str, after: str | None, hour: str | None, *, partners: bool, groups: tuple[str, ...]
) -> Iterator[Slot]:
    """Return the slots that are asked for; raise UsageError where a time cannot be read."""
    option = "--length"
    try:
        long = duration_in(length)
        option = "--after"
        since = max(book.now, moment_in(after, book.desk.settings.zone)) if after else book.now
        option = "--at"
        start = moment_in(f"{since:%Y-%m-%d} {hour}", book.desk.settings.zone) if hour else None
    except ChangebookError as error:
        raise click.UsageError(f"{option}: {error}") from error
    touches = frozenset(("groups", name) for name in groups)
    plan = schedule_of(book)
    wanted = booking(start or since.replace(hour=0, minute=0), long, touches=touches, partners=partners)
    return free_slots(plan, wanted, after=since)


def _line(slot: Slot, now: datetime) -> str:
    told = f"  {'; '.join(slot.told)}" if slot.told else ""
    return f"{window_words(Window.model_construct(start=slot.start, end=slot.end, outage=None), now)}{told}"
