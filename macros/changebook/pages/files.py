"""Where the pages and files are published that a book makes."""

from __future__ import annotations

from collections.abc import Iterator

from changebook.book import Book
from changebook.feeds import feed_paths
from changebook.feeds.calendars import ics_files
from changebook.names import BINDER, NOW_FILE, SCREEN, change_address
from changebook.pages import pages_of
from changebook.pages.ledger import LEDGER_FILE
from changebook.pages.redirects import redirects_of
from changebook.views.support_tests import has_script


def made_files(book: Book) -> Iterator[str]:
    """Yield every page and file that the records make, by where it is published: `changes/portal/index.html`."""
    addresses = [page.address for page in pages_of(book)]
    addresses += [redirect.address for redirect in redirects_of(book)]
    yield from (f"{address}index.html" for address in [*addresses, BINDER, SCREEN])
    yield NOW_FILE
    yield from ledger_files(book)
    yield from feed_paths(book)
    yield from ics_files(book)


def ledger_files(book: Book) -> dict[str, str]:
    """Return the id of each change that has support tests by where its ledger is published, beside its page."""
    changes = (change for change in book.changes.values() if has_script(book, change))
    return {f"{change_address(change.id, 'readiness')}{LEDGER_FILE}": change.id for change in changes}
