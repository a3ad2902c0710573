"""Which pages a book has besides the hand-written ones. Knows no site generator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from changebook.book import Book
from changebook.names import change_address, scenario_address, system_address
from changebook.views.playbook import playbook_title


@dataclass(frozen=True)
class Page:
    """A page made from the book: its address, title and summary, and the macro call that fills it."""

    address: str
    title: str
    summary: str
    call: str


def pages_of(book: Book) -> Iterator[Page]:
    """Yield every page that the book's records make, in the order of their addresses' owners."""
    for change in book.changes.values():
        yield from _change_pages(book, change.id)
    for scenario in book.desk.scenarios.values():
        yield Page(scenario_address(scenario.id), scenario.title, scenario.about, _call("scenario", scenario.id))
    for system in book.desk.systems.values():
        yield Page(system_address(system.id), system.name, system.about, _call("system", system.id))


def _change_pages(book: Book, name: str) -> Iterator[Page]:
    change = book.changes[name]
    yield Page(change_address(name), change.name, change.sentence, _call("hub", name))
    address = change_address(name, "release-note")
    yield Page(address, f"{change.name}: release note", change.sentence, _call("release_note", name))
    for playbook in change.playbooks:
        address = change_address(name, "playbooks", playbook.scenario)
        title = f"{playbook_title(playbook, book)} - {change.name}"
        yield Page(address, title, change.sentence, _call("playbook", name, playbook.scenario))
    if change.questions:
        title = f"{change.name}: questions"
        yield Page(change_address(name, "questions"), title, change.sentence, _call("questions", name))
    if change.contract or change.data_set:
        title = f"{change.name}: data contract"
        yield Page(change_address(name, "contract"), title, change.sentence, _call("contract", name))


def _call(macro: str, *names: str) -> str:
    """Return a macro call. Names are ids: letters, digits and hyphens, so that nothing can break out of it."""
    return "{{ " + macro + "(" + ", ".join(f'"{name}"' for name in names) + ") }}"
