"""The counted tickets of a book: `changes/tickets/`, every file of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from changebook.errors import Problem
from changebook.model import Change, Settings
from changebook.model.ticket import Ticket
from changebook.source.entries import is_file, is_passed_over
from changebook.tickets.kept import FILE, read_kept

TICKETS = "tickets"
# A hundred thousand tickets; what a proposal brings is read by everyone's build.
_MOST = 12 * 1024 * 1024
_STRANGE = "not read: counted tickets are in files of one month, such as 2026-11.csv; move it elsewhere"

_LARGE = f"not read: larger than {_MOST // 1024 // 1024} MiB; delete it, and import the tickets of that month again"


def tickets_in(folder: Path, *, shown_as: Path) -> tuple[list[Ticket], list[Problem]]:
    """Return the tickets that the files in `folder` keep, as they were opened, and what is wrong with them."""
    if folder.is_symlink() or not folder.is_dir():
        return [], []
    tickets: list[Ticket] = []
    problems: list[Problem] = []
    for file in sorted(folder.iterdir()):
        if FILE.fullmatch(file.name) and is_file(file) and file.stat().st_size > _MOST:
            problems.append(Problem(shown_as / file.name, 1, 1, _LARGE))
        elif FILE.fullmatch(file.name) and is_file(file):
            found, wrong = read_kept(file.read_bytes())
            tickets += found
            problems += [Problem(shown_as / file.name, line, 1, message) for line, message in wrong]
        elif not is_passed_over(file):
            problems.append(Problem(shown_as / file.name, 1, 1, _STRANGE))
    return sorted(tickets, key=lambda ticket: (ticket.opened, ticket.mark)), problems


def with_todays_ids(tickets: list[Ticket], changes: Mapping[str, Change], settings: Settings) -> Iterator[Ticket]:
    """Yield tickets with the ids that their changes have today; a change that is gone is none."""
    former = {settings.id_of(name): change.id for change in changes.values() for name in change.former_names}
    for ticket in tickets:
        if not ticket.change or ticket.change in changes:
            yield ticket
        else:
            yield replace(ticket, change=former.get(ticket.change, ""))
