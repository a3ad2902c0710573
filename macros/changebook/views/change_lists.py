"""Lists of all changes: by status, and their release notes by date. Finished changes are grouped by year."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from changebook.book import Book
from changebook.language import gettext as _
from changebook.language import long_month
from changebook.model import Change
from changebook.model.status import OPEN, PLANNED
from changebook.render.timing import ended
from changebook.views.finding import Find, Folded, Year, find_changes, folded, years

# Release notes that are shown at first, besides those of planned changes.
NOTES_SHOWN = 16


@dataclass(frozen=True)
class Month:
    """The changes whose window starts in one month, newest first."""

    name: str
    changes: list[Change]


@dataclass(frozen=True)
class ReleaseNotes:
    """The release notes: what is planned, soonest first, then the newest by month, then the others by year."""

    find: Find
    planned: Folded[Change]
    months: list[Month]
    years: list[Year]


@dataclass(frozen=True)
class ChangeList:
    """All changes: those that the desk works with by status, then what is over, by year."""

    find: Find
    open: list[tuple[str, Folded[Change]]]
    over: int
    years: list[Year]


def notes_by_date(book: Book) -> ReleaseNotes:
    """Return the release notes of every change that has a window and was not left a draft or cancelled."""
    noted = [
        change for change in book.changes.values() if change.status not in ("draft", "cancelled") and change.window
    ]
    noted.sort(key=lambda change: (-ended(change), change.id))
    planned = [change for change in reversed(noted) if change.status in PLANNED]
    made = [change for change in noted if change.status not in PLANNED]
    grouped = groupby(
        made[:NOTES_SHOWN],
        key=lambda change: f"{long_month(change.window.start)} {change.window.start.year}" if change.window else "",
    )
    return ReleaseNotes(
        find=find_changes(book, noted, what=_("release notes"), audiences=True),
        planned=folded(planned),
        months=[Month(name, list(group)) for name, group in grouped],
        years=years(made[NOTES_SHOWN:]),
    )


def all_changes(book: Book) -> ChangeList:
    """Return all changes: live, ready, draft and stable ones under their status, then the others by year."""
    groups = by_status(book)
    over = [change for status, changes in groups if status not in OPEN for change in changes]
    return ChangeList(
        find=find_changes(book, list(book.changes.values())),
        open=[(status, folded(changes)) for status, changes in groups if status in OPEN],
        over=len(over),
        years=years(over),
    )


def by_status(book: Book) -> list[tuple[str, list[Change]]]:
    """Return all changes under their status: live, planned (the soonest first), then the others, newest first."""
    order = ("live", "ready", "draft", "stable", "rolled-back", "closed", "cancelled")
    found = []
    for status in order:
        changes = [change for change in book.changes.values() if change.status == status]
        if status in PLANNED:
            changes.sort(key=lambda change: (not change.window, ended(change), change.id))
        else:
            changes.sort(key=lambda change: (-ended(change), change.id))
        if changes:
            found.append((status, changes))
    return found
