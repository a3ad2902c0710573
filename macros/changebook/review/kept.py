"""Facts of books as they were made, kept by all that they follow from."""

from __future__ import annotations

import zlib
from dataclasses import fields

from changebook.book import Book
from changebook.cache.notes import Differing, known_by
from changebook.cache.packing import BrokenError, pack, unpack
from changebook.cache.program import fingerprint, program
from changebook.cache.store import store
from changebook.checking.index_parts import IndexParts, index_in_parts
from changebook.language import spoken
from changebook.review.facts import FACT_KINDS, Fact, Facts, facts_after
from changebook.review.record import Side
from changebook.search.index import Index


def facts_key(book: Book) -> bytes:
    """Return what the facts of a book are kept under. Of the clock, its texts say no more than the year."""
    files = (part for path, said in sorted(book.digests.items()) for part in (str(path), said))
    return fingerprint("facts", program(), spoken(), str(book.now.year), repr(book.tickets), *files, "", *book.changes)


def kept_facts(key: bytes) -> Facts:
    """Return the facts that are kept under `key`, none where they are not whole."""
    try:
        rows = unpack(zlib.decompress(store().get([key])[key]))
        for kind in {label.partition(" ")[0] for label in rows} - FACT_KINDS:
            known_by(kind)
        return {str(label): Fact(*row) for label, row in rows.items()}
    except (AttributeError, BrokenError, ImportError, LookupError, TypeError, ValueError, zlib.error):
        return {}


def keep_facts(key: bytes, facts: Facts) -> None:
    """Keep facts under `key`."""
    if (kept := store()).folder:
        rows = {label: tuple(getattr(one, field.name) for field in fields(Fact)) for label, one in facts.items()}
        kept.put({key: zlib.compress(pack(rows), 1)})


def kept_index(side: Side, facts: Facts) -> Index:
    """Return the search index of a side, made only if it is not the last one that was kept of the book's folder: it
    follows from the book's files, hand-written pages, and from what search says at this moment.
    """
    said = (fact.digest or b"" for label, fact in sorted(facts.items()) if label.startswith("search "))
    key, folder = fingerprint("index", side.key, repr(side.sections), *said), side.book.folder / "review"
    parts = IndexParts(folder, key, lambda: index_in_parts(Index(side.book, side.sections)))
    if side.key and (made := parts.made(side.book)):
        return Index(side.book, made=made)
    index = Index(side.book, side.sections)
    if side.key:
        parts.keep(index, (None, None))
    return index


def facts_of_both(base: Side, head: Side, by: Differing | None) -> tuple[Facts, Facts]:
    """Return the facts of both books, between which `by` differs. Those of one are made from those of the other, unless
    they were kept: what reads nothing that differs is the same in both.
    """
    kept, new_kept = kept_facts(base.key), kept_facts(head.key)
    if new_kept and not kept and by is not None:
        new_facts = facts_after(new_kept, head.book, {})
        facts = facts_after(new_facts, base.book, by)
    else:
        facts = facts_after(kept, base.book, {})
        known, differing = (new_kept, {}) if new_kept or by is None else (facts, by)
        new_facts = facts_after(known, head.book, differing)
    for side, known, made in ((base, kept, facts), (head, new_kept, new_facts)):
        if side.key and made != known:
            keep_facts(side.key, made)
    return facts, new_facts
