"""What is wrong in the links of a change: its numbers elsewhere, and the changes it needs or is part of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from changebook.book import Book
from changebook.model import Change
from changebook.names import comparable, did_you_mean
from changebook.source.events import Steps
from changebook.source.places import Spot


def check_other_numbers(book: Book) -> Iterator[tuple[Spot, str]]:
    """A number under `references` leads to one change: no two references of the book have the same."""
    first: dict[str, str] = {}
    for change in book.changes.values():
        for number, reference in enumerate(change.references):
            key = comparable(reference.number)
            if key in first:
                whose = "here" if first[key] == change.id else f"in {first[key]}.yaml"
                said = f"{reference.number!r} is {whose} already; keep it in one place"
                yield book.spot(change, "references", number, "number"), f"references[{number}].number: {said}"
            first.setdefault(key, change.id)


def check_other_changes(book: Book) -> Iterator[tuple[Spot, str]]:
    """The changes that a change needs (`depends_on`), or is part of, are in the book, and do not lead back to it."""
    for key in ("depends_on", "part_of"):
        links = {change.id: [name for _, name in _named(change, key)] for change in book.changes.values()}
        for change in book.asked:
            for steps, name in _named(change, key):
                where = f"{key}[{steps[1]}]" if len(steps) > 1 else key
                if name not in book.changes:
                    yield book.spot(change, *steps), f"{where}: no change {name!r}; {did_you_mean(name, book.changes)}"
                elif circle := _way(links, name, change.id):
                    way = " > ".join((change.id, *circle))
                    yield book.spot(change, *steps), f"{where}: leads back to itself, {way}; leave one of them out"


def _named(change: Change, key: str) -> list[tuple[Steps, str]]:
    if key == "part_of":
        return [(("part_of",), change.part_of)] if change.part_of else []
    return [(("depends_on", number), name) for number, name in enumerate(change.depends_on)]


def _way(links: Mapping[str, list[str]], start: str, end: str) -> list[str]:
    """Return the ids from `start` to `end`, both with it, nothing where none leads there."""
    ways = [[start]]
    seen = {start}
    while ways:
        way = ways.pop(0)
        if way[-1] == end:
            return way
        for name in links.get(way[-1], ()):
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []
