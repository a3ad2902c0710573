"""`changebook tickets import`: what a release cost the desk, from the helpdesk's export."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from changebook.book import Book
from changebook.book.lookup import change_called
from changebook.cli.common import BOOK, named_folder, right_book
from changebook.cli.completing import change_ids
from changebook.cli.options import TODAY
from changebook.cli.recording import YES
from changebook.editing.files import FileEdit, write
from changebook.errors import ChangebookError
from changebook.git.repository import edits_since
from changebook.printing.terminal import confirm, say, say_lines
from changebook.render.timing import time_words
from changebook.source.files import writing
from changebook.tickets.exported import Export
from changebook.tickets.folder import TICKETS
from changebook.tickets.importing import Counted, count_export
from changebook.tickets.kept import by_file, kept_text, read_kept, row_of
from changebook.tickets.mappings import mapping_called
from changebook.tickets.reading import read_export
from changebook.tickets.unsaid import unsaid

_SHOWN = 20
# Of rows that are left out, so many are named.
_NAMED = 5
_WAYS = {
    "number": "by its number",
    "name": "by its name",
    "playbook": "by playbook, category and time",
    "export": "because --change says so",
}


@click.group()
def tickets() -> None:
    """Count the tickets of a helpdesk's export.

    \b
    Example:
      changebook tickets import incidents.csv --mapping servicenow
    """


@tickets.command("import")
@click.argument("file", metavar="EXPORT", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--mapping",
    "name",
    required=True,
    metavar="NAME",
    help="How to read it: one of the desk's mappings, or servicenow, zendesk, csv and others.",
)
@click.option(
    "--change",
    metavar="NAME",
    shell_complete=change_ids,
    help="The change that every ticket in it is about, unless it names another.",
)
@click.option("--diff", is_flag=True, help="Show each line that is added or changed.")
@YES
@BOOK
@TODAY
def import_tickets(
    file: Path, *, name: str, change: str | None, diff: bool, yes: bool, path: Path, today: str | None
) -> None:
    """Count the tickets in EXPORT, tie them to changes and playbooks, and keep the counts in changes/tickets.

    EXPORT is CSV or JSON. Kept are times, category, user group, change, playbook, and whether a ticket was escalated, a
    repeat, late, or answered by something published: no text, and nobody's name. A ticket is tied to a change by a
    number or a name that it holds, or by playbook, category and time; where two changes fit, it is tied to neither.
    What is kept already is brought up to date: the same export twice changes nothing.

    \b
    Examples:
      changebook tickets import incidents.csv --mapping servicenow
      changebook tickets import claims.json --mapping zendesk --change claims-api-2-4 --yes
    """
    book = right_book(path, today)
    try:
        mapping = mapping_called(name, book.desk)
        about = change_called(book, change).id if change else ""
        export = read_export(file.read_bytes(), mapping, book.desk.settings.zone)
    except ChangebookError as error:
        raise click.UsageError(str(error)) from error
    if export.tickets:
        book = replace(book, past=edits_since(path, min(ticket.opened for ticket in export.tickets)))
    counted = count_export(export, mapping, book, change=about)
    say_lines(_report(export, counted, book))
    say_lines(unsaid(export.tickets, mapping))
    folder = named_folder(path)
    edits = list(_edits(counted, folder))
    if not edits:
        say("Everything is counted already; there is nothing to write.", err=True)
        return
    if diff:
        say_lines(line for edit in edits for line in edit.diff(folder.parent))
    if not yes:
        confirm("Write this?")
    (folder / TICKETS).mkdir(exist_ok=True)
    with writing(folder):
        write(edits)
    say(f"{len(edits)} file{'s' if len(edits) > 1 else ''} below {(folder / TICKETS).as_posix()} written.", err=True)


def _edits(counted: Counted, folder: Path) -> Iterator[FileEdit]:
    """Yield what changes in the kept files, and say how many tickets are new in each."""
    # A ticket whose time of opening was corrected leaves the month it was in.
    here = {ticket.mark for ticket in counted.tickets}
    files = dict(by_file(counted.tickets))
    kept = {file.name for file in (folder / TICKETS).glob("*.csv")}
    for name in sorted({*files, *kept}):
        file = folder / TICKETS / name
        before = file.read_bytes() if name in kept else b""
        held = {ticket.mark: ticket for ticket in read_kept(before)[0]} if before else {}
        new = {ticket.mark: ticket for ticket in files.get(name, [])}
        gone = held.keys() & here - new.keys()
        stay = [ticket for mark, ticket in held.items() if mark not in here]
        after = kept_text([*stay, *new.values()]).encode()
        if after != before:
            changed = sum(row_of(held[mark]) != row_of(new[mark]) for mark in held.keys() & new.keys())
            left = f", {len(gone)} opened in another month" if gone else ""
            say(f"{TICKETS}/{name}: {len(new.keys() - held.keys())} new, {changed} changed{left}")
            yield FileEdit(file, file, before, after)


def _counted(number: int, what: str) -> str:
    """Return a number and what it is of; `what` begins with a plural."""
    first, space, rest = what.partition(" ")
    return f"{number} {first.removesuffix('s') if number == 1 else first}{space}{rest}"


def _named(which: list[str]) -> str:
    """Return the first few numbers of tickets, or places of rows, after a colon; "" where there are none."""
    more = f" and {len(which) - _NAMED} more" if len(which) > _NAMED else ""
    return f": {', '.join(which[:_NAMED])}{more}" if which else ""


def _report(export: Export, counted: Counted, book: Book) -> Iterator[str]:
    total, odd = len(counted.tickets), counted.odd
    yield f"{_counted(total, 'tickets')} in {_counted(export.rows, 'rows')}."
    tied = sum(counted.ways.values())
    ways = ", ".join(f"{number} {_WAYS[way]}" for way, number in counted.ways.most_common())
    yield f"{tied} tied to a change{f': {ways}' if ways else ''}."
    only = sum(bool(item.tie.playbook) for item in counted.not_tied)
    yield f"{len(counted.not_tied)} not tied to a change; {only} of them name a playbook."
    for item in counted.not_tied[:_SHOWN]:
        playbook = f", {item.tie.playbook}" if item.tie.playbook else ""
        opened = time_words(item.opened.astimezone(book.desk.settings.zone), book.now)
        yield f"  {item.number}, {opened}{playbook}: {item.tie.why}"
    if len(counted.not_tied) > _SHOWN:
        yield f"  and {len(counted.not_tied) - _SHOWN} more"
    for what, number in sorted(odd.items()):
        yield f"{_counted(number, what)}{_named(export.where.get(what, []))}"
    for what, values in counted.strange.items():
        if values:
            most = ", ".join(f"{value!r} ({number})" for value, number in values.most_common(5))
            those = _counted(values.total(), f"tickets whose {what} is none of the desk's, so not counted by it")
            yield f"{those}: {most}"
    if later := [ticket.number for ticket in export.tickets if ticket.opened > book.now]:
        yield f"{_counted(len(later), 'tickets opened after now')}{_named(later)}; see the mapping's zone and day_first"
    if book.past.unknown and export.tickets:
        yield f"Not known which were answered by something published: {book.past.unknown}"
