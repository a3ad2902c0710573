"""Whether playbooks are found when callers do not say quite what is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from changebook.book import Book
from changebook.model import Change, Scenario
from changebook.model.reading import dotted
from changebook.model.status import NEW
from changebook.names import change_address, scenario_address
from changebook.search.finding import NEAR_TOP, playbooks_adding
from changebook.search.index import Index
from changebook.source.events import Steps
from changebook.source.places import Spot

# Sayings of a playbook that must find it with a word left out.
ENOUGH = 3
_WORD = re.compile(r"[\w'\u2019-]+")


def playbooks_hard_to_find(book: Book, index: Index) -> Iterator[tuple[Spot, str]]:
    """A playbook is among the first three results for at least three of its own `callers_say`, each typed with its
    rarest word left out: the word that the fewest sayings of the book have, of several the longest. Callers seldom say
    that very word.
    """
    often = Counter(word for *_, says, _ in _guides(book) for saying in says for word in _words(saying))
    for record, steps, says, pages in _guides(book):
        found = 0
        for saying in says:
            hits = index.ask(without_rarest(saying, often), shown=NEAR_TOP).hits[:NEAR_TOP]
            found += any(hit.document.address.partition("#")[0] in pages for hit in hits)
        if found < ENOUGH:
            said = (
                f"{found} of {len(says)} find this playbook with their rarest word left out, {ENOUGH} at least should"
            )
            yield book.spot(record, *steps), f"{dotted(steps)}: {said}; add what else callers say"


def without_rarest(saying: str, often: Counter[str]) -> str:
    """Return `saying` without its rarest word by `often`; of several the longest, then the first."""
    words = list(_WORD.finditer(saying))
    if len(words) < 2:
        return saying
    out = min(words, key=lambda word: (often[word[0].casefold()], -len(word[0])))
    return " ".join(f"{saying[: out.start()]} {saying[out.end() :]}".split())


def _words(saying: str) -> Iterable[str]:
    return {word.casefold() for word in _WORD.findall(saying)}


def _guides(book: Book) -> Iterator[tuple[Scenario | Change, Steps, tuple[str, ...], set[str]]]:
    """Yield every playbook with sayings of its own: its record, the steps to them, them, and the right pages."""
    for scenario in book.desk.scenarios.values():
        pages = {scenario_address(scenario.id), *playbooks_adding(book, scenario.id)}
        yield scenario, ("callers_say",), scenario.callers_say, pages
    for change in book.changes.values():
        for number, (name, playbook) in enumerate(change.playbooks_by_id().items()):
            if playbook.callers_say and change.status in NEW:
                own = change_address(change.id, "playbooks", name)
                pages = {own, scenario_address(playbook.scenario)}
                yield change, ("playbooks", number, "callers_say"), playbook.callers_say, pages
