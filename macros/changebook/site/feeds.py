"""The Atom feeds, as files of the site, and the links by which readers find them."""

from __future__ import annotations

from dataclasses import dataclass

from changebook.book import Book
from changebook.feeds import feed_files, feeds_of, note_moments
from changebook.feeds.entries import entries_of
from changebook.language import gettext as _
from changebook.names import ERRORS_FEED, GUIDANCE_FEED, NOTES_FEED, NOW, UPDATES_FEED, audience_feed
from changebook.render import Block
from changebook.site.adding import Adding
from changebook.site.build import Build

_FOLLOWED = {
    NOW: ("Updates", UPDATES_FEED),
    "release-notes/": ("Release notes", NOTES_FEED),
    "known-errors/": ("Known errors", ERRORS_FEED),
    "since/": ("Guidance that changed", GUIDANCE_FEED),
}


@dataclass(frozen=True)
class FeedLink:
    """The feed that follows a page: what it tells, and its address."""

    title: str
    path: str


def add_feeds(adding: Adding, build: Build, *, site: str) -> None:
    """Add every feed of the desk's site; `site` is its address, "" where nobody says."""
    book = build.book
    moments, ids = note_moments(book, build.history), entries_of(book, build.history).first
    feeds = feeds_of(book, moments, ids=ids)
    whose = book.desk.settings.organization
    for path, content in feed_files(feeds, build.renderer, whose=whose, site=site, now=book.now):
        adding.add(path, content)


def feed_link(url: str, build: Build, root: str) -> str:
    """Return the link of the page at `url` to the feed that follows it, for programs, or "" where none does."""
    if link := _FOLLOWED.get(url):
        return build.renderer.html(Block("feed/link", FeedLink(_(link[0]), link[1])), root=root)
    own = _own_link(url, build.book)
    return build.renderer.html(Block("feed/link", own), root=root) if own else ""


def _own_link(url: str, book: Book) -> FeedLink | None:
    top, _stroke, rest = url.partition("/")
    name = rest.rstrip("/")
    if top not in ("groups", "partners") or not name:
        return None
    return FeedLink(
        _("Release notes for {who}", who=book.desk.audience(name).name), audience_feed(name, groups=top == "groups")
    )
