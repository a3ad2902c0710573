"""The ledgers of support tests, each a CSV file beside its page."""

from __future__ import annotations

from changebook.names import change_address
from changebook.pages.ledger import LEDGER_FILE, ledger_csv
from changebook.site.adding import Adding
from changebook.site.build import Build
from changebook.views.support_tests import has_script


def add_ledgers(adding: Adding, build: Build) -> None:
    """Add the ledger of every change that has support tests, in UTF-8 with the mark by which spreadsheets know it."""
    for change in build.book.changes.values():
        if has_script(build.book, change):
            path = f"{change_address(change.id, 'tests')}{LEDGER_FILE}"
            content = ledger_csv(build.book, change).encode("utf-8-sig")
            adding.add(path, content)
