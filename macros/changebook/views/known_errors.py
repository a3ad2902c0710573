"""Known errors: those of a change, the one with most people affected first, and those that a playbook must show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from changebook.book import Book
from changebook.model import Change, Scenario, Team
from changebook.model.launch import KnownError
from changebook.names import error_anchor
from changebook.render.timing import suspects
from changebook.views.playbook import Link, playbook_link


@dataclass(frozen=True)
class Known:
    """A known error: the change it came with, its anchor on the hub, who fixes it, the playbook callers lead to."""

    error: KnownError
    change: Change
    anchor: str
    owner: Team
    playbook: Link | None


def known_errors(book: Book, change: Change) -> list[Known]:
    """Return the known errors of a change: open ones first, and among them the one with most people affected."""
    found = [_known(book, change, error) for error in change.known_errors]
    return sorted(found, key=lambda item: (item.error.state != "open", -(item.error.affected or 0)))


def open_errors(book: Book, scenario: Scenario, *, change: Change | None) -> list[Known]:
    """Return the open errors that a playbook shows: those of live changes, and those of `change`, its own."""
    own = known_errors(book, change) if change else []
    shown = [item for item in own if item.error.state == "open" and item.error.scenario == scenario.id]
    others = _of_live_changes(book).get(scenario.id, [])
    return shown + [item for item in others if not change or item.change.id != change.id]


@lru_cache(maxsize=1)  # every playbook page asks for them
def _of_live_changes(book: Book) -> Mapping[str, list[Known]]:
    found: defaultdict[str, list[Known]] = defaultdict(list)
    for change in suspects(book):
        for item in known_errors(book, change) if change.status == "live" else ():
            if item.error.state == "open" and item.error.scenario:
                found[item.error.scenario].append(item)
    return found


def _known(book: Book, change: Change, error: KnownError) -> Known:
    link = playbook_link(book, error.scenario, change=change) if error.scenario else None
    return Known(error, change, error_anchor(error.number), book.desk.teams[error.owner], link)
