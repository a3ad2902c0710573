"""Which pages a proposal adds, changes and removes: by what they show, not by which file was edited."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from changebook.book import Book
from changebook.book.noting import difference, with_notes
from changebook.cache.notes import Differing, ReadNotes, noting
from changebook.pages import Page, pages_of
from changebook.pages.filling import block_of
from changebook.render import Renderer
from changebook.review.record import PageChange, Side


def page_changes(base: Side, head: Side) -> list[PageChange]:
    """Return the pages that differ, by address. Lists across changes, which hand-written pages place, are not looked
    into: they follow from the records.
    """
    before, after = _pages(base), _pages(head)
    found = [PageChange("added", address) for address in after.keys() - before.keys()]
    found += [PageChange("removed", address) for address in before.keys() - after.keys()]
    both = [address for address in after if address in before]
    differ = {address for address in both if _said(before[address]) != _said(after[address])}
    left = [address for address in both if address not in differ]
    # A page that reads nothing which differs shows now what it showed before: it is not made of the base.
    now = _shown(head.book, [after[address] for address in left], difference(base.book, head.book))
    was = _shown(base.book, [before[address] for address in now])
    differ |= {address for address in now if now[address] != was[address]}
    found += [PageChange("changed", address) for address in differ]
    return sorted(found, key=lambda page: page.address)


def _pages(side: Side) -> dict[str, Page | str]:
    """Return each page by its address: what a hand-written one says, and what the others are."""
    return {**side.hand, **{page.address: page for page in pages_of(side.book)}}


def _said(page: Page | str) -> tuple[str, ...]:
    """Return what is known of a page without making it: all that it says, or its title and summary."""
    return (page,) if isinstance(page, str) else (page.title, page.summary)


def _shown(book: Book, pages: Iterable[Page | str], by: Differing | None = None) -> dict[str, str]:
    """Return what each page shows, by its address: only those that read something which differs `by` this, if given."""
    noted, known, found = with_notes(book), dict[ReadNotes, bool](), {}
    renderer = Renderer(noted, lambda name: Markup(""))
    for page in pages:
        if isinstance(page, Page):
            with noting() as notes:
                shown = renderer.html(block_of(page, noted), root="./")
            if by is None or notes.touched(by, known):
                found[page.address] = shown
    return found
