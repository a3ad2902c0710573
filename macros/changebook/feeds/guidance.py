"""Known errors, and guidance that changed, as entries of feeds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from changebook.book import Book
from changebook.feeds.entry import FeedEntry, FirstIds
from changebook.feeds.notes import made
from changebook.language import gettext as _
from changebook.model import Change
from changebook.model.launch import KnownError
from changebook.names import change_address, error_address
from changebook.render import Block
from changebook.since import Span, told_since
from changebook.views.since import KEPT, moment_of


@dataclass(frozen=True)
class ErrorEntry:
    """A known error in a feed, with the change it came with."""

    change: Change
    error: KnownError


@dataclass(frozen=True)
class GuidanceEntry:
    """A piece of guidance that changed, what changed in it, line by line."""

    span: Span


def changed_lately(book: Book) -> list[tuple[datetime, Span]]:
    """Return the guidance that changed in the last 30 days, the newest first, as far as git knows when (aware)."""
    dated = ((moment_of(span.changed, book), span) for span in told_since(book, frozenset()).spans if span.dated)
    return [(at, span) for at, span in dated if at and at >= book.now - KEPT]


def error_entries(book: Book, ids: FirstIds) -> Iterator[FeedEntry]:
    """Yield the known errors of all changes that people were told of, those that are fixed too."""
    lately = {(span.told.change, span.told.number): at for at, span in reversed(changed_lately(book))}
    for change in book.changes.values():
        for error in change.known_errors if change.status not in ("draft", "cancelled") else ():
            fixed = error.state == "fixed"
            address = change_address(change.id) if fixed else error_address(change.id, error.number)
            title = f"{error.number}: {error.title}{_(' (fixed)') if fixed else ''}"
            updated = lately.get((change.name, error.number)) or made(book, change)
            key = f"known-error/{ids[change.id]}/{error.number}"
            yield FeedEntry(key, title, address, updated, Block("feed/error", ErrorEntry(change, error)))


def guidance_entries(book: Book, ids: FirstIds) -> Iterator[FeedEntry]:
    """Yield each piece of guidance that changed in the last 30 days, once, as it changed last.

    Its key is made of the first ids of its change and its playbook: it stays when their files are renamed.
    """
    seen = set()
    playbooks = {name: next(iter(item.former_files), name) for name, item in book.desk.scenarios.items()}
    first = {"": ids, "changes": ids, "scenarios": playbooks, "playbooks": playbooks}
    for at, span in changed_lately(book):
        told = span.told
        place = told.address.removesuffix("#say") or told.title
        file = f"{_with_first(told.file.removesuffix('.yaml'), first)}.yaml"
        key = f"guidance/{told.what}/{file}/{told.number or _with_first(place, first)}"
        if key not in seen:
            seen.add(key)
            yield FeedEntry(key, told.line, told.address or "since/", at, Block("feed/guidance", GuidanceEntry(span)))


def _with_first(path: str, first: Mapping[str, Mapping[str, str]]) -> str:
    """Return a path with the first id in place of each that is below one of the folders of `first`."""
    parts = path.split("/")
    above = ["", *parts]
    return "/".join(first.get(folder, {}).get(part, part) for folder, part in zip(above, parts, strict=False))
