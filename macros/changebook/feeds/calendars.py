"""Which calendar files a site has, and what is recent enough to be in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from changebook.book import Book
from changebook.model import Change
from changebook.model.change import Audience
from changebook.model.timeline import spans_of
from changebook.names import audience_address, calendar_address, change_address

ALL_GO_LIVES = f"{calendar_address()}changes.ics"
# What is longer ago leaves the feeds, so that they stay small.
IN_CALENDARS = timedelta(days=60)


def ics_files(book: Book, *, reader: Audience = "desk") -> Iterator[str]:
    """Yield where each calendar file of the site of `reader` is published: of all changes, of each user group and
    partner, of each recent change. For staff and partners `book` is emptied already; a partner's own is that of all.
    """
    yield ALL_GO_LIVES
    for group in book.desk.groups if reader != "partners" else ():
        yield group_calendar(group)
    for partner in book.desk.partners if reader == "desk" else ():
        yield _file(audience_address(partner, groups=False))
    yield from (change_calendar(book, change) for change in recent(book))


def group_calendar(group: str) -> str:
    """Return where the calendar file of a user group is published."""
    return _file(audience_address(group))


def change_calendar(book: Book, change: Change) -> str:
    """Return where the calendar file of a change is published, "" if it is over for too long to have one."""
    since = book.now - IN_CALENDARS
    return _file(change_address(change.id)) if any(moment >= since for moment in _ends(change)) else ""


def recent(book: Book) -> list[Change]:
    """Return the changes that calendars hold: those with a go-live, or one that was given up, since 60 days ago."""
    return [one for one in book.changes.values() if change_calendar(book, one)]


def _ends(change: Change) -> list[datetime]:
    return [span.end for span in spans_of(change)] or [former.from_ for former in change.postponed]


def _file(address: str) -> str:
    return f"{address}{address.strip('/').rpartition('/')[2]}.ics"
