"""Which pages a book has besides the hand-written ones. Knows no site generator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from changebook.book import Book
from changebook.names import audience_address, change_address, scenario_address, system_address
from changebook.views.playbook import playbook_title


@dataclass(frozen=True)
class Page:
    """A page made from the book: its address, title and summary, and the macro call that fills it.

    `tab` is the section it belongs to, by its title in the navigation; `change` the id of its change, if any.
    """

    address: str
    title: str
    summary: str
    call: str
    tab: str
    change: str = ""


def pages_of(book: Book) -> Iterator[Page]:
    """Yield every page that the book's records make, in the order of their addresses' owners."""
    for change in book.changes.values():
        yield from _change_pages(book, change.id)
    for scenario in book.desk.scenarios.values():
        address, call = scenario_address(scenario.id), _call("scenario", scenario.id)
        yield Page(address, scenario.title, scenario.about, call, "Scenarios")
    for system in book.desk.systems.values():
        yield Page(system_address(system.id), system.name, system.about, _call("system", system.id), "Systems")
    for group in book.desk.groups.values():
        yield Page(audience_address(group.id), group.name, group.about, _call("group", group.id), "Systems")
    for partner in book.desk.partners.values():
        address = audience_address(partner.id, groups=False)
        yield Page(address, partner.name, partner.about, _call("partner", partner.id), "Systems")


def _change_pages(book: Book, name: str) -> Iterator[Page]:
    change = book.changes[name]

    def page(title: str, macro: str, asset: str = "", part: str = "") -> Page:
        arguments = (name, part) if part else (name,)
        address = change_address(name, asset, part)
        return Page(address, title, change.sentence, _call(macro, *arguments), "Changes", name)

    yield page(change.name, "hub")
    yield page(f"{change.name}: release note", "release_note", "release-note")
    for playbook in change.playbooks:
        title = f"{playbook_title(playbook, book)} - {change.name}"
        yield page(title, "playbook", "playbooks", playbook.scenario)
    if change.questions:
        yield page(f"{change.name}: questions", "questions", "questions")
    if change.contract or change.data_set:
        yield page(f"{change.name}: data contract", "contract", "contract")
    if change.announcement:
        yield page(f"{change.name}: announcement", "announcement", "announcement")


def _call(macro: str, *names: str) -> str:
    """Return a macro call. Names are ids: letters, digits and hyphens, so that nothing can break out of it."""
    return "{{ " + macro + "(" + ", ".join(f'"{name}"' for name in names) + ") }}"
