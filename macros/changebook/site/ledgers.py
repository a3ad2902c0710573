"""Files for other programs, each beside its page: ledgers of support tests, and calendars."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig

from changebook.feeds.calendars import ics_files
from changebook.feeds.entries import CalendarSite, entries_of
from changebook.feeds.ics import ics_of
from changebook.pages.files import ledger_files
from changebook.pages.ledger import ledger_csv
from changebook.site.adding import Adding
from changebook.site.build import Build


def add_ledgers(adding: Adding, build: Build) -> None:
    """Add the ledger of every change that has support tests, in UTF-8 with the mark by which spreadsheets know it."""
    for path, change in ledger_files(build.book).items():
        adding.add(path, ledger_csv(build.book, build.book.changes[change]).encode("utf-8-sig"))


def add_calendars(adding: Adding, config: MkDocsConfig, build: Build) -> None:
    """Add the calendar of all go-lives, and those of each user group, partner and change."""
    site = CalendarSite(config.site_url or "", entries=entries_of(build.book, build.history))
    for path in ics_files(build.book):
        adding.add(path, ics_of(build.book, path, site=site))
