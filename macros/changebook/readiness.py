"""What keeps a change from being ready. A gap is reported and stops no publication."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from changebook.book import Book, Spot
from changebook.model import Change

Gap = Callable[[Change, Book], Iterator[tuple[Spot, str]]]


def missing_sections(change: Change, book: Book) -> list[tuple[str, str]]:
    """Return the sections that the change's kind requires and its record lacks, each with the kind's reason."""
    kind = book.desk.kinds.get(change.kind)
    if not kind:
        return []
    empty = Change.model_fields["affects"].default
    return [(section, why) for section, why in kind.requires.items() if getattr(change, section) in (None, (), empty)]


def gap_sections(change: Change, book: Book) -> Iterator[tuple[Spot, str]]:
    """A change that calls itself ready, live or stable holds every section that its kind requires."""
    if change.status not in ("ready", "live", "stable"):
        return
    kind = book.desk.kinds[change.kind].name if change.kind in book.desk.kinds else change.kind
    for section, why in missing_sections(change, book):
        yield book.spot(change, "status"), f"{section} is missing from this {kind}; write it: {why}"


GAPS: tuple[Gap, ...] = (gap_sections,)
