"""What is kept of tickets: `changes/tickets/2026-11.csv`, one line for each that was opened in that month."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from changebook.model.ticket import TIMES, Ticket
from changebook.names import ID

KEPT_COLUMNS = (
    "ticket,opened,classified,resolved,change,playbook,category,group,"
    "first_contact,escalated,repeat,sla_missed,answered_by"
).split(",")
FILE = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])\.csv")
_OPEN = "open"
# Of a file that is something else, so many lines are named.
_NAMED = 20
_TRUTH = {"yes": True, "no": False, "": None}
_WORDS = {truth: word for word, truth in _TRUTH.items()}
_TIME = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\dZ~?")
# After a time that is in an hour which clocks show twice or skip.
_UNSURE = "~"
_ID = rf"(?:{ID})?"


def mark_of(source: str, number: str) -> str:
    """Return the digest by which a ticket is known in what is kept: of the mapping's name and its number."""
    return hashlib.sha256(f"{source}\0{number}".encode()).hexdigest()[:12]


def file_of(ticket: Ticket) -> str:
    """Return the name of the file that a ticket is kept in."""
    return f"{ticket.opened:%Y-%m}.csv"


def kept_text(tickets: Iterable[Ticket]) -> str:
    """Return the file that keeps `tickets`, in the order in which they were opened."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(KEPT_COLUMNS)
    for ticket in sorted(tickets, key=lambda item: (item.opened, item.mark)):
        writer.writerow(row_of(ticket))
    return out.getvalue()


def row_of(ticket: Ticket) -> tuple[str, ...]:
    """Return the line that keeps a ticket, as its cells."""
    truths = (ticket.first_contact, ticket.escalated, ticket.repeat, ticket.sla_missed)
    return (
        ticket.mark,
        _said(ticket, "opened"),
        _said(ticket, "classified"),
        _said(ticket, "resolved") or (_OPEN if ticket.closes else ""),
        ticket.change,
        ticket.playbook,
        ticket.category,
        ticket.group,
        *(_WORDS[truth] for truth in truths),
        ticket.answered_by,
    )


def read_kept(data: bytes) -> tuple[list[Ticket], list[tuple[int, str]]]:
    """Return the tickets that a kept file holds, and what is wrong with it: the line, and the message.

    A spreadsheet that saved it wrote a byte order mark before it.
    """
    lines = csv.reader(io.StringIO(data.decode("utf-8-sig", "replace"), newline=""))
    wrong: list[tuple[int, str]] = []
    try:
        head = next(lines, None)
    except csv.Error:
        head = None
    if head != KEPT_COLUMNS:
        remedy = "it is written by 'changebook tickets import'; import the tickets again"
        return [], [(1, f"not a file of counted tickets, its first line is not {','.join(KEPT_COLUMNS)}; {remedy}")]
    tickets: list[Ticket] = []
    try:
        for cells in lines:
            if len(wrong) == _NAMED:
                wrong.append((lines.line_num, "not read from here on; import the tickets again"))
                break
            try:
                tickets.append(_ticket(cells))
            except (ValueError, KeyError):
                wrong.append((lines.line_num, "not a counted ticket; put the line back as the import wrote it"))
    except csv.Error:
        wrong.append((lines.line_num, "not CSV from here on; import the tickets again"))
    marks: set[str] = set()
    for number, ticket in enumerate(tickets, 2):
        if ticket.mark in marks and not wrong:
            wrong.append((number, f"the ticket {ticket.mark} is kept twice; delete one of its lines"))
        marks.add(ticket.mark)
    return tickets, wrong


def _ticket(cells: list[str]) -> Ticket:
    mark, opened, classified, resolved, change, playbook, category, group, *truths, answered_by = cells
    first_contact, escalated, repeat, sla_missed = (_TRUTH[word] for word in truths)
    if not all(
        fits(cell) for fits, cell in zip(_SHAPES, (mark, change, playbook, category, group, answered_by), strict=True)
    ):
        raise ValueError(cells)
    return Ticket(
        mark,
        _time(opened),
        _time(classified) if classified else None,
        _time(resolved) if resolved not in ("", _OPEN) else None,
        closes=resolved != "",
        change=change,
        playbook=playbook,
        category=category,
        group=group,
        first_contact=first_contact,
        escalated=escalated,
        repeat=repeat,
        sla_missed=sla_missed,
        answered_by=answered_by,
        unsure=frozenset(
            name for name, cell in zip(TIMES, (opened, classified, resolved), strict=True) if cell.endswith(_UNSURE)
        ),
    )


def _shaped(expression: str) -> Callable[[str], Any]:
    return re.compile(expression).fullmatch


_SHAPES = tuple(
    map(_shaped, ("[0-9a-f]{12}", _ID, r"(?:PB-\d{3,5})?", rf"(?:{ID}(?:/{ID})*)?", _ID, r"(?:no|[a-z0-9/-]+/)?"))
)


def _time(text: str) -> datetime:
    if not _TIME.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text.removesuffix(_UNSURE))


def _said(ticket: Ticket, name: str) -> str:
    if not (moment := getattr(ticket, name)):
        return ""
    return f"{moment.astimezone(UTC).isoformat()[:16]}Z{_UNSURE if name in ticket.unsure else ''}"


def by_file(tickets: Iterable[Ticket]) -> Iterator[tuple[str, list[Ticket]]]:
    """Yield the files that keep `tickets`, by name, each with those it keeps."""
    files: dict[str, list[Ticket]] = {}
    for ticket in tickets:
        files.setdefault(file_of(ticket), []).append(ticket)
    yield from sorted(files.items())
