"""`changebook slots`: when the next change can go live."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time
from itertools import islice
from pathlib import Path

import click

from changebook.book import Book
from changebook.cli.common import BOOK, PLAIN, unknown_term
from changebook.cli.completing import entry_ids
from changebook.cli.options import TODAY
from changebook.cli.readable import readable_changes
from changebook.errors import ChangebookError
from changebook.model import Kind
from changebook.model.phases import Window
from changebook.model.scalar import duration_in, moment_in
from changebook.printing.terminal import say_json, say_lines
from changebook.render.timing import duration_words, time_words, window_words
from changebook.schedule import Slot, meetings, schedule_of, slots_after


@click.command()
@BOOK
@click.option("--length", required=True, metavar="TIME", help="How long the window is: 90m, 2h.")
@click.option("--after", metavar="DATE", help="Only later ones: '2026-12-08', or '2026-12-08 19:00'; else from now.")
@click.option("--at", "hour", metavar="HOUR", help="The hour to start at where the day has it: 21:00.")
@click.option("--partner-facing", is_flag=True, help="Partners will notice.")
@click.option("--group", "groups", multiple=True, shell_complete=entry_ids("groups"), help="A user group it affects.")
@click.option("--kind", shell_complete=entry_ids("kinds"), help="Its kind: a slot within its lead time says so.")
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
    kind: str | None,
    number: int,
    form: str,
    today: str | None,
) -> None:
    """Print when a change could go live and break no rule of `desk/calendar.yaml`, one time a day within a year.

    A time before the next change advisory board, or within the lead time of the kind, says so.

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
    if kind and (message := unknown_term("kind", kind, book.desk.kinds)):
        raise click.UsageError(f"--kind: {message}")
    told = _told(book, book.desk.kinds[kind] if kind else None)
    found = list(islice(_free(book, length, after, hour, partners=partner_facing, groups=groups), number))
    if form == "json":
        say_json([{"start": one.start.isoformat(), "end": one.end.isoformat(), "told": told(one)} for one in found])
    else:
        say_lines(_line(one, told(one), book.now) for one in found)
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
    at = start.time() if start else time()
    return slots_after(schedule_of(book), long, after=since, hour=at, touches=touches, partners=partners)


def _told(book: Book, kind: Kind | None) -> Callable[[Slot], list[str]]:
    """Return what the desk is told of a slot: what is near, no board before it, and too little time to get ready."""
    boards = [meeting.at for meeting in meetings(book.changes.values()) if meeting.held == "board"]
    board = min((at for at in boards if at > book.now), default=None)
    lead = kind.lead_time if kind else None

    def told(slot: Slot) -> list[str]:
        said = list(slot.told)
        if lead and kind and slot.start - book.now < lead:
            said.append(f"sooner than the lead time of {kind.name}, {duration_words(lead)}")
        if board and slot.start < board:
            said.append(f"before the next board, {time_words(board, book.now)}")
        return said

    return told


def _line(slot: Slot, told: list[str], now: datetime) -> str:
    window = Window.model_construct(start=slot.start, end=slot.end, outage=None)
    return "  ".join(filter(None, (window_words(window, now), "; ".join(told))))
