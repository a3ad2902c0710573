"""The search of a book, and the searches that must find their page."""

from __future__ import annotations

from pathlib import Path

from changebook.book import Book
from changebook.checking.private import docs_of
from changebook.search.finding import as_on_go_live, searches_that_miss
from changebook.search.hand import hand_sections
from changebook.search.index import Index
from changebook.search.own_words import playbooks_hard_to_find
from changebook.source.places import Spot


def index_of(book: Book, folder: Path) -> Index:
    """Return the search index of the book in `folder`, with the hand-written pages in `docs` beside it."""
    return Index(book, hand_sections(docs_of(folder.resolve())))


def searched(book: Book, folder: Path) -> tuple[list[tuple[Spot, str]], list[tuple[Spot, str]]]:
    """Return what is wrong with the searches of a book, and which of its playbooks are hard to find."""
    index = index_of(as_on_go_live(book), folder)
    return list(searches_that_miss(book, index)), list(playbooks_hard_to_find(book, index))
