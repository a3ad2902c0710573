"""Whom a playbook calls: teams with their backups, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar

from changebook.book import Book
from changebook.model import Scenario, Team
from changebook.model.playbook import Escalation
from changebook.views.duty import Rota, rota

_T = TypeVar("_T")


@dataclass(frozen=True)
class Item(Generic[_T]):
    """One item of a merged list, and whether the change adds it."""

    value: _T
    is_new: bool


@dataclass(frozen=True)
class Call:
    """Whom to call: a team, its backup and after how long, who else covers, and each reason to call."""

    rota: Rota
    team: Team
    backup: Team
    within: timedelta
    reasons: list[Item[Escalation]]


def both(new: tuple[_T, ...], standing: tuple[_T, ...]) -> list[Item[_T]]:
    """Return the items of a change, then the general ones that it does not have."""
    return [Item(value, True) for value in new] + [Item(value, False) for value in standing if value not in new]


def calls_of(items: list[Item[Escalation]], book: Book, *, scenario: Scenario, queue: str) -> list[Call]:
    """Return one entry for each pair of team and backup: whom a change names first, then the scenario's owner.

    Of the waits that its reasons allow, an entry has the shortest: it is right for each of them.
    """
    teams, pairs = book.desk.teams, dict[tuple[str, str], list[Item[Escalation]]]()
    for item in items:
        pairs.setdefault((item.value.to, item.value.backup), []).append(item)
    calls = []
    for (to, covers), reasons in pairs.items():
        team, backup = teams[to], teams[covers]
        within = min(item.value.within or scenario.backup_after for item in reasons)
        line = rota(book.desk, team, backup=backup, within=within, queue=queue)
        calls.append(Call(line, team, backup, within, reasons))
    return sorted(
        calls,
        key=lambda call: (not any(item.is_new for item in call.reasons), call.team.id != scenario.owner),
    )
