"""The search of a book, and the searches that must find their page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from changebook.book import Book
from changebook.cache.clock import Holding, Watched
from changebook.cache.program import fingerprint, program
from changebook.checking.around import said_below
from changebook.checking.index_parts import IndexParts, index_in_parts
from changebook.checking.loaded import all_read
from changebook.checking.private import docs_of
from changebook.language import spoken
from changebook.search.index import Index
from changebook.source.handwritten import site_pages
from changebook.source.places import Spot


def index_of(book: Book, folder: Path) -> Index:
    """Return the search index of the book in `folder`, with the hand-written pages in `docs` beside it."""
    # Only here: an index that was kept has them already.
    from changebook.search.hand import hand_sections  # noqa: PLC0415

    return Index(book, hand_sections(docs_of(folder.resolve())))


def kept_index_of(book: Book) -> Index:
    """Return the search index of a book as it was read, made only if nothing of it was kept that holds now.

    It follows from the bytes of the book and of the pages beside it, from which changes can be read, and from the
    moment, of which it is noted what was asked; and its replies are in the language that is spoken.
    """
    docs = docs_of(book.folder.resolve())
    pages = (part for page in site_pages(docs) for part in (page.address, page.text, repr(page.meta)))
    key = fingerprint("index", program(), spoken(), *all_read(book), *said_below(docs), *pages)
    parts = IndexParts(book.folder, key, lambda: index_in_parts(index_of(book, book.folder)))
    if made := parts.made(book):
        return Index(book, made=made)
    span = Holding()
    index = index_of(replace(book, now=Watched.at(book.now, span)), book.folder)
    parts.keep(index, span.bounds(book.now))
    return index


def searched(book: Book, folder: Path) -> tuple[list[tuple[Spot, str]], list[tuple[Spot, str]]]:
    """Return what is wrong with the searches of a book, and which of its playbooks are hard to find."""
    from changebook.search.finding import as_on_go_live, searches_that_miss  # noqa: PLC0415
    from changebook.search.own_words import playbooks_hard_to_find  # noqa: PLC0415

    index = index_of(as_on_go_live(book), folder)
    return list(searches_that_miss(book, index)), list(playbooks_hard_to_find(book, index))
