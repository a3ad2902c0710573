"""The names a book knows, cut into words so that they can be found in text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from changebook.book import Book

WORD = re.compile(r"[^\W_]+")
_VERSION = re.compile(r"[a-z]?\d+")


@dataclass(frozen=True)
class NameTerm:
    """A name as people write it, and the shared name that is right; a former name differs from it."""

    text: str
    right: str

    @property
    def former(self) -> bool:
        """Whether this is a name that nobody should write any more."""
        return self.text != self.right

    @cached_property
    def written(self) -> tuple[str, ...]:
        """Its words as written."""
        return tuple(WORD.findall(self.text))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words in lower case."""
        return tuple(word.lower() for word in self.written)

    @cached_property
    def margins(self) -> tuple[int, int]:
        """How many characters come before its first word and after its last, such as a bracket."""
        found = list(WORD.finditer(self.text))
        return found[0].start(), len(self.text) - found[-1].end()

    @cached_property
    def versioned(self) -> bool:
        """Whether it holds a version, such as R4 or 2.4: then no ordinary prose reads like it."""
        return any(_VERSION.fullmatch(word) for word in self.words[1:])


def terms_of(names: Iterable[tuple[str, Iterable[str]]]) -> Iterator[NameTerm]:
    """Yield every term of `names`, each a shared name and its former ones; one without a word is left out."""
    for shared, former in names:
        for text in (shared, *former):
            if WORD.search(text):
                yield NameTerm(" ".join(text.split()), shared)


def book_names(book: Book) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every change's shared name with its former names."""
    for change in book.changes.values():
        yield change.name, change.former_names


def desk_words(book: Book) -> frozenset[str]:
    """Return what the desk's own lists call things: they may look like a change's name and are none."""
    desk = book.desk
    lists = (desk.teams, desk.systems, desk.groups, desk.partners, desk.workflows, desk.categories, desk.kinds)
    named = {entry.name for table in (*lists, desk.sites) for entry in table.values()}
    other = {name for system in desk.systems.values() for name in system.other_names}
    other |= {name for item in desk.elsewhere.values() for name in (item.what, item.name) if name}
    return frozenset(named | other | {scenario.title for scenario in desk.scenarios.values()})
