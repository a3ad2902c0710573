"""Gaps in who is there: whoever leads or decides while a change is made must answer, or a backup for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from changebook.book import Book
from changebook.model import Change, Team
from changebook.model.status import PLANNED
from changebook.readiness.gap import Gap, gap
from changebook.readiness.rules import gap_rule


@gap_rule("nobody-answers")
def gap_shifts(change: Change, book: Book) -> Iterator[Gap]:
    """While a planned change is made, the team that leads the bridge and the one that decides on a rollback answer,
    or their backups do, when the window starts and when it ends: `nobody-answers/TEAM`.
    """
    window = change.window
    if not window or change.status not in PLANNED:
        return
    needed = (
        (("bridge", "lead"), change.bridge and change.bridge.lead),
        (("rollback", "decided_by"), change.rollback and change.rollback.decided_by),
    )
    for steps, name in needed:
        team = book.desk.teams.get(name or "")
        away = [moment for moment in (window.start, window.end) if team and not _anybody(book, team, moment)]
        if team and away:
            said = f"{team.name} does not answer at {away[0]:%Y-%m-%d %H:%M}, nor does a backup; name who does"
            yield gap(change, book, f"nobody-answers/{team.id}", steps, said)


def _anybody(book: Book, team: Team, moment: datetime) -> bool:
    backup = book.desk.teams.get(team.backup or "")
    return any(book.desk.answers(one, moment) for one in (team, backup) if one)
