"""Which feeds a site has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from changebook.book import Book
from changebook.cache.notes import once
from changebook.feeds.entry import NEWEST, Feed, FeedEntry, FirstIds, feed
from changebook.feeds.guidance import error_entries, guidance_entries
from changebook.feeds.moments import NoteMoments
from changebook.feeds.notes import note_entry, noted
from changebook.feeds.updates import update_entries
from changebook.language import gettext as _
from changebook.model.change import Audience
from changebook.names import ERRORS_FEED, GUIDANCE_FEED, NOTES_FEED, NOW, UPDATES_FEED, audience_address, audience_feed


def feeds_of(
    book: Book, moments: NoteMoments, *, reader: Audience = "desk", ids: FirstIds | None = None
) -> Iterator[Feed]:
    """Yield the feeds of the site of `reader`: desk, staff or partners. For the last two `book` is emptied already.

    `moments` is when each release note changed last, as far as git knows; `ids` the ids that
    the changes had first.
    """
    ids = {name: (ids or {}).get(name, name) for name in book.changes}
    whose, desk = book.desk.settings.organization, reader == "desk"
    notes = _notes(book, moments, ids, reader="staff" if desk else reader)
    yield feed(NOTES_FEED, _("Release notes, {whose}", whose=whose), "release-notes/" if desk else "", notes(""))
    yield feed(
        UPDATES_FEED,
        _("Updates, {whose}", whose=whose),
        NOW if desk else "",
        list(update_entries(book, ids, reader=reader)),
    )
    for group in book.desk.groups if reader != "partners" else ():
        title = _("Release notes for {who}, {whose}", who=book.desk.groups[group].name, whose=whose)
        yield feed(audience_feed(group), title, audience_address(group) if desk else f"?for={group}", notes(group))
    if desk:
        for partner in book.desk.partners:
            title = _("Release notes for {who}, {whose}", who=book.desk.partners[partner].name, whose=whose)
            path, address = (make(partner, groups=False) for make in (audience_feed, audience_address))
            yield feed(path, title, address, notes(partner))
        yield feed(
            ERRORS_FEED, _("Known errors, {whose}", whose=whose), "known-errors/", list(error_entries(book, ids))
        )
        yield feed(
            GUIDANCE_FEED, _("Guidance that changed, {whose}", whose=whose), "since/", list(guidance_entries(book, ids))
        )


def feed_paths(book: Book) -> Iterator[str]:
    """Yield where each feed of the desk's site is published, without its entries."""
    yield from (NOTES_FEED, NOW, UPDATES_FEED, ERRORS_FEED, GUIDANCE_FEED)
    yield from map(audience_feed, book.desk.groups)
    yield from (audience_feed(name, groups=False) for name in book.desk.partners)


def _notes(book: Book, moments: NoteMoments, ids: FirstIds, *, reader: Audience) -> Callable[[str], list[FeedEntry]]:
    """Return what gives the newest release notes for a user group or partner by its id, for everybody with "".

    Each entry is made once.
    """
    updated = noted(book, moments)

    @partial(once, most=None)
    def entry(name: str) -> FeedEntry:
        return note_entry(book, book.changes[name], updated[name], key=ids[name], reader=reader)

    def newest(who: str) -> list[FeedEntry]:
        affects = {name: book.changes[name].affects for name in updated}
        told = (name for name, on in affects.items() if not who or who in (*on.groups, *on.partners))
        return [entry(name) for name in islice(told, NEWEST)]

    return newest
