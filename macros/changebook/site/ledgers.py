"""The ledgers of support tests, each a CSV file beside its page."""

from __future__ import annotations

from changebook.pages.files import ledger_files
from changebook.pages.ledger import ledger_csv
from changebook.site.adding import Adding
from changebook.site.build import Build


def add_ledgers(adding: Adding, build: Build) -> None:
    """Add the ledger of every change that has support tests, in UTF-8 with the mark by which spreadsheets know it."""
    for path, change in ledger_files(build.book).items():
        adding.add(path, ledger_csv(build.book, build.book.changes[change]).encode("utf-8-sig"))
