"""Searches that people kept because nothing was found: what they find now, and where their words belong."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import click

from changebook.book import Book
from changebook.model.plain import in_quotes
from changebook.printing.cells import bare_cell
from changebook.privacy.masking import masked
from changebook.search.index import Hit, Index
from changebook.source.scalars import retyped

# The first line of the file that Symptoms A-Z downloads.
HEAD = ["words", "times", "last"]
State = Literal["answered", "nearest", "nothing"]
_TITLES: dict[State, str] = {
    "answered": "Answered now; is it the right page?",
    "nearest": "No good match, nearest",
    "nothing": "Nothing found",
}
_BARE = re.compile(r"[A-Za-z][\w ',.!?/()-]*")


@dataclass(frozen=True)
class Addition:
    """Where the words of a search belong: a file of the book, the key there, and the line to add below it."""

    file: Path
    key: str
    line: str


@dataclass(frozen=True)
class Miss:
    """A search that was kept, how often, what it finds now, best first, and where its words belong."""

    words: str
    times: int
    state: State
    found: list[Hit]
    add: Addition | None


def read_misses(file: Path) -> dict[str, int]:
    """Return the searches in `file`, as Symptoms A-Z downloads them, and how often each was kept.

    Patient data and secrets in them are masked. Several downloads may follow each other in one file. Raises
    click.BadParameter when it is not such a file.
    """
    try:
        rows = list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise _bad(file, "is not a CSV file in UTF-8") from error
    if not rows or rows[0] != HEAD:
        raise _bad(file, f"does not begin with the line {','.join(HEAD)}")
    found: dict[str, int] = {}
    spelled: dict[str, str] = {}
    for number, row in enumerate(rows, 1):
        if row == HEAD or not any(row):
            continue
        if len(row) != len(HEAD) or not re.fullmatch("[1-9][0-9]{0,8}", row[1], re.ASCII):
            raise _bad(file, f"row {number} has no words, number and time")
        words = masked(" ".join(bare_cell(row[0]).split()))
        same = spelled.setdefault(words.casefold(), words)
        found[same] = found.get(same, 0) + int(row[1])
    return found


def misses(file: Path, book: Book, index: Index) -> list[Miss]:
    """Return what the searches in `file` find now, those that were kept most often first."""
    kept = sorted(read_misses(file).items(), key=lambda item: (-item[1], item[0].casefold()))
    return [_miss(words, times, book, index) for words, times in kept if words]


def miss_lines(found: list[Miss], book: Book) -> Iterator[str]:
    """Yield searches as people read them: those that are answered now, those with something near, the others."""
    for state, title in _TITLES.items():
        group = [miss for miss in found if miss.state == state]
        yield f"{title} ({len(group)})"
        for miss in group:
            yield f"  {miss.words}{f' ({miss.times} times)' if miss.times > 1 else ''}"
            shown = miss.found[:1] if state == "answered" else miss.found
            yield from (f"      {hit.document.title}, /{hit.document.address}" for hit in shown)
            if miss.add:
                yield f"      add to {miss.add.file.as_posix()}, {miss.add.key}:  {miss.add.line}"
            elif state != "answered":
                where = f"its playbook, callers_say, or to {_elsewhere(book).as_posix()}"
                yield f"      add to {where}:  {as_item(miss.words)}"
    if any(miss.add for miss in found):
        yield f"Does another team do it? Then add it to {_elsewhere(book).as_posix()}, with whom to call."


def plain_misses(found: list[Miss]) -> list[dict[str, object]]:
    """Return searches for other programs."""
    return [
        {
            "words": miss.words,
            "times": miss.times,
            "state": miss.state,
            "found": [{"title": hit.document.title, "address": f"/{hit.document.address}"} for hit in miss.found],
            "add": {"file": miss.add.file.as_posix(), "key": miss.add.key, "line": miss.add.line} if miss.add else None,
        }
        for miss in found
    ]


def _miss(words: str, times: int, book: Book, index: Index) -> Miss:
    results = index.ask(words, shown=3)
    if results.good:
        return Miss(words, times, "answered", results.hits[:3], None)
    add = next((one for hit in results.near if (one := _addition(words, hit, book))), None)
    return Miss(words, times, "nearest" if results.near else "nothing", results.near, add)


def _addition(words: str, hit: Hit, book: Book) -> Addition | None:
    """Return where `words` belong if `hit` is what was looked for, None where callers' words have no place."""
    line = as_item(words)
    if hit.document.scenario:
        return Addition(book.spot(book.scenario(hit.document.scenario)).path, "callers_say", line)
    if hit.document.kind == "elsewhere":
        return Addition(_elsewhere(book), f"words of {hit.document.address.partition('#not-')[2]}", line)
    return None


def as_item(words: str) -> str:
    """Return `words` as an item of a list in a record."""
    return f"- {words if _BARE.fullmatch(words) and not retyped(words) else in_quotes(words)}"


def _elsewhere(book: Book) -> Path:
    return book.folder / "desk" / "elsewhere.yaml"


def _bad(file: Path, what: str) -> click.BadParameter:
    said = f"{file} {what}; download the list again at Symptoms A-Z, Searches without an answer"
    return click.BadParameter(said, param_hint="--misses")
