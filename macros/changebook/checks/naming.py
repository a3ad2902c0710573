"""A change has one name: a record uses no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from changebook.book import Book
from changebook.checks.references import records_of
from changebook.model import Record
from changebook.model.reading import dotted
from changebook.naming.fields import BREAK, texts
from changebook.naming.finder import NameFinder, finder_of
from changebook.source.places import Spot


def check_names(book: Book) -> Iterator[tuple[Spot, str]]:
    """A change is called by its shared name, correctly spelled, in records, in the desk's lists and on hand-written
    pages. Former names are for `former_names`, `callers_say`, `must_find`, `before` and the synonyms. A line that needs
    another spelling says why: `# name-ok: REASON`, on a page `<!-- name-ok: REASON -->`.
    """
    finder = finder_of(book)
    for record in records_of(book):
        yield from _wrong_names(book, record, finder)


def _wrong_names(book: Book, record: Record, finder: NameFinder) -> Iterator[tuple[Spot, str]]:
    held = list(texts(record))
    # One search a record, not one a field: then again only in what may hold something.
    if not finder.wrong(BREAK.join(text for _, text in held)):
        return
    for steps, text in held:
        for found in finder.wrong(text):
            spot = replace(book.spot(record, *steps), words=found.text)
            yield spot, f"{dotted(steps)}: {found.message}"
