"""Which change and which playbook a ticket is about: by what it says, never by a guess between two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal

from changebook.book import Book
from changebook.book.codes import TYPED_CODE, codes_gone
from changebook.model import Change
from changebook.model.status import MADE

TiedBy = Literal["number", "name", "playbook", "export", ""]
# Callers still ask about a change for so long after its window.
STILL_ASKED = timedelta(days=30)
# A number that is shorter, or only digits, is anything.
_NUMBER = re.compile(r"(?=.*[A-Za-z])(?=.*[0-9]).{5,}")
# An error code such as LKP-404; 404 alone may be a room.
_ERROR = re.compile(r"[A-Z]{2,}-[0-9]{2,}")


@dataclass(frozen=True)
class Tie:
    """What a ticket is tied to: the id of a change, by what of it, and a playbook's code.

    `between` is how many changes it could be about where none was taken, `why` says why none was.
    """

    change: str = ""
    how: TiedBy = ""
    playbook: str = ""
    between: int = 0
    why: str = ""


class Ties:
    """Ties tickets to the changes and playbooks of a book."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.numbered = _found_by(
            (item.number, change.id)
            for change in book.changes.values()
            for item in change.references
            if _NUMBER.fullmatch(item.number)
        )
        self.named = _found_by(
            (name, change.id)
            for change in book.changes.values()
            for name in (change.name, change.id, *change.former_names)
            if len(name.split()) > 1 or re.search(r"[0-9-]", name)
        )
        self.scenarios = {item.code: item.id for item in book.desk.scenarios.values() if item.code}
        self.gone = codes_gone(book.desk)
        codes = {item.id: item.code for item in book.desk.scenarios.values()}
        self.means = _found_by(
            (error, codes[scenario])
            for scenario, errors in _errors(book)
            for error in errors
            if _ERROR.fullmatch(error) and codes.get(scenario)
        )

    def tie(self, text: str, opened: datetime, category: str) -> Tie:
        """Return what a ticket with `text` is tied to, opened at `opened` (aware) and filed as `category`.

        A change is known by one of its numbers, else by its name, a former name or its id; else it is the only one of
        that time that has the ticket's playbook and affects its category. Where two fit, neither is taken.
        """
        said = " ".join(text.casefold().split())
        playbooks = self._playbooks(said)
        playbook = next(iter(playbooks)) if len(playbooks) == 1 else ""
        by_number, by_name = _all(self.numbered, said), _all(self.named, said)
        if named := by_number | by_name:
            if len(named) > 1:
                return Tie(playbook=playbook, between=len(named), why=f"names {len(named)} changes")
            return Tie(next(iter(named)), "number" if by_number else "name", playbook)
        if not playbook:
            named_many = f"names {len(playbooks)} playbooks"
            return Tie(why=named_many if playbooks else "names no change and no playbook")
        fits = [change.id for change in self.book.changes.values() if self._fits(change, playbook, opened, category)]
        if len(fits) == 1:
            return Tie(fits[0], "playbook", playbook)
        fitting = f"{len(fits)} changes of that time fit" if fits else "no change of that time and category fits"
        return Tie(playbook=playbook, between=len(fits), why=f"{fitting} its playbook")

    def _playbooks(self, said: str) -> Set[str]:
        codes = TYPED_CODE.findall(said) if "pb" in said else ()
        named = {f"PB-{int(number):03}" for number in codes}
        return {self.gone.get(code, code) for code in named} & self.scenarios.keys() or _all(self.means, said)

    def _fits(self, change: Change, playbook: str, opened: datetime, category: str) -> bool:
        if change.status not in MADE or not change.window or category not in change.affects.categories:
            return False
        own = change.playbook_for(self.scenarios[playbook])
        return bool(own) and change.window.start <= opened <= change.window.end + STILL_ASKED


def _errors(book: Book) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield the error codes of each playbook, the general one's and those that changes add."""
    for scenario in book.desk.scenarios.values():
        yield scenario.id, scenario.codes
    for change in book.changes.values():
        for playbook in change.playbooks:
            yield playbook.scenario, playbook.codes


def _found_by(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    """Return what each of the words of `pairs` means, the longest first."""
    means: dict[str, set[str]] = {}
    for words, what in pairs:
        means.setdefault(" ".join(words.casefold().split()), set()).add(what)
    return {words: frozenset(means[words]) for words in sorted(means, key=lambda words: (-len(words), words))}


def _all(means: Mapping[str, frozenset[str]], said: str) -> frozenset[str]:
    # Most texts name nothing, and the others little: that is fast to see without a pattern.
    if not any(map(said.__contains__, means)):
        return frozenset()
    found = _pattern(tuple(words for words in means if words in said)).findall(said)
    return frozenset().union(*(means[words] for words in found))


@lru_cache(maxsize=512)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern that finds whole words, the first of `words` that fits."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-]|\.\w)")
