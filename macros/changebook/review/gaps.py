"""The gaps of both sides of a proposal, as far as they can differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from changebook.checking.loaded import Loaded
from changebook.checking.placing import placed
from changebook.checking.problems import gaps_in
from changebook.errors import BY_PLACE
from changebook.privacy.hushing import hushed_problems
from changebook.review.facts import FactRow, Facts
from changebook.review.record import Side
from changebook.source.places import Spot


def with_gaps(side: Side) -> Side:
    """Return a side with all of its gaps among its problems."""
    if not side.folder:
        return side
    loaded = Loaded(side.book, [*side.problems], private=side.private)
    return _with(side, gaps_in(loaded, [*side.book.changes]))


def with_gaps_that_differ(base: Side, head: Side, facts: Facts, new_facts: Facts) -> tuple[Side, Side]:
    """Return both sides with their gaps in the files in which not all of them are the same, in the same places."""
    rows, new_rows = _rows(facts), _rows(new_facts)
    paths = [
        path for path in {**rows, **new_rows} if rows.get(path) != new_rows.get(path) or not _same(path, base, head)
    ]
    return _with(base, _spots(rows, paths)), _with(head, _spots(new_rows, paths))


def _same(path: Path, base: Side, head: Side) -> bool:
    return base.book.digests.get(path) == head.book.digests.get(path) is not None


def _spots(rows: Mapping[Path, list[FactRow]], paths: Iterable[Path]) -> list[tuple[Spot, str]]:
    found = (row for path in paths for row in rows.get(path, ()))
    return [(Spot(Path(path), steps, words), said) for path, steps, words, said in found]


def _rows(facts: Facts) -> dict[Path, list[FactRow]]:
    """Return the gaps in each file."""
    found: dict[Path, list[FactRow]] = {}
    for label, fact in facts.items():
        for row in fact.rows if label.startswith("gaps ") else ():
            found.setdefault(Path(row[0]), []).append(row)
    return found


def _with(side: Side, gaps: list[tuple[Spot, str]]) -> Side:
    assert side.folder
    found = [*side.problems, *placed(side.folder, side.book, gaps, gap=True)]
    return replace(side, problems=tuple(sorted(hushed_problems(found, side.private), key=BY_PLACE)), folder=None)
