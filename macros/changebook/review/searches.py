"""Searches that found their page before a proposal and do not after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from changebook.book import Book
from changebook.book.noting import DESK_READ
from changebook.cache.notes import Differing
from changebook.names import change_address, question_anchor, scenario_address
from changebook.review.facts import Facts
from changebook.review.record import Side, WorseSearch
from changebook.search.document import Document
from changebook.search.finding import NEAR_TOP
from changebook.search.index import Index

# The facts of what search says of a change, by its id, and of the desk.
_SAID = "search "


@dataclass(frozen=True)
class Search:
    """Words that must find a page; those of a scenario may also find a change's playbook for it."""

    words: str
    address: str
    scenario: str = ""

    def among(self, found: Iterable[Document]) -> bool:
        """Return whether a right page is among `found`."""
        return any(
            page.address == self.address or (page.kind == "playbook" and page.scenario == self.scenario)
            for page in found
        )


def searches_of(book: Book) -> Iterator[Search]:
    """Yield every search that a book promises: shared names, former names, and what is listed under `must_find`."""
    for scenario in book.desk.scenarios.values():
        for words in scenario.must_find:
            yield Search(words, scenario_address(scenario.id), scenario.id)
    for change in book.changes.values():
        for words in (change.name, *change.former_names):
            yield Search(words, change_address(change.id))
        for name, playbook in change.playbooks_by_id().items():
            for words in playbook.must_find:
                yield Search(words, change_address(change.id, "playbooks", name))
        for item in change.questions:
            for words in item.must_find:
                address = f"{change_address(change.id, 'faq')}#{question_anchor(item.question)}"
                yield Search(words, address)


def finds_the_same(base: Side, head: Side, facts: Facts, new_facts: Facts, by: Differing) -> bool:
    """Return whether the indexes of both sides, between which `by` differs, are the same: so is all that they are made
    of, the desk, hand-written pages, and what search says of each change and of all of them.
    """
    said = {label.removeprefix(_SAID) for label in new_facts if label.startswith(_SAID)}
    return said == said_alike(facts, new_facts) and DESK_READ not in by and base.sections == head.sections


def said_alike(facts: Facts, new_facts: Facts) -> set[str]:
    """Return the ids of the changes in both books of which search says the same, and "" where it does of the desk."""
    both = (label for label in facts.keys() & new_facts.keys() if label.startswith(_SAID))
    return {label.removeprefix(_SAID) for label in both if facts[label].digest == new_facts[label].digest}


def worse_searches(book: Book, base: Index, head: Index, moved: Mapping[str, str]) -> tuple[int, list[WorseSearch]]:
    """Return how many searches of the old `book` were tried, and those whose page left the first three.

    `moved` maps the ids of renamed changes. A page that is gone is no worse search: it is listed among the pages.
    """
    there = {item.address for item in (*head.documents.symptoms, *head.documents.more)}
    wanted = [(search, _moved(search, moved)) for search in searches_of(book)]
    asked = [(before, after) for before, after in wanted if after.address in there]
    # Most searches are names, and for each of these the whole index would be asked.
    named = _named(head, [after for _, after in asked])
    missed = [
        (before, after, now)
        for before, after in asked
        if after not in named and not after.among(now := _first(head, after))
    ]
    worse = [
        WorseSearch(after.words, after.address, now[0].title if now else "")
        for before, after, now in missed
        if before.among(_first(base, before))
    ]
    return len(asked), worse


def _named(index: Index, searches: Iterable[Search]) -> set[Search]:
    """Return those of `searches` that are the name of one change and ask for its page: that comes first, whatever else
    is in the book.
    """
    names = [(name, change.id) for change in index.documents.changes for name in (change.name, *change.former_names)]
    called: dict[str, set[str]] = {}
    for letters, (_, name) in zip(index.letters([name for name, _ in names]), names, strict=True):
        called.setdefault(letters, set()).add(change_address(name))
    wanted = list(searches)
    told = zip(wanted, index.letters([search.words for search in wanted]), strict=True)
    return {search for search, letters in told if letters and called.get(letters) == {search.address}}


def _first(index: Index, search: Search) -> list[Document]:
    """Return the first three results."""
    return [hit.document for hit in index.ask(search.words, shown=NEAR_TOP).hits[:NEAR_TOP]]


def _moved(search: Search, moved: Mapping[str, str]) -> Search:
    for old, new in moved.items():
        if search.address.startswith(change_address(old)):
            return replace(search, address=change_address(new) + search.address.removeprefix(change_address(old)))
    return search
