"""Release notes as entries of a feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from changebook.book import Book
from changebook.feeds.entry import FeedEntry
from changebook.feeds.moments import NoteMoments
from changebook.model import Change
from changebook.model.change import Audience
from changebook.model.notices import Notice
from changebook.names import change_address
from changebook.render import Block
from changebook.render.timing import ended
from changebook.views.change import Seen, seen
from changebook.views.dates import dates_of, when_lines


@dataclass(frozen=True)
class NoteEntry:
    """A release note in a feed: the change for `reader`, when it is made, what looks different, what to do and not to
    do, and what to expect.
    """

    change: Change
    reader: Audience
    when: list[str]
    seen: list[Seen]
    do: tuple[str, ...]
    do_not: tuple[str, ...]
    expect: tuple[str, ...]


def noted(book: Book, moments: NoteMoments) -> dict[str, datetime]:
    """Return when the release note of each change that has one changed last (aware), by the id of the change, the
    newest first. A change that was cancelled stays, so that whoever was told of it is told so.

    `moments` is when each note changed, as far as git knows; one that is not in it has the time of its change.
    """
    told = [change for change in book.changes.values() if change.status != "draft" and change.window]
    updated = {change.id: moments.get(change.id) or made(book, change) for change in told}
    return dict(sorted(updated.items(), key=lambda item: (-item[1].timestamp(), item[0])))


def note_entry(book: Book, change: Change, updated: datetime, *, key: str, reader: Audience) -> FeedEntry:
    """Return the release note of `change`, by the `key` of the change, in the words of `reader`, staff or partners."""
    said = None if change.is_outdated else change.announcement
    notice = (said and (said.partners if reader == "partners" else said.staff)) or Notice()
    # Of what single partners do, the book of a partner holds only its own.
    own = (line for item in said.to_do for line in item.do) if said and reader == "partners" else ()
    says = NoteEntry(
        change=change,
        reader=reader,
        when=when_lines(book, change, dates=dates_of(book, change, audience=reader)),
        seen=seen(book, change),
        do=(*notice.do, *own),
        do_not=notice.do_not,
        expect=notice.expect,
    )
    address = change_address(change.id, "release-note")
    return FeedEntry(f"release-note/{key}", change.name, address, updated, Block("feed/note", says))


def made(book: Book, change: Change) -> datetime:
    """Return when a change was or will be made (aware): the same in every build."""
    return datetime.fromtimestamp(ended(change), book.desk.settings.zone)
