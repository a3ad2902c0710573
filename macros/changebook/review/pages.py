"""Which pages a proposal adds, changes and removes: by what they show, not by which file was edited."""

from __future__ import annotations

import hashlib

from markupsafe import Markup

from changebook.pages import pages_of
from changebook.pages.filling import block_of
from changebook.render import Renderer
from changebook.review.record import PageChange, Side


def page_changes(base: Side, head: Side) -> list[PageChange]:
    """Return the pages that differ, by address. Lists across changes, which hand-written pages place, are not looked
    into: they follow from the records.
    """
    before, after = _digests(base), _digests(head)
    found = [PageChange("added", address) for address in after.keys() - before.keys()]
    found += [PageChange("removed", address) for address in before.keys() - after.keys()]
    both = before.keys() & after.keys()
    found += [PageChange("changed", address) for address in both if before[address] != after[address]]
    return sorted(found, key=lambda page: page.address)


def _digests(side: Side) -> dict[str, bytes]:
    """Return a digest of what each page shows, by its address."""
    renderer = Renderer(side.book, lambda name: Markup(""))
    found = {address: _digest(text) for address, text in side.hand.items()}
    for page in pages_of(side.book):
        shown = renderer.html(block_of(page, side.book), root="./")
        found[page.address] = _digest(page.title, page.summary, shown)
    return found


def _digest(*texts: str) -> bytes:
    return hashlib.sha256("\0".join(texts).encode()).digest()
