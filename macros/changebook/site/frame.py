"""What the theme shows around a page: the search field, the live changes, the pages under the same name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from changebook.book import Book
from changebook.git.forge import commit_address, edit_address
from changebook.git.history import History, LastEdit
from changebook.model import Change, Forge
from changebook.names import change_address
from changebook.pages.blocks.lists import SearchField
from changebook.render import Block
from changebook.render.timing import suspects
from changebook.source.places import Places, Spot
from changebook.views.assets import Asset, asset_pages
from changebook.views.change import symptoms_of

_LIVE_SHOWN = 4


@dataclass(frozen=True)
class Strip:
    """The live changes that the line under the header shows, and how many more there are."""

    live: list[Change]
    more: int


@dataclass(frozen=True)
class Local:
    """The pages under a change, and the address of the one being read."""

    change: Change
    links: list[Asset]
    here: str


@dataclass(frozen=True)
class EditLine:
    """What can be edited and where, and the last change of its file with the address of that commit."""

    what: str
    address: str
    last: LastEdit | None
    commit: str


def strip(book: Book) -> Block:
    """Return the line under the header: the live changes, newest first."""
    live = [change for change in suspects(book) if change.status == "live"]
    return Block("strip", Strip(live[:_LIVE_SHOWN], len(live[_LIVE_SHOWN:])))


def header_search() -> Block:
    """Return the search field of the header."""
    return Block("search", SearchField(big=False))


def local(book: Book, change: str, here: str) -> Block:
    """Return the list of pages under `change`; `here` is the address of the one being read."""
    record = book.change(change)
    hub = Asset("Hub", "", "tag", change_address(change))
    playbooks = [Asset(item.title, "", "list", item.address) for item in symptoms_of(book, record)]
    pages = [Asset(page.name, "", page.icon, change_address(change, page.part)) for page in asset_pages(book, record)]
    return Block("local", Local(record, [hub, *playbooks, *pages], here))


def edit_record(book: Book, spot: Spot, places: Places, history: History) -> Block | None:
    """Return the line under a page that leads to the record it shows, and says when its file was last changed.

    There is none in a book without a forge.
    """
    forge = book.desk.settings.forge
    if not forge:
        return None
    address = edit_address(forge, forge.book, spot.path.relative_to(book.folder), places.line(spot))
    return _edit(forge, "record", address, history.edits.get(spot.path.as_posix()))


def edit_page(book: Book, file: PurePath, history: History) -> Block | None:
    """Return the line under a hand-written page that leads to its `file` below `docs`."""
    forge = book.desk.settings.forge
    if not forge:
        return None
    return _edit(forge, "page", edit_address(forge, forge.docs, file), history.edits.get(f"docs/{file.as_posix()}"))


def _edit(forge: Forge, what: str, address: str, last: LastEdit | None) -> Block:
    commit = commit_address(forge, last.commit) if last else ""
    return Block("edit", EditLine(what, address, last, commit))
