"""Old addresses of a change: each opens the page that it was. They follow from former names; no list is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from changebook.book import Book
from changebook.names import change_address, id_fault, slug
from changebook.pages import Page, pages_of


@dataclass(frozen=True)
class Redirect:
    """An old address, and the page it opens now."""

    address: str
    page: Page


def former_ids(book: Book) -> dict[str, str]:
    """Return each former id with the change it was: the slug of a former name that is no present id.

    A former name without a slug has none; one that two changes share leads to the first.
    """
    found: dict[str, str] = {}
    for change in book.changes.values():
        for name in change.former_names:
            old = slug(name)
            if not id_fault(old) and old not in book.changes:
                found.setdefault(old, change.id)
    return found


def redirects_of(book: Book) -> Iterator[Redirect]:
    """Yield an old address for every page of every change, under each of the change's former ids."""
    pages: dict[str, list[Page]] = defaultdict(list)
    for page in pages_of(book):
        if page.change:
            pages[page.change].append(page)
    for old, change in former_ids(book).items():
        for page in pages[change]:
            rest = page.address.removeprefix(change_address(change))
            yield Redirect(f"{change_address(old)}{rest}", page)
