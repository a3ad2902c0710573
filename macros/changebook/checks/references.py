"""Every term in a record is one of the desk's own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from changebook.book import NOUNS, Book
from changebook.model import Record
from changebook.model.record import key_of, marks_in, record_in
from changebook.model.shape import Ref
from changebook.names import did_you_mean
from changebook.source.events import Steps
from changebook.source.places import Spot

_NOUNS = NOUNS | {
    "changes": "change",
    "scenarios": "scenario",
    "outcomes": "outcome or scenario",
    "queues": "team with the queue",
    "audiences": "user group or partner",
}


def check_references(book: Book) -> Iterator[tuple[Spot, str]]:
    """Every team, system, workflow, user group, partner, site, ticket category, queue, kind of change and
    scenario that a record names is in the desk's own lists.
    """
    for record in records_of(book):
        for steps, table, term in references(record):
            known = book.desk.ids[table]
            if known is not None and term not in known:
                where = f"{steps[-2]}[{steps[-1]}]" if isinstance(steps[-1], int) else str(steps[-1])
                yield book.spot(record, *steps), f"{where}: no {_NOUNS[table]} {term!r}; {did_you_mean(term, known)}"


def records_of(book: Book) -> Iterator[Record]:
    """Yield every record of the book that checks are asked about: the desk's, then the changes."""
    desk = book.desk
    for table in (
        desk.teams,
        desk.systems,
        desk.groups,
        desk.partners,
        desk.sites,
        desk.workflows,
        desk.categories,
        desk.kinds,
        desk.cases,
        desk.status,
        desk.elsewhere,
        desk.scenarios,
        desk.mappings,
    ):
        yield from table.values()
    yield from (desk.settings, desk.wording, desk.calendar)
    yield from book.asked


def references(record: Record, steps: Steps = ()) -> Iterator[tuple[Steps, str, str]]:
    """Yield every reference in `record`: the steps to it, the list it is of, and the term."""
    for name, key, table in _links(type(record)):
        value = getattr(record, name)
        if not value:
            continue
        if table:
            terms = enumerate(value) if isinstance(value, tuple) else [(None, value)]
            for index, term in terms:
                yield (*steps, key) if index is None else (*steps, key, index), table, term
        else:
            inner = enumerate(value) if isinstance(value, tuple) else [(None, value)]
            for index, item in inner:
                yield from references(item, (*steps, key) if index is None else (*steps, key, index))


@cache
def _links(cls: type[Record]) -> tuple[tuple[str, str, str | None], ...]:
    """Return the fields of `cls` that hold references or further records: name, key, and the list referred to."""
    found: list[tuple[str, str, str | None]] = []
    for name, info in cls.model_fields.items():
        refs: list[Any] = [mark for mark in info.metadata if isinstance(mark, Ref)] or list(
            marks_in(info.annotation, Ref)
        )
        if refs:
            found.append((name, key_of(name, info), refs[0].table))
        elif record_in(info.annotation):
            found.append((name, key_of(name, info), None))
    return tuple(found)
