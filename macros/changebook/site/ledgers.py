"""Files for other programs, each beside its page: ledgers of support tests, and calendars."""

from __future__ import annotations

from functools import partial

from mkdocs.config.defaults import MkDocsConfig

from changebook.book import Book
from changebook.cache.notes import noting, share
from changebook.feeds.calendars import ics_files
from changebook.feeds.entries import CalendarSite, entries_of
from changebook.feeds.ics import ics_of
from changebook.pages.files import ledger_files
from changebook.pages.ledger import ledger_csv
from changebook.site.adding import Adding
from changebook.site.build import Build


def add_ledgers(adding: Adding, build: Build) -> None:
    """Add the ledger of every change that has support tests, in UTF-8 with the mark by which spreadsheets know it."""
    book = build.book
    for path, change in ledger_files(book).items():
        build.add_noted(path, partial(_ledger, book, change), adding)


def _ledger(book: Book, change: str) -> bytes:
    return ledger_csv(book, book.changes[change]).encode("utf-8-sig")


def add_calendars(adding: Adding, config: MkDocsConfig, build: Build) -> None:
    """Add the calendar of all go-lives, and those of each user group, partner and change."""
    with noting() as notes:
        site = CalendarSite(config.site_url or "", entries=entries_of(build.book, build.history))

    def written(path: str) -> bytes:
        share(notes)
        return ics_of(build.book, path, site=site)

    for path in ics_files(build.book):
        build.add_noted(path, partial(written, path), adding)
