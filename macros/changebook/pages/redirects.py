"""Old addresses, each of which opens the page that it was.

Those of a renamed change follow from its former names. Those of pages that moved are in two tables: a page that moves
again gets a line there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from changebook.book import Book
from changebook.model import Change
from changebook.model.status import NEW
from changebook.names import change_address, id_fault, scenario_address
from changebook.pages import Page, pages_of
from changebook.tickets.phases import life_of
from changebook.views.brief import brief_of
from changebook.views.metrics import COST, metrics_part
from changebook.views.rehearsals import has_rehearsals
from changebook.views.support_tests import has_script


@dataclass(frozen=True)
class Redirect:
    """An old address, and what it opens now: a page, by its title and address, and a place on it, if not its top."""

    address: str
    title: str
    page: str
    place: str = ""

    @property
    def target(self) -> str:
        """The address of the page and the place on it."""
        return f"{self.page}#{self.place}" if self.place else self.page


@dataclass(frozen=True)
class Former:
    """Where a page of a change went: the page that holds it now, the place there, and which changes had one."""

    part: str
    place: str
    had: Callable[[Book, Change], object] = lambda book, change: True


# The former pages of a change, by their part of the address.
FORMER_PARTS: Mapping[str, Former] = {
    "questions": Former("faq", ""),
    "announcement": Former("release-note", "announcement", lambda book, change: change.announcement),
    "briefing": Former("launch", "briefing"),
    "go-live-card": Former("launch", "card"),
    "tests": Former("readiness", "tests", has_script),
    "rehearsals": Former("readiness", "rehearsals", lambda book, change: has_rehearsals(change)),
    "artifact": Former("", "brief", brief_of),
}
# Pages that a change may lose when it is over: mails and bookmarks still name them, and its hub says how it ended.
_UNTIL_OVER = ("launch", "briefing", "go-live-card", "readiness")
# The former pages of the site that people write: the title and address of what they are now.
FORMER_PAGES: Mapping[str, tuple[str, str]] = {
    "questions/": ("FAQ", "faq/"),
    "scenarios/": ("Playbooks", "playbooks/"),
}


def former_ids(book: Book) -> dict[str, str]:
    """Return each former id with the change it was: the slug of a former name that is no present id.

    A former name without a slug has none; one that two changes share leads to the first.
    """
    found: dict[str, str] = {}
    for change in book.changes.values():
        for name in change.former_names:
            old = book.desk.settings.id_of(name)
            if not id_fault(old) and old not in book.changes:
                found.setdefault(old, change.id)
    return found


def redirects_of(book: Book) -> Iterator[Redirect]:
    """Yield the old addresses of what the records make: those of changes and of playbooks.

    A change has those of its former pages, under its id and its former ones, and one for each page under each former
    id; the folder of its playbooks leads to their list on the hub. An old address that a page still has, and one of a
    page that does not exist, are left out.
    """
    pages = {page.address: page for page in pages_of(book)}
    # Of two records that had the same address, it leads to the first.
    first: dict[str, Redirect] = {}
    for redirect in _moved(book, pages):
        first.setdefault(redirect.address, redirect)
    moved = [redirect for address, redirect in first.items() if address not in pages]
    yield from moved
    under: dict[str, list[Redirect]] = defaultdict(list)
    for page in pages.values():
        if page.change:
            under[page.change].append(Redirect(page.address, page.title, page.address))
    for redirect in moved:
        if owner := pages[redirect.page].change:
            under[owner].append(redirect)
    for old, change in former_ids(book).items():
        for redirect in under[change]:
            rest = redirect.address.removeprefix(change_address(change))
            yield Redirect(f"{change_address(old)}{rest}", redirect.title, redirect.page, redirect.place)


def _moved(book: Book, pages: Mapping[str, Page]) -> Iterator[Redirect]:
    for change in book.changes.values():
        for part, former in FORMER_PARTS.items():
            page = pages.get(change_address(change.id, former.part))
            if page and former.had(book, change):
                yield Redirect(change_address(change.id, part), page.title, page.address, former.place)
        hub = change_address(change.id)
        if life_of(book, change) and (page := pages.get(change_address(change.id, metrics_part(change)))):
            yield Redirect(change_address(change.id, "metrics"), page.title, page.address, COST)
        if change.playbooks:
            yield Redirect(change_address(change.id, "playbooks"), change.name, hub, "calls")
        for part in () if change.status in NEW else _UNTIL_OVER:
            yield Redirect(change_address(change.id, part), change.name, hub)
    for scenario in book.desk.scenarios.values():
        page = pages[scenario_address(scenario.id)]
        yield Redirect(f"scenarios/{scenario.id}/", page.title, page.address)
        for old in scenario.former_files:
            yield Redirect(scenario_address(old), page.title, page.address)
            yield Redirect(f"scenarios/{old}/", page.title, page.address)
            for change in book.changes.values():
                if of_change := pages.get(change_address(change.id, "playbooks", scenario.id)):
                    address = change_address(change.id, "playbooks", old)
                    yield Redirect(address, of_change.title, of_change.address)
