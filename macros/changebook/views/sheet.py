"""The readiness page of a change: its checklist with what is open, waivers, countdown, tests and rehearsals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Case, Change, Team
from changebook.model.status import HURRIED, PLANNED
from changebook.names import anchor
from changebook.readiness import is_settled, readiness, ready_by, waived_on
from changebook.views.audit import Audit, audit_of
from changebook.views.brief import parts_lacking
from changebook.views.checklist import CheckLine, Meter, checklist, meter_of
from changebook.views.gaps import GapLine, gap_lines
from changebook.views.guidance import Link
from changebook.views.milestones import CountdownDay, countdown
from changebook.views.rehearsals import RehearsalPage, has_rehearsals, rehearsal_page
from changebook.views.support_tests import LedgerLine, Script, has_script, support_script


@dataclass(frozen=True)
class SheetLine:
    """A line of the checklist, its anchor, and what is open on it: gaps, else what is not due yet."""

    line: CheckLine
    anchor: str
    open: list[GapLine]


@dataclass(frozen=True)
class Waiving:
    """A waiver: what is accepted, the gap's name, why, by whom and until when, and whether that day has passed."""

    said: str
    gap: str
    reason: str
    approver: Team
    expires: date
    ended: bool


@dataclass(frozen=True)
class TestLine:
    """A test case in one line: the run that counts before production and after go-live, and the answering playbook."""

    case: Case
    playbook: Link | None
    runs: list[LedgerLine | None]


@dataclass(frozen=True)
class Sheet:
    """Everything the readiness page of a change shows, in its order; `lacking` are the missing parts of its brief, and
    `owed` is whether something is owed until after the window.

    A change that is settled has no lines and no days: what was tested and rehearsed is all that is left to show.
    """

    change: Change
    owner: Team
    meter: Meter | None
    ready_by: datetime | None
    owed: bool
    lines: list[SheetLine]
    waivers: list[Waiving]
    days: list[CountdownDay]
    brief: str
    lacking: list[str]
    script: Script | None
    tests: list[TestLine]
    rehearsals: RehearsalPage | None
    audit: Audit | None

    @property
    def gaps(self) -> list[GapLine]:
        """Everything that is open, in the order of the checklist."""
        return [gap for line in self.lines for gap in line.open]


def sheet_page(book: Book, change: Change) -> Sheet:
    """Return the readiness page of a change; one that needs no readiness any more has no checklist."""
    deadline, settled = ready_by(change, book), is_settled(change, book)
    script = support_script(book, change) if has_script(book, change) else None
    return Sheet(
        change=change,
        owner=book.desk.teams[change.owner],
        meter=meter_of(book, change),
        ready_by=deadline if deadline != change.board and change.urgency not in HURRIED else None,
        owed=bool(readiness(book)[change.id].owed),
        lines=[] if settled else [_line(book, change, line) for line in checklist(book, change)],
        waivers=[] if settled else _waivers(book, change),
        # Nobody counts down to an emergency.
        days=[] if settled or change.urgency == "emergency" else _days(book, change),
        brief=book.desk.kinds[change.kind].artifact.name,
        # What an emergency owes is on its checklist.
        lacking=[] if settled or change.urgency == "emergency" else parts_lacking(book, change),
        script=script,
        tests=list(_tests(script)) if script else [],
        rehearsals=rehearsal_page(book, change) if has_rehearsals(change) else None,
        audit=audit_of(book, change),
    )


def _line(book: Book, change: Change, line: CheckLine) -> SheetLine:
    due = (*line.gaps, *line.owed) or line.waiting
    return SheetLine(line, anchor(line.checkpoint), gap_lines(book, change, gaps=due))


def _days(book: Book, change: Change) -> list[CountdownDay]:
    """Return the countdown; once the change is in use, what is still open of it."""
    days = countdown(book, change)
    if change.status in PLANNED:
        return days
    left = [replace(day, milestones=[item for item in day.milestones if item.progress != "done"]) for day in days]
    return [day for day in left if day.milestones]


def _tests(script: Script) -> Iterable[TestLine]:
    for line in script.cases:
        held = [[item for item in stage.lines if item.case is line.case] for stage in script.stages]
        # An earlier run of the stage is past; the one that counts is not.
        counts = [next((item for item in items if item.state != "past"), None) for items in held]
        yield TestLine(line.case, line.playbook, counts)


def _waivers(book: Book, change: Change) -> list[Waiving]:
    """Return the waivers of a change: those that hold first, then those that have ended, the last first."""
    teams, found = book.desk.teams, readiness(book)[change.id]
    every = (*found.gaps, *found.owed, *found.waiting, *(item.gap for item in found.waived))
    said = {line.gap.name: line.said for line in gap_lines(book, change, gaps=every)}
    held = [
        Waiving(
            said=said.get(item.gap, _("No longer open; delete the waiver.")),
            gap=item.gap,
            reason=item.reason,
            approver=teams[item.approver],
            expires=item.expires,
            ended=item.expires < waived_on(change, book),
        )
        for item in change.waivers
    ]
    return sorted(held, key=lambda item: (item.ended, item.expires))
