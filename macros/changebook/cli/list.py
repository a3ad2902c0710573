"""`changebook list`: all changes, one per line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click

from changebook.book import Book
from changebook.book.told import sentence_for
from changebook.checking.claims import claims_of
from changebook.cli.common import BOOK, PLAIN, unknown_term
from changebook.cli.completing import entry_ids
from changebook.cli.options import TODAY
from changebook.cli.readable import readable_changes
from changebook.model import Change
from changebook.model.change import AUDIENCES
from changebook.model.phases import Phase
from changebook.model.status import Status
from changebook.model.timeline import phases_of
from changebook.names import change_address
from changebook.printing.terminal import say_json, say_lines
from changebook.render.claim import urgency_words
from changebook.render.phasing import when_words
from changebook.views.change_lists import by_status


@click.command(name="list")
@BOOK
@click.option("--status", type=click.Choice(get_args(Status)), help="Only changes with this status.")
@click.option("--kind", shell_complete=entry_ids("kinds"), help="Only changes of this kind, by its id.")
@PLAIN
@TODAY
def list_changes(path: Path, status: str | None, kind: str | None, form: str, today: str | None) -> None:
    """Print the changes in the book, one per line: status, window, name and owner; live ones first, as on the site.

    \b
    Examples:
      changebook list
      changebook list --status ready
      changebook list --kind partner-onboarding --format json
    """
    book = readable_changes(path, today, form)
    if kind is not None and (message := unknown_term("kind of change", kind, book.desk.kinds)):
        raise click.UsageError(f"--kind: {message}")
    found = [
        change
        for name, changes in by_status(book)
        for change in changes
        if status in (None, name) and kind in (None, change.kind)
    ]
    if form == "json":
        say_json([plain_change(book, change) for change in found])
    else:
        say_lines(change_lines(book, found) if found else ["No changes match."])


def change_lines(book: Book, changes: list[Change]) -> Iterator[str]:
    """Yield a line per change: status, window, name, owner."""
    claims = claims_of(book)
    rows = [
        (
            f"{claims[change.id]}{urgency_words(change)}",
            when_words(change, book.now),
            change.name,
            book.desk.teams[change.owner].name,
        )
        for change in changes
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    for *cells, last in rows:
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)), last])


def plain_change(book: Book, change: Change) -> dict[str, object]:
    """Return a change for other programs: `sentence` as the record says it, `told` as each reader is told it."""
    window = change.window
    return {
        "id": change.id,
        "name": change.name,
        "kind": change.kind,
        "status": change.status,
        "urgency": change.urgency,
        "owner": change.owner,
        "sentence": change.sentence,
        "told": {reader: sentence_for(change, book, reader) for reader in AUDIENCES},
        "window": {"start": window.start.isoformat(), "end": window.end.isoformat()} if window else None,
        **({"phases": [plain_phase(phase) for phase in phases_of(change)]} if change.phases else {}),
        "address": f"/{change_address(change.id)}",
    }


def plain_phase(phase: Phase) -> dict[str, object]:
    """Return a phase for other programs."""
    return {
        "name": phase.name,
        "start": phase.start.isoformat(),
        "end": phase.end.isoformat(),
        "sites": list(phase.sites),
        "groups": list(phase.groups),
        "partners": list(phase.partners),
        "outage": phase.outage,
    }
