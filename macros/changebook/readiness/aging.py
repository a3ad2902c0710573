"""Evidence expires: what was done before a change was last revised no longer counts (R13b)."""

from __future__ import annotations

from datetime import date, datetime

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change
from changebook.readiness.gap import end_of_day, section_due


def aged(at: date, change: Change) -> bool:
    """Return whether evidence of the day or time `at` is older than the change as it was last revised."""
    day = at.date() if isinstance(at, datetime) else at
    return change.revised is not None and day < change.revised


def before_a_move(at: datetime, change: Change, *, whole: bool = False) -> bool:
    """Return whether what was done at `at` came before a move of the change, with `whole` of all of it; of a move on a
    day alone, all of that day counts.
    """
    return any(at < one.at for one in change.postponed if not (whole and one.phase))


def since(change: Change) -> str:
    """Return the day on which a change was revised, as messages say it."""
    return _("the change was revised on {revised:%Y-%m-%d}", revised=change.revised) if change.revised else ""


def aged_due(change: Change, book: Book, section: str) -> datetime | None:
    """Return when evidence must be there again: when its section is due, not before the day of the revision ends."""
    due = section_due(change, book, section)
    if not due or not change.revised:
        return due
    return max(due, end_of_day(change.revised, book))


def revised_after_the_window(change: Change) -> bool:
    """Return whether a change was revised once its window had begun: what is done again is done after it."""
    return bool(change.revised and change.window and change.revised > change.window.start.date())
