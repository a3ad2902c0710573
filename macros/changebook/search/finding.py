"""Searches that a record says must find its page, tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from changebook.book import Book
from changebook.model import Change, Scenario
from changebook.model.reading import dotted
from changebook.model.status import NEW, PLANNED
from changebook.names import change_address, question_anchor, scenario_address
from changebook.search.index import Index
from changebook.source.events import Steps
from changebook.source.places import Spot

NEAR_TOP = 3
# After its watch a change gives way to newer ones: what must be found then is in the scenario.


def as_on_go_live(book: Book) -> Book:
    """Return `book` as search knows it once what is planned is live: callers call then, and a draft comes later."""
    changes = {
        name: change.model_copy(update={"status": "live"}) if change.status in PLANNED else change
        for name, change in book.changes.items()
    }
    return replace(book, changes=changes)


def searches_that_miss(book: Book, index: Index) -> Iterator[tuple[Spot, str]]:
    """Each search under `must_find` has its playbook or answer among the first three results. A scenario's is
    found by its general playbook or a change's playbook for it. Each is tried as on the day its change goes live.
    """
    for record, steps, words, pages in _searches(book):
        found = [hit.document for hit in index.ask(words, shown=NEAR_TOP).hits[:NEAR_TOP]]
        if not pages & {document.address for document in found}:
            first = f"finds {found[0].title!r} first, and this page not in {NEAR_TOP}" if found else "finds nothing"
            home = "the question" if steps[0] == "questions" else "callers_say"
            message = f"{dotted(steps)}: {words!r} {first}; add its words to {home}, or to desk/wording.yaml"
            yield book.spot(record, *steps), message


def playbooks_adding(book: Book, scenario: str) -> set[str]:
    """Return the addresses of the playbooks of changes that add to `scenario`."""
    return {
        change_address(change.id, "playbooks", name)
        for change in book.changes.values()
        for name, playbook in change.playbooks_by_id().items()
        if playbook.scenario == scenario
    }


def _searches(book: Book) -> Iterator[tuple[Scenario | Change, Steps, str, set[str]]]:
    """Yield every search that must find something: its record, the steps to it, its words, and the right pages."""
    changes = [change for change in book.changes.values() if change.status in NEW]
    for scenario in book.desk.scenarios.values():
        pages = {scenario_address(scenario.id)}
        pages |= playbooks_adding(book, scenario.id)
        for number, words in enumerate(scenario.must_find):
            yield scenario, ("must_find", number), words, pages
    for change in changes:
        for at, (name, playbook) in enumerate(change.playbooks_by_id().items()):
            pages = {change_address(change.id, "playbooks", name)}
            for number, words in enumerate(playbook.must_find):
                yield change, ("playbooks", at, "must_find", number), words, pages
        for at, item in enumerate(change.questions):
            pages = {f"{change_address(change.id, 'faq')}#{question_anchor(item.question)}"}
            for number, words in enumerate(item.must_find):
                yield change, ("questions", at, "must_find", number), words, pages
