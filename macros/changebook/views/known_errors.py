"""Known errors: those of a change, the one with most people affected first, all open ones, and those of a playbook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from changebook.book import Book
from changebook.model import Change, Scenario
from changebook.model.launch import KnownError
from changebook.model.status import PLANNED
from changebook.names import error_anchor
from changebook.render.timing import suspects
from changebook.views.duty import Rota, rota
from changebook.views.playbook import Link, playbook_link


@dataclass(frozen=True)
class Known:
    """A known error: the change it came with, its anchor among all, who fixes it, the playbook callers lead to."""

    error: KnownError
    change: Change
    anchor: str
    rota: Rota
    playbook: Link | None


def errors_of(book: Book, change: Change) -> list[Known]:
    """Return the known errors of a change: open ones first, and among them the one with most people affected."""
    found = [_known(book, change, error) for error in change.known_errors]
    return sorted(found, key=lambda item: (item.error.state != "open", -(item.error.affected or 0)))


def every_open_error(book: Book) -> tuple[list[Known], list[Known]]:
    """Return the open errors of all changes, those with most people affected first: of changes that are made, and of
    those that are planned. A cancelled change brings none.
    """
    found = [
        item
        for change in book.changes.values()
        if change.status != "cancelled"
        for item in errors_of(book, change)
        if item.error.state == "open"
    ]
    found.sort(key=lambda item: (-(item.error.affected or 0), item.change.id))
    return (
        [item for item in found if item.change.status not in PLANNED],
        [item for item in found if item.change.status in PLANNED],
    )


def open_errors(book: Book, scenario: Scenario, *, change: Change | None) -> list[Known]:
    """Return the open errors that a playbook shows: those of live changes, and those of `change`, its own."""
    own = errors_of(book, change) if change else []
    shown = [item for item in own if item.error.state == "open" and item.error.scenario == scenario.id]
    others = _of_live_changes(book).get(scenario.id, [])
    return shown + [item for item in others if not change or item.change.id != change.id]


@lru_cache(maxsize=1)  # every playbook page asks for them
def _of_live_changes(book: Book) -> Mapping[str, list[Known]]:
    found: defaultdict[str, list[Known]] = defaultdict(list)
    for change in suspects(book):
        for item in errors_of(book, change) if change.status == "live" else ():
            if item.error.state == "open" and item.error.scenario:
                found[item.error.scenario].append(item)
    return found


def _known(book: Book, change: Change, error: KnownError) -> Known:
    link = playbook_link(book, error.scenario, change=change) if error.scenario else None
    return Known(
        error, change, error_anchor(change.id, error.number), rota(book.desk, book.desk.teams[error.owner]), link
    )
