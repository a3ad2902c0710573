"""Macros that place what is going on: known outages, what callers say, and live, planned and recent changes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from changebook.book import Book
from changebook.model import Change
from changebook.render import Block, Listed, timing
from changebook.views import desk, lists
from changebook.views.board import first_due
from changebook.views.due import Due

_SHOWN = 8
_LIVE_SHOWN = _HEARD_SHOWN = 5


@dataclass(frozen=True)
class ChangeRows:
    """The first changes of a list, and how many more `what` there are at `where` among all; `empty` without any."""

    changes: list[Change]
    more: int
    empty: str
    what: str
    where: str
    text: bool
    note: str = ""


@dataclass(frozen=True)
class NextChanges:
    """What is planned for the next days: a row of days, the changes, and of those that are late what is due."""

    rows: ChangeRows
    due: dict[str, Due]
    days: list[timing.CalendarDay]


def known_outages(book: Book) -> Block:
    """Place the systems and partners that are known to be slow or down, and what to say.

    Example: {{ known_outages() }}
    """
    return Block("outages", Listed(desk.outages(book)))


def heard_today(book: Book) -> Block:
    """Place what callers say about live changes, one saying a playbook, each leading to it.

    Example: {{ heard_today() }}
    """
    return Block("heard", Listed(lists.heard(book)[:_HEARD_SHOWN]))


def live_changes(book: Book) -> Block:
    """Place the changes that are live.

    Example: {{ live_changes() }}
    """
    live = [change for change in timing.suspects(book) if change.status == "live"]
    rows = _rows(live, "Nothing is live.", what="live changes", where="#live", shown=_LIVE_SHOWN)
    return Block("change_rows", rows)


def next_changes(book: Book, days: int = 14) -> Block:
    """Place the changes planned for the next days.

    Arguments: `days`, how many days ahead, 14 when left out.
    Example: {{ next_changes(days=7) }}
    """
    rows = _rows(timing.coming(book, days), f"Nothing is planned for the next {days} days.", what="planned changes")
    due = {change.id: late for change in rows.changes if (late := first_due(book, change)) and late.late}
    return Block("next_changes", NextChanges(rows, due, timing.days_ahead(book, days)))


def recent_changes(book: Book) -> Block:
    """Place the changes of the last 30 days that are no longer watched and could still be the cause.

    Example: {{ recent_changes() }}
    """
    recent = [change for change in timing.suspects(book) if change.status != "live"]
    rows = _rows(recent, "Nothing else changed in the last 30 days.", what="recent changes", text=False)
    return Block("change_rows", replace(rows, note="Could still be the cause."))


def _rows(
    found: list[Change], empty: str, *, what: str, where: str = "", shown: int = _SHOWN, text: bool = True
) -> ChangeRows:
    return ChangeRows(found[:shown], len(found[shown:]), empty, what, where, text)
