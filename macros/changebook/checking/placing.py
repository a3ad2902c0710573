"""What checks and gaps say, each at its line and column."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from changebook.book import Book
from changebook.cache.packing import BrokenError, pack, unpack
from changebook.cache.program import fingerprint, program
from changebook.cache.store import store
from changebook.errors import Problem
from changebook.naming.excuses import excused_lines
from changebook.source import DESK_BYTES, Source, load_source
from changebook.source.events import Place
from changebook.source.places import Spot


def placed(folder: Path, book: Book, messages: Iterable[tuple[Spot, str]], *, gap: bool = False) -> list[Problem]:
    """Return what checks found as problems, with line and column.

    What is said of some words in a text is placed at those words, and not at all on a line that is excused. Only files
    that have some are read again, and of those only the ones in which the same was not placed before.
    """
    found = list(messages)
    spots: defaultdict[Path, list[Spot]] = defaultdict(list)
    for spot, _ in found:
        spots[spot.path].append(spot)
    places = {path: iter(some) for path, some in _places(folder, book, spots).items()}
    at = ((message, spot.path, next(places[spot.path])) for spot, message in found)
    return [Problem(path, *place, message, gap) for message, path, place in at if place]


def _places(folder: Path, book: Book, spots: dict[Path, list[Spot]]) -> dict[Path, list[Place | None]]:
    """Return the place of each of the `spots` in a file, None on a line that is excused; kept by the file's bytes."""
    asked = {path: ((spot.steps, spot.words) for spot in some) for path, some in spots.items() if path in book.digests}
    keys = {path: fingerprint("places", program(), book.digests[path], repr([*some])) for path, some in asked.items()}
    kept = store()
    known = kept.get(keys.values())
    found: dict[Path, list[Place | None]] = {}
    new: dict[bytes, bytes] = {}
    for path, some in spots.items():
        if len(told := _told(known.get(keys.get(path, b""), b""))) == len(some):
            found[path] = told
            continue
        source = load_source(folder / path.relative_to(book.folder), shown_as=path, limit=DESK_BYTES)
        found[path] = list(_places_in(source, some))
        if path in keys and fingerprint(source.data) == book.digests[path]:
            new[keys[path]] = pack(found[path])
    kept.put(new)
    return found


def _places_in(source: Source, spots: Iterable[Spot]) -> Iterator[Place | None]:
    excused: set[int] | None = None
    before: Counter[Spot] = Counter()
    for spot in spots:
        if not spot.words:
            yield source.place(spot.steps)
            continue
        excused = excused_lines(source.text) if excused is None else excused
        place = source.words(spot.steps, spot.words, before[spot])
        before[spot] += 1
        yield place if excused.isdisjoint((place[0], source.place(spot.steps)[0])) else None


def _told(data: bytes) -> list[Place | None]:
    try:
        return list(unpack(data))
    except (BrokenError, TypeError):
        return []
