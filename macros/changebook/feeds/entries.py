"""Which entry of a calendar is which, and which of its states is newer: both from git."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from hashlib import sha256

from changebook.book import Book
from changebook.feeds.moments import NoteMoments
from changebook.git.history import History
from changebook.model import Change
from changebook.model.status import GONE
from changebook.render.timing import STATUS_WORDS
from changebook.views.since import KEPT


@dataclass(frozen=True)
class CalendarEntries:
    """What git knows of the entries in calendars: `first` is the id that a change had first, `edited` when it was last
    edited, both by the change's id. Where git knows nothing, both are empty.
    """

    first: Mapping[str, str] = field(default_factory=dict)
    edited: Mapping[str, datetime] = field(default_factory=dict)

    def id_of(self, change: Change) -> str:
        """Return the id of a change's entries, which stays when the change is renamed."""
        return self.first.get(change.id, str(change.id))

    def sequence(self, *changes: Change, shared: bool = False) -> int:
        """Return the number of the state that the entry of `changes` is in, which may be `shared` with others.

        A later state has a higher number: the minute of the last edit. Where git knows nothing, it counts how often a
        change was moved or given up.
        """
        if not self.edited:
            return max(len(change.postponed) + (change.status in GONE) for change in changes)
        # A change can leave a meeting, whose number must not fall with it.
        known = self.edited.values() if shared else map(self.edited.get, (change.id for change in changes))
        return max((int(at.timestamp()) // 60 for at in known if at), default=0)


UNKNOWN_ENTRIES = CalendarEntries()


@dataclass(frozen=True, eq=False)
class CalendarSite:
    """The site that calendar files are of: where its links begin, "" where nobody says, whose it is, "" for the desk,
    which page of a change they lead to, "" for its hub, what it calls each status, and what git knows of its entries.
    """

    address: str = ""
    name: str = ""
    shows: str = ""
    words: Mapping[str, str] = field(default_factory=lambda: STATUS_WORDS)
    entries: CalendarEntries = UNKNOWN_ENTRIES


def entries_of(book: Book, history: History) -> CalendarEntries:
    """Return what git knows of the entries in the desk's calendars; records that are gone count too."""
    folder = f"{book.folder.name}/"
    edited = {
        path.removeprefix(folder).removesuffix(".yaml"): edit.at
        for path, edit in history.edits.items()
        if path.startswith(folder) and path.count("/") == 1
    }
    first = {}
    for change in book.changes.values():
        # A former name that was a record once: others are what people say.
        olds = [
            old
            for old in map(book.desk.settings.id_of, change.former_names)
            if old in edited and old not in book.changes
        ]
        first[str(change.id)] = next(iter(olds), str(change.id))
    return CalendarEntries(first, edited)


def entries_for(entries: CalendarEntries, book: Book, moments: NoteMoments, *, partner: bool) -> CalendarEntries:
    """Return the same for staff or a partner: `moments` is when what they are told last changed.

    No number tells of an edit that they do not see, and a partner reads no former name, not in an id either.
    """
    if not entries.edited:
        return replace(entries, first={})
    # Moments are known for so long; what is older has a number that is no lower than the one it had.
    floor = datetime.combine(book.now - KEPT + timedelta(days=1), time(), tzinfo=book.now.tzinfo)
    edited = {name: max(moments.get(name, floor), floor) for name in book.changes}
    first = {name: entries.first[name] for name in book.changes if name in entries.first}
    hidden = {name: sha256(old.encode()).hexdigest()[:16] for name, old in first.items()}
    return CalendarEntries(hidden if partner else first, edited)
