"""Patient data and secrets in the files of a book: each at its place, and in no message."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from changebook.book import Book
from changebook.source import DESK_BYTES, Source, read_source
from changebook.source.entries import files_below
from changebook.source.handwritten import ENDINGS
from changebook.source.settings import settings_files

# The rules are imported where they are asked: what was clean before is not asked again.
if TYPE_CHECKING:
    from changebook.privacy.check import Refused

# What is published as it lies there, and is text.
TEXTS = (*ENDINGS, ".html", ".htm", ".txt", ".csv", ".json", ".xml", ".yaml", ".yml", ".svg", ".js", ".css")
# Written by commands, not by people.
_MADE = "schema"


def private_in_file(text: str, path: Path, phones: frozenset[str]) -> Iterator[Refused]:
    """Yield private data in the `text` of a book's file; the desk's `phones` are no patients' numbers."""
    from changebook.privacy.check import asks_for_places, check_privacy  # noqa: PLC0415

    return check_privacy(text, path, phones, read_source(text, Source(path)) if asks_for_places(text) else None)


def phones_of_file(source: Source) -> frozenset[str]:
    """Return the digits of the phone numbers in a file."""
    from changebook.privacy.check import phones_in  # noqa: PLC0415

    return source.once(phones_in, lambda: frozenset(phones_in(source.values)))


def docs_of(folder: Path) -> Path:
    """Return where the hand-written pages lie, beside the book in `folder`."""
    return (folder.parent if folder.name else folder / "..") / "docs"


def private_in_pages(docs: Path, shown_as: Path, phones: frozenset[str]) -> Iterator[Refused]:
    """Yield private data in what lies below `docs` as text, and in the site's settings; `shown_as` is its name."""
    from changebook.privacy.check import check_privacy  # noqa: PLC0415

    files = [file for file in files_below(docs) if file.suffix.lower() in TEXTS]
    for file in (*files, *settings_files(docs)):
        where = file.relative_to(docs.parent)
        if where.parts[1:2] == (_MADE,):
            continue
        try:
            text = file.read_text("utf-8-sig") if file.stat().st_size <= DESK_BYTES else ""
        except (OSError, UnicodeDecodeError):
            continue  # named elsewhere
        yield from check_privacy(text, shown_as.parent / where, phones)


def phones_of(book: Book) -> frozenset[str]:
    """Return the digits of the phone numbers in the desk's lists."""
    from changebook.privacy.check import phones_in  # noqa: PLC0415

    desk = book.desk
    called = (desk.settings.desk, *desk.teams.values(), *desk.elsewhere.values())
    numbers = (getattr(one, key, None) or "" for one in called for key in ("phone", "outside_phone"))
    return frozenset(phone for number in numbers for phone in phones_in(number, "phone"))
