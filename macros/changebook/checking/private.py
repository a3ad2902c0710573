"""Patient data and secrets in the files of a book: each at its place, and in no message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from changebook.book import Book
from changebook.errors import Problem
from changebook.naming.excuses import excuses_without_reason
from changebook.privacy.check import Refused, check_privacy, phones_in
from changebook.privacy.masking import hushed_problems
from changebook.source import DESK_BYTES, Source
from changebook.source.entries import files_below
from changebook.source.handwritten import ENDINGS
from changebook.source.settings import settings_files

# What is published as it lies there, and is text.
_TEXTS = (*ENDINGS, ".html", ".htm", ".txt", ".csv", ".json", ".xml", ".yaml", ".yml", ".svg", ".js", ".css")
# Written by commands, not by people.
_MADE = "schema"


def without_private(problems: list[Problem], sources: Iterable[Source]) -> tuple[list[Problem], tuple[str, ...]]:
    """Return `problems` of a book's files with those of private data, and the texts that no message repeats now.

    The desk's phones are no patients' numbers. An excuse without a reason is a problem too, whatever it excuses.
    """
    sources = list(sources)
    phones = frozenset().union(*map(_phones, sources))
    told = [one for source in sources for one in check_privacy(source.text, source.path, phones, source)]
    private = tuple(one.value for one in told if one.value)
    found = hushed_problems(problems, private) + [one.problem for one in told]
    found += [wrong for source in sources for wrong in excuses_without_reason(source.text, source.path)]
    return sorted(found), private


def _phones(source: Source) -> frozenset[str]:
    return source.once(phones_in, lambda: frozenset(phones_in(source.values)))


def docs_of(folder: Path) -> Path:
    """Return where the hand-written pages lie, beside the book in `folder`."""
    return (folder.parent if folder.name else folder / "..") / "docs"


def private_in_pages(docs: Path, shown_as: Path, phones: frozenset[str]) -> Iterator[Refused]:
    """Yield private data in what lies below `docs` as text, and in the site's settings; `shown_as` is its name."""
    files = [file for file in files_below(docs) if file.suffix.lower() in _TEXTS]
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
    desk = book.desk
    called = (desk.settings.desk, *desk.teams.values(), *desk.elsewhere.values())
    numbers = (getattr(one, key, None) or "" for one in called for key in ("phone", "outside_phone"))
    return frozenset(phone for number in numbers for phone in phones_in(number, "phone"))
