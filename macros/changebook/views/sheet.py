"""The readiness sheet of a change: its checklist, its gaps, what is still to come, and what is waived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from changebook.book import Book
from changebook.model import Change, Team
from changebook.model.status import OPEN
from changebook.names import anchor
from changebook.readiness import readiness, ready_by
from changebook.views.checklist import CheckLine, Meter, checklist, meter_of
from changebook.views.due import Due
from changebook.views.gaps import GapLine, gap_lines
from changebook.views.milestones import CountdownDay, countdown


@dataclass(frozen=True)
class SheetLine:
    """A line of the checklist, its anchor, and the badge of what is open on it, if anything is."""

    line: CheckLine
    anchor: str
    due: Due | None


@dataclass(frozen=True)
class Waiving:
    """A waiver: the gap's name, why it is accepted, by whom and until when, and whether that day has passed."""

    gap: str
    reason: str
    approver: Team
    expires: date
    ended: bool


@dataclass(frozen=True)
class Sheet:
    """Everything the readiness page of a change shows, in its order."""

    change: Change
    owner: Team
    meter: Meter | None
    ready_by: datetime | None
    lines: list[SheetLine]
    gaps: list[GapLine]
    coming: list[GapLine]
    waivers: list[Waiving]
    days: list[CountdownDay]


def sheet_page(book: Book, change: Change) -> Sheet:
    """Return the readiness page of a change; one that needs no readiness any more has no lines."""
    found, deadline = readiness(book)[change.id], ready_by(change, book)
    return Sheet(
        change=change,
        owner=book.desk.teams[change.owner],
        meter=meter_of(book, change),
        ready_by=deadline if deadline != change.board else None,
        lines=[_line(book, change, line) for line in checklist(book, change)] if change.status in OPEN else [],
        gaps=gap_lines(book, change, gaps=found.gaps),
        coming=gap_lines(book, change, gaps=found.waiting),
        waivers=_waivers(book, change),
        days=countdown(book, change),
    )


def _line(book: Book, change: Change, line: CheckLine) -> SheetLine:
    found = gap_lines(book, change, gaps=line.gaps or line.waiting)
    return SheetLine(line, anchor(line.checkpoint), found[0].due if found else None)


def _waivers(book: Book, change: Change) -> list[Waiving]:
    """Return the waivers of a change: those that hold first, then those that have ended, the last first."""
    today, teams = book.now.date(), book.desk.teams
    held = [
        Waiving(item.gap, item.reason, teams[item.approver], item.expires, item.expires < today)
        for item in change.waivers
    ]
    return sorted(held, key=lambda item: (item.ended, item.expires))
