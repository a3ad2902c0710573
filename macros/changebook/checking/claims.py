"""What each change claims to be, with its gaps counted; kept for as long as nothing of it can have changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from changebook.book import Book
from changebook.cache.clock import Holding, Watched
from changebook.cache.packing import BrokenError, pack, unpack
from changebook.cache.program import fingerprint, program
from changebook.cache.store import store
from changebook.checking.loaded import all_read
from changebook.render.claim import claim_words


def claims_of(book: Book) -> Mapping[str, str]:
    """Return the status of each change as `claim_words` says it, by id."""
    key, kept = fingerprint("claims", program(), *all_read(book)), store()
    try:
        low, high, words = unpack(kept.get([key]).get(key, b""))
        if Holding(low, high).holds(book.now) and isinstance(words, dict):
            return words
    except (BrokenError, TypeError, ValueError):
        pass
    span = Holding()
    watched = replace(book, now=Watched.at(book.now, span))
    words = {str(change.id): claim_words(change, watched) for change in watched.changes.values()}
    kept.put({key: pack((*span.bounds(book.now), words))})
    return words
