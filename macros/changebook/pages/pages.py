"""Which pages a book has besides the hand-written ones. Knows no site generator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from changebook.book import Book
from changebook.book.told import sentence_for
from changebook.language import gettext as _
from changebook.language import month_year
from changebook.model import Calendar, Change
from changebook.model.change import Audience
from changebook.names import audience_address, calendar_address, change_address, scenario_address, system_address
from changebook.naming.mentions import mentions
from changebook.source.events import Steps
from changebook.source.places import Spot
from changebook.views.assets import asset_pages, in_a_sentence
from changebook.views.calendar import months_of
from changebook.views.guidance import playbook_title

_WORD = re.compile(r"[a-z0-9_-]+")
# The first response of a playbook.
SAYS = "first-response"


@dataclass(frozen=True)
class Page:
    """A page made from the book: its address, title and summary, and the macro call that fills it.

    `tab` is the section it belongs to, by its title in the navigation; `change` the id of its change, if any;
    `spot` where the record that it shows is written, if it shows one; `says` the id of the words for a caller on it;
    `reader` who it is written for.
    """

    address: str
    title: str
    summary: str
    call: str
    tab: str
    change: str = ""
    spot: Spot | None = None
    says: str = ""
    reader: Audience = "desk"


def pages_of(book: Book) -> Iterator[Page]:
    """Yield every page that the book's records make, in the order of their addresses' owners."""
    for change in book.changes.values():
        yield from pages_of_change(book, change.id)
    yield from pages_of_desk(book)


def pages_of_desk(book: Book) -> Iterator[Page]:
    """Yield the pages that are of no change."""
    for scenario in book.desk.scenarios.values():
        address, call = scenario_address(scenario.id), _call("scenario", scenario.id)
        yield Page(address, scenario.title, scenario.about, call, _("Playbooks"), spot=book.spot(scenario), says=SAYS)
    for system in book.desk.systems.values():
        address, call = system_address(system.id), _call("system", system.id)
        yield Page(address, system.name, system.about, call, _("Changes"), spot=book.spot(system))
    for group in book.desk.groups.values():
        address, call = audience_address(group.id), _call("group", group.id)
        yield Page(address, group.name, group.about, call, _("Changes"), spot=book.spot(group))
    calendar = book.desk.calendar
    for month in months_of(book):
        title = month_year(date.fromisoformat(f"{month}-01"))
        call = _call("go_live_calendar", month)
        spot = book.spot(calendar) if calendar != Calendar() else None
        yield Page(
            calendar_address(month), title, _("Go-lives in {month}.", month=title), call, _("Changes"), spot=spot
        )
    for partner in book.desk.partners.values():
        address, call = audience_address(partner.id, groups=False), _call("partner", partner.id)
        yield Page(address, partner.name, partner.about, call, _("Changes"), spot=book.spot(partner))


def pages_of_change(book: Book, name: str) -> Iterator[Page]:
    """Yield the pages of the change with the id `name`."""
    change = book.changes[name]
    record = book.spot(change)

    def page(
        title: str,
        macro: str,
        asset: str = "",
        part: str = "",
        *,
        at: Steps = (),
        reader: Audience = "desk",
        says: str = "",
    ) -> Page:
        arguments = (name, part) if part else (name,)
        address, call = change_address(name, asset, part), _call(macro, *arguments)
        summary, spot = sentence_for(change, book, reader), Spot(record.path, at)
        return Page(address, title, summary, call, _("Changes"), name, spot, says, reader)

    yield page(change.name, "hub")
    for number, (own, playbook) in enumerate(change.playbooks_by_id().items()):
        title = f"{playbook_title(playbook, book)} - {change.name}"
        yield page(title, "playbook", "playbooks", own, at=("playbooks", number), says=SAYS)
    for asset in asset_pages(book, change):
        title = f"{change.name}: {in_a_sentence(asset.name)}"
        yield page(title, asset.macro, asset.part, at=asset.at, reader=asset.reader)


def named_on(page: Page, book: Book) -> tuple[Change, ...]:
    """Return the other changes that the records behind a page name in their texts."""
    by_change, by_scenario = mentions(book)
    macro, names = call_of(page)
    scenario = names[-1] if macro in ("playbook", "scenario") else ""
    if page.change and (own := book.changes[page.change].playbook_for(scenario)):
        scenario = own.scenario
    return (*by_change.get(page.change, ()), *by_scenario.get(scenario, ()))


def call_of(page: Page) -> tuple[str, list[str]]:
    """Return the macro that fills a page, by its name, and what it is given."""
    macro, *arguments = _WORD.findall(page.call)
    return macro, arguments


def _call(macro: str, *names: str) -> str:
    """Return a macro call. Names are ids: letters, digits and hyphens, so that nothing can break out of it."""
    return "{{ " + macro + "(" + ", ".join(f'"{name}"' for name in names) + ") }}"
