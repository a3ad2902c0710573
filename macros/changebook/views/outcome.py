"""How a change went, as the lists of its pages say it."""

from __future__ import annotations

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change
from changebook.readiness import retrospective_due
from changebook.render.timing import day_words
from changebook.views.due import due_of

OUTCOME_WORDS = {"successful": "Successful", "with-issues": "With issues", "failed": "Failed"}


def outcome_note(book: Book, change: Change) -> str:
    """Return the outcome of a change and when that was said, else by when its retrospective is due."""
    told = change.retrospective
    if told and told.outcome and told.held:
        return _("{outcome}, held {day}", outcome=_(OUTCOME_WORDS[told.outcome]), day=day_words(told.held, book.now))
    due = retrospective_due(change, book) if change.status == "stable" else None
    if not due:
        return _("Not held")
    # By how much it is late would be another word each day.
    return _("Late, due {day}", day=day_words(due, book.now)) if due < book.now else due_of(due, book.now).words
