"""The readiness board: how many changes are how far, and the checkpoints of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from changebook.book import Book
from changebook.language import gettext as _
from changebook.language import plural
from changebook.model import Change
from changebook.model.status import PLANNED
from changebook.names import anchor, change_address
from changebook.readiness import CHECKPOINTS, is_late, is_settled, readiness, ready_by
from changebook.render.timing import ended
from changebook.views.assets import in_a_sentence
from changebook.views.checklist import CheckLine, Meter, checklist, meter_of
from changebook.views.due import Due, due_of
from changebook.views.finding import Find, Folded, find_changes, folded

# Rows of each table that are shown at first.
SHOWN = 5


@dataclass(frozen=True)
class Tally:
    """How many open changes have no gap, have one, and are late; how many gaps are open, waived, and owed."""

    ready: int
    with_gaps: int
    late: int
    gaps: int
    waived: int
    owed: int


@dataclass(frozen=True)
class Cell:
    """One checkpoint of a change, and the address of its line on the checklist."""

    line: CheckLine
    address: str


@dataclass(frozen=True)
class Row:
    """A change on the board: its support risk, the gate's word beside its claim, the next date, its cells.

    `gate` is the first gap's state and the words for all: `5 gaps, late 18 hours`. `next` is when the change advisory
    board meets or support must be ready, whichever comes first and is still to come. `due` is a badge for the first of
    its gaps that is late or due today.
    """

    change: Change
    address: str
    risk: str
    gate: tuple[str, str]
    next: tuple[str, datetime] | None
    due: Due | None
    cells: list[Cell]


@dataclass(frozen=True)
class Board:
    """The whole board, and the filters over it: planned changes, then those in use."""

    find: Find
    checkpoints: tuple[str, ...]
    tally: Tally
    planned: Folded[Row]
    settled: Folded[Row]


def board_page(book: Book) -> Board:
    """Return the readiness board: planned changes by their deadline, then those in use and closed ones with gaps: gaps
    first, then what is owed.
    """
    changes = [change for change in book.changes.values() if not is_settled(change, book)]
    planned = sorted(
        (change for change in changes if change.status in PLANNED),
        key=lambda change: (_moment(ready_by(change, book)), change.id),
    )
    settled = sorted(
        (change for change in changes if change.status not in PLANNED),
        key=lambda change: (
            *(not readiness(book)[change.id].gaps, not readiness(book)[change.id].owed, change.status != "live"),
            *(-ended(change), change.id),
        ),
    )
    return Board(
        find=find_changes(book, changes),
        checkpoints=tuple(CHECKPOINTS),
        tally=_tally(book, changes),
        planned=folded([_row(book, change) for change in planned], shown=SHOWN),
        settled=folded([_row(book, change) for change in settled], shown=SHOWN),
    )


def first_due(book: Book, change: Change) -> Due | None:
    """Return the badge of a change's first gap when it is late or due today, else None."""
    dates = [gap.due for gap in readiness(book)[change.id].gaps if gap.due]
    if not dates or min(dates).date() > book.now.date():
        return None
    return due_of(min(dates), book.now)


def _tally(book: Book, changes: list[Change]) -> Tally:
    found = [readiness(book)[change.id] for change in changes]
    with_gaps = sum(bool(item.gaps) for item in found)
    return Tally(
        ready=len(found) - with_gaps,
        with_gaps=with_gaps,
        late=sum(any(is_late(gap, book) for gap in item.gaps) for item in found),
        gaps=sum(len(item.gaps) for item in found),
        waived=sum(len(item.waived) for item in found),
        owed=sum(len(item.owed) for item in found),
    )


def _row(book: Book, change: Change) -> Row:
    address, due = change_address(change.id, "readiness"), first_due(book, change)
    dates = ((_("Ready by"), ready_by(change, book)), (_("Board"), change.board))
    to_come = [(words, at) for words, at in dates if at and at >= book.now]
    return Row(
        change=change,
        address=address,
        risk=book.desk.kinds[change.kind].risk,
        gate=_gate(meter_of(book, change), due),
        next=min(to_come, key=lambda item: item[1].timestamp(), default=None),
        due=due,
        cells=[Cell(line, f"{address}#{anchor(line.checkpoint)}") for line in checklist(book, change)],
    )


def _gate(meter: Meter | None, due: Due | None) -> tuple[str, str]:
    if not meter or not meter.gaps:
        return "owed" if meter and "owed" in meter.states else "met", meter.words if meter else ""
    gaps = f"{meter.gaps} {plural(meter.gaps, 'gap', 'gaps')}"
    return "gap", f"{gaps}, {in_a_sentence(due.words)}" if due else gaps


def _moment(deadline: datetime | None) -> float:
    return deadline.timestamp() if deadline else float("inf")
