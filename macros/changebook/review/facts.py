"""What a book shows, part by part, each with all that it follows from: of the next book only what differs is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import Any

from markupsafe import Markup
from pydantic_core import to_json

from changebook.book import Book
from changebook.book.noting import with_notes
from changebook.cache.clock import Holding, Watched
from changebook.cache.notes import Differing, NotedSpan, ReadNotes, known_by, noting
from changebook.cache.program import fingerprint
from changebook.checking.problems import gaps_of_change, gaps_of_desk
from changebook.pages import Page
from changebook.pages.filling import block_of
from changebook.pages.pages import pages_of_change, pages_of_desk
from changebook.render import Renderer
from changebook.review.values import value_digest
from changebook.search.cards import change_card
from changebook.search.documents import documents_of_change, documents_of_desk, heat
from changebook.search.starting import now_cards

# Of a page its address, title, summary, and the macro call that fills it; of a gap its file, the steps there, the words
# that it is about, and what it says.
FactRow = tuple[Any, ...]


@dataclass(frozen=True)
class Fact:
    """A digest of what something is, and what that follows from: what it `reads` of each owner, and the labels of the
    facts that it `uses`. It holds from `low` until `high`. `rows` are the pages or gaps that it covers.
    """

    digest: bytes | None
    reads: Mapping[str, frozenset[str]]
    uses: frozenset[str]
    low: datetime | None
    high: datetime | None
    rows: tuple[FactRow, ...] = ()


# Facts by their labels: a kind of fact, and words.
Facts = Mapping[str, Fact]


def facts_after(known: Facts, book: Book, by: Differing) -> dict[str, Fact]:
    """Return the facts of `book`, which differs `by` this from the one whose facts are `known`; of which nothing is
    known, all are made.
    """
    return _Making(known, book, by).all()


def pages_in(facts: Facts) -> dict[str, tuple[str, str, bytes | None]]:
    """Return title, summary and digest of each page, by its address."""
    rows = (row for label, fact in facts.items() if label.startswith("pages ") for row in fact.rows)
    return {address: (title, summary, facts[f"page {address}"].digest) for address, title, summary, _ in rows}


class _Making:
    def __init__(self, known: Facts, book: Book, by: Differing) -> None:
        self._known, self._plain, self._by = known, book, by
        self._made: dict[str, Fact] = {}
        self._touched: dict[str, bool] = {}

    @cached_property
    def _book(self) -> Book:
        return with_notes(replace(self._plain, now=Watched.at(self._plain.now, NotedSpan())))

    @cached_property
    def _renderer(self) -> Renderer:
        return Renderer(self._book, lambda name: Markup(""))

    def all(self) -> dict[str, Fact]:
        """Return every fact of the book."""
        found = {}
        for name in ("", *self._plain.changes):
            pages = found[f"pages {name}"] = self._fact(f"pages {name}", None)
            found |= {f"page {row[0]}": self._fact(f"page {row[0]}", row) for row in pages.rows}
            found |= {f"{kind} {name}": self._fact(f"{kind} {name}", None) for kind in _MADE}
        asked = [label for fact in found.values() for label in fact.uses]
        while asked:
            if (label := asked.pop()) not in found:
                found[label] = self._fact(label, None)
                asked += found[label].uses
        return found

    def _fact(self, label: str, row: FactRow | None) -> Fact:
        if label not in self._made:
            self._made[label] = self._make(label, row) if self._is_touched(label) else self._known[label]
        return self._made[label]

    def _is_touched(self, label: str) -> bool:
        """Return whether something may be otherwise than it was known."""
        if label not in self._touched:
            fact = self._known.get(label)
            self._touched[label] = (
                not fact
                or not Holding(fact.low, fact.high).holds(self._plain.now)
                or any(not names.isdisjoint(fact.reads.get(owner, ())) for owner, names in self._by.items())
                or any(self._differs(use) for use in fact.uses)
            )
        return self._touched[label]

    def _differs(self, label: str) -> bool:
        if not self._is_touched(label):
            return False
        digest = self._fact(label, None).digest
        return digest is None or label not in self._known or digest != self._known[label].digest

    def _make(self, label: str, row: FactRow | None) -> Fact:
        kind, *words = label.split(" ")
        with noting() as notes:
            if row:
                address, title, summary, call = row
                html = self._renderer.html(block_of(Page(address, title, summary, call, ""), self._book), root="./")
                return self._of(notes, fingerprint(html))
            if kind in _MADE:
                digest, rows = _MADE[kind](self._book, *words)
                return self._of(notes, digest, rows)
            value = known_by(label)(self._book, *words)
        own = next(one for one in notes.shared if one.label == label)
        return self._of(own, value_digest(value, self._book))

    def _of(self, notes: ReadNotes, digest: bytes | None, rows: tuple[FactRow, ...] = ()) -> Fact:
        reads: dict[str, frozenset[str]] = {}
        span, uses = Holding(), set()
        for one in _own(notes):
            for owner, names in one.reads.items():
                reads[owner] = reads.get(owner, frozenset()) | names
            uses |= {shared.label for shared in one.shared if shared.label}
            low, high = one.span.bounds(self._plain.now) if one.span else (None, None)
            if low:
                span.begins(low)
            if high:
                span.ends(high)
        return Fact(digest, reads, frozenset(uses), span.low, span.high, rows)


def _pages(book: Book, name: str) -> tuple[bytes, tuple[FactRow, ...]]:
    made = pages_of_change(book, name) if name else pages_of_desk(book)
    rows = tuple((page.address, page.title, page.summary, page.call) for page in made)
    return fingerprint(*chain(*rows)), rows


def _gaps(book: Book, name: str) -> tuple[bytes, tuple[FactRow, ...]]:
    found = gaps_of_change(book, name) if name else gaps_of_desk(book)
    rows = tuple((str(spot.path), spot.steps, spot.words, said) for spot, said in found)
    return fingerprint(repr(rows)), rows


def _search(book: Book, name: str) -> tuple[bytes, tuple[FactRow, ...]]:
    if not name:
        return fingerprint(to_json((*documents_of_desk(book), now_cards(book)))), ()
    change = book.changes[name]
    called = change.name, change.former_names, change.status, change.affects
    said = *documents_of_change(book, change), change_card(book, change), *called, heat(change, book)
    return fingerprint(to_json(said)), ()


# What is known of each change by its id, and of the desk.
_MADE = {"pages": _pages, "gaps": _gaps, "search": _search}
# The first words of labels that name no function.
FACT_KINDS = frozenset(("page", *_MADE))


def _own(notes: ReadNotes) -> Iterator[ReadNotes]:
    """Yield notes, and those in them that nobody can ask for again."""
    yield notes
    for one in notes.shared:
        if not one.label:
            yield from _own(one)
