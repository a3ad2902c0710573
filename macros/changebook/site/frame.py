"""What the theme shows around a page: the search field, the live changes, the pages under the same name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath

from changebook.book import Book
from changebook.git.forge import commit_address, edit_address
from changebook.git.history import History, LastEdit
from changebook.language import gettext as _
from changebook.model import Change
from changebook.names import change_address
from changebook.pages.blocks.lists import SearchField
from changebook.render import Block
from changebook.render.timing import suspects
from changebook.site.feedback import Shown, feedback_address
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
    """The pages under a change."""

    change: Change
    links: list[Asset]


@dataclass(frozen=True)
class EditLine:
    """What can be edited and where, the last change of its file with the address of that commit, and where a reader
    says what is wrong; an address that the book does not have is "".
    """

    what: str
    address: str
    last: LastEdit | None
    commit: str
    wrong: str


def strip(book: Book) -> Block:
    """Return the line under the header: the live changes, newest first."""
    live = [change for change in suspects(book) if change.status == "live"]
    return Block("strip", Strip(live[:_LIVE_SHOWN], len(live[_LIVE_SHOWN:])))


def header_search() -> Block:
    """Return the search field of the header."""
    return Block("search", SearchField(big=False))


def local(book: Book, change: str) -> Block:
    """Return the list of pages under `change`."""
    record = book.change(change)
    hub = Asset(_("Hub"), "", "tag", change_address(change))
    playbooks = [Asset(item.title, "", "list", item.address) for item in symptoms_of(book, record)]
    pages = [Asset(page.name, "", page.icon, change_address(change, page.part)) for page in asset_pages(book, record)]
    return Block("local", Local(record, [hub, *playbooks, *pages]))


def edit_record(
    book: Book, spot: Spot, shown: Shown, *, places: Places, history: History, inside: bool = True
) -> Block | None:
    """Return the line under a page: where the record it shows is edited and when its file was last changed, and where
    to say what is wrong with what is `shown`.

    There is none in a book without forge and feedback. Where no link to edit it tells everyone, only whoever is
    `inside` is told where the record is.
    """
    forge, line = book.desk.settings.forge, places.line(spot)
    file, folder = spot.path.relative_to(book.folder), forge.book if forge else book.folder.as_posix()
    place = f"{folder}/{file.as_posix()}:{line}" if forge or inside else ""
    address = edit_address(forge, folder, file, line) if forge else ""
    return _edit(
        book, "record", address, last=history.edits.get(spot.path.as_posix()), shown=replace(shown, place=place)
    )


def edit_page(book: Book, file: PurePath, shown: Shown, *, history: History) -> Block | None:
    """Return the line under a hand-written page that leads to its `file` below `docs`, and to say what is wrong."""
    forge = book.desk.settings.forge
    folder = forge.docs if forge else "docs"
    place, address = f"{folder}/{file.as_posix()}", edit_address(forge, folder, file) if forge else ""
    last = history.edits.get(f"docs/{file.as_posix()}")
    return _edit(book, "page", address, last=last, shown=replace(shown, place=place))


def report(book: Book, shown: Shown) -> Block | None:
    """Return the line under a page that is in no file of the book: where to say what is wrong with what is `shown`."""
    return _edit(book, "page", "", last=None, shown=shown)


def _edit(book: Book, what: str, address: str, *, last: LastEdit | None, shown: Shown) -> Block | None:
    settings = book.desk.settings
    commit = commit_address(settings.forge, last.commit) if settings.forge and last else ""
    line = EditLine(what, address, last, commit, feedback_address(settings, shown))
    return Block("edit", line) if line.address or line.wrong else None
