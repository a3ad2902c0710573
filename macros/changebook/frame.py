"""What the theme shows around a page: the search field, the live changes, the pages under the same name."""

from __future__ import annotations

from changebook.book import Book
from changebook.names import change_address
from changebook.render import Block
from changebook.views.change import Asset, assets, symptoms
from changebook.views.timing import suspects

LIVE_SHOWN = 4


def strip(book: Book) -> Block:
    """Return the line under the header: the live changes, newest first."""
    live = [change for change in suspects(book) if change.status == "live"]
    return Block("strip", {"live": live[:LIVE_SHOWN], "more": len(live[LIVE_SHOWN:])})


def search() -> Block:
    """Return the search field of the header."""
    return Block("search", {"big": False})


def local(book: Book, change: str, here: str) -> Block:
    """Return the list of pages under `change`; `here` is the address of the one being read."""
    record = book.change(change)
    hub = Asset("Hub", "", "tag", change_address(change))
    playbooks = [Asset(item.title, "", "list", item.address) for item in symptoms(book, record)]
    return Block("local", {"change": record, "links": [hub, *playbooks, *assets(record)], "here": here})
