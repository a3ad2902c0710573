"""The readiness board: how many changes are how far, and the checkpoints of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from changebook.book import Book
from changebook.model import Change
from changebook.model.status import IN_USE, OPEN, PLANNED
from changebook.names import anchor, change_address
from changebook.readiness import CHECKPOINTS, is_late, readiness, ready_by
from changebook.render.timing import ended
from changebook.views.checklist import CheckLine, checklist
from changebook.views.due import Due, due_of
from changebook.views.finding import Find, Folded, find_changes, folded

# Rows of each table that are shown at first.
SHOWN = 5


@dataclass(frozen=True)
class Tally:
    """How many open changes have no gap, have one, and are late; how many gaps are open, and how many waived."""

    ready: int
    with_gaps: int
    late: int
    gaps: int
    waived: int


@dataclass(frozen=True)
class Cell:
    """One checkpoint of a change, and the address of its line on the checklist."""

    line: CheckLine
    address: str


@dataclass(frozen=True)
class Row:
    """A change on the board: when support must be ready where that is not when the board meets, what is due, cells.

    `due` is a badge for the first of its gaps that is late or due today, None where the date says enough.
    """

    change: Change
    address: str
    ready_by: datetime | None
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
    """Return the readiness board: planned changes by their deadline, then live and stable ones, gaps first."""
    changes = [change for change in book.changes.values() if change.status in OPEN]
    planned = sorted(
        (change for change in changes if change.status in PLANNED),
        key=lambda change: (_moment(ready_by(change, book)), change.id),
    )
    settled = sorted(
        (change for change in changes if change.status in IN_USE),
        key=lambda change: (
            *(not readiness(book)[change.id].gaps, change.status != "live"),
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
    )


def _row(book: Book, change: Change) -> Row:
    address, deadline = change_address(change.id, "readiness"), ready_by(change, book)
    return Row(
        change=change,
        address=address,
        ready_by=deadline if deadline != change.board else None,
        due=first_due(book, change),
        cells=[Cell(line, f"{address}#{anchor(line.checkpoint)}") for line in checklist(book, change)],
    )


def _moment(deadline: datetime | None) -> float:
    return deadline.timestamp() if deadline else float("inf")
