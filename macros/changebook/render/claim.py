"""The status of a change as pages and commands say it: a claim, and beside it the word of the gate."""

from __future__ import annotations

from datetime import datetime

from changebook.book import Book
from changebook.language import gettext as _
from changebook.language import plural
from changebook.model import Change
from changebook.readiness import readiness
from changebook.render.timing import STATUS_WORDS, status_words


def claim_words(change: Change, book: Book) -> str:
    """Return a change's status, and beside a claim that it is ready how many gaps the gate finds: `Ready, 3 gaps`."""
    words = status_words(change, book.now)
    gaps = len(readiness(book)[change.id].gaps) if change.status == "ready" else 0
    return f"{words}, {gaps} {plural(gaps, 'gap', 'gaps')}" if gaps else words


def live_since(change: Change, now: datetime) -> datetime | None:
    """Return the moment from which a change counts its days live, None for one that is not live or counts phases."""
    if change.status != "live" or not change.window or (change.phases and now < change.window.end):
        return None
    return change.window.end


def badge_words(change: Change, book: Book) -> str:
    """Return what a page says of a change's status as long as nothing is decided: without the days that it is live."""
    return _(STATUS_WORDS["live"]) if live_since(change, book.now) else claim_words(change, book)


def urgency_words(change: Change) -> str:
    """Return the urgency of a change as it is read beside its status, nothing for one that is planned."""
    return "" if change.urgency == "planned" else f", {_(change.urgency)}"
