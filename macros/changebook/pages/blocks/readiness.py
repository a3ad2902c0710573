"""Macros that place how ready support is."""

from __future__ import annotations

from dataclasses import dataclass

from changebook.book import Book
from changebook.pages.ledger import LEDGER_FILE
from changebook.render import Block
from changebook.views.board import Board, board_page
from changebook.views.burden import Expected, expected
from changebook.views.gaps import OWNER_SHOWN, Owed, owed
from changebook.views.sheet import Sheet, sheet_page

# Teams whose gaps are all shown at once.
_FEW_TEAMS = 4


@dataclass(frozen=True)
class ReadinessBoard:
    """The board of all open changes, and the gaps of each team, of which `shown` are shown at first."""

    board: Board
    owed: list[Owed]
    shown: int


@dataclass(frozen=True)
class ReadinessSheet:
    """The readiness of a change, the name of the file that holds the ledger of its tests, and the tickets to expect."""

    sheet: Sheet
    file: str
    expected: Expected | None


def readiness_board(book: Book) -> Block:
    """Place the readiness of all open changes: how many are ready, their checkpoints, and the gaps of each team.

    Example: {{ readiness_board() }}
    """
    teams = owed(book)
    shown = OWNER_SHOWN if len(teams) <= _FEW_TEAMS else 2
    return Block("readiness_board", ReadinessBoard(board_page(book), teams, shown))


def readiness_sheet(book: Book, change: str) -> Block:
    """Place the readiness of a change: its checklist with every gap, the countdown, its support tests and rehearsals.

    Arguments: `change`, the id of a change.
    Errors: a change that the book does not hold.
    Example: {{ readiness_sheet("fhir-patient-lookup-r4") }}
    """
    record = book.change(change)
    return Block("readiness_sheet", ReadinessSheet(sheet_page(book, record), LEDGER_FILE, expected(book, record)))
