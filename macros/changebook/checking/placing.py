"""What checks and gaps say, each at its line and column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from changebook.book import Book
from changebook.errors import Problem
from changebook.naming.excuses import excused_lines
from changebook.source import DESK_BYTES, Source, load_source
from changebook.source.places import Spot


def placed(folder: Path, book: Book, messages: Iterable[tuple[Spot, str]], *, gap: bool = False) -> list[Problem]:
    """Return what checks found as problems, with line and column: only files that have some are read again.

    What is said of some words in a text is placed at those words, and not at all on a line that is excused.
    """
    sources: dict[Path, Source] = {}
    excused: dict[Path, set[int]] = {}
    before: Counter[Spot] = Counter()
    problems = []
    for spot, message in messages:
        source = sources.get(spot.path)
        if not source:
            file = folder / spot.path.relative_to(book.folder)
            source = sources[spot.path] = load_source(file, shown_as=spot.path, limit=DESK_BYTES)
        if not spot.words:
            problems.append(source.problem(spot.steps, message, gap=gap))
            continue
        if spot.path not in excused:
            excused[spot.path] = excused_lines(source.text)
        line, column = source.words(spot.steps, spot.words, before[spot])
        before[spot] += 1
        if excused[spot.path].isdisjoint((line, source.place(spot.steps)[0])):
            problems.append(Problem(source.path, line, column, message, gap))
    return problems
