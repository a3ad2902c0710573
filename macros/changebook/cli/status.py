"""`changebook status`: what is due tonight, and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from changebook.book import Book
from changebook.book.duty import on_duty
from changebook.cli.common import BOOK, PLAIN, asked_at
from changebook.cli.options import TODAY
from changebook.cli.readable import readable_changes
from changebook.model import Team
from changebook.printing.terminal import say_json, say_lines
from changebook.render.claim import claim_words
from changebook.render.phasing import when_words
from changebook.render.timing import time_words
from changebook.views.duty import opens_words, plain_duty
from changebook.views.tonight import Night, Task, tonight


@click.command()
@BOOK
@PLAIN
@TODAY
def status(path: Path, form: str, today: str | None) -> None:
    """Print what is due tonight for each change that is live, starts within a day or owes callers an update: what to
    do, by when, who does it, and who answers now.

    What is overdue comes first. A change whose record has a problem is left out, and listed by name.

    \b
    Examples:
      changebook status
      changebook status --today "2026-12-08 18:00"
    """
    book = readable_changes(path, today, form)
    nights, at = tonight(book), asked_at(book, today)
    if form == "json":
        say_json({"now": book.now.isoformat(), "changes": [plain_night(book, night, at) for night in nights]})
    else:
        say_lines(night_lines(book, nights, at))


def night_lines(book: Book, nights: list[Night], at: datetime) -> Iterator[str]:
    """Yield tonight as people read it in a terminal: a line per change, and below it a line per task, each with who
    answers at `at`.
    """

    def cells(task: Task) -> tuple[str, str]:
        return task.when, _reached(book, task.team, at)

    late = sum(night.late for night in nights)
    due = sum(len(night.tasks) for night in nights) - late
    yield f"{time_words(book.now, book.now)}: {f'{late} overdue, ' if late else ''}{due or 'nothing'} due within a day"
    tasks = [task for night in nights for task in night.tasks]
    widths = [max(map(len, column), default=0) for column in zip(*map(cells, tasks), strict=True)]
    for night in nights:
        yield ""
        yield _title(book, night, at)
        for task in night.tasks:
            row = (cell.ljust(width) for cell, width in zip(cells(task), widths, strict=True))
            yield "  ".join(("!" if task.late else " ", *row, task.what))


def _title(book: Book, night: Night, at: datetime) -> str:
    change = night.change
    bridge = (
        f"; {change.bridge.channel}, led by {_reached(book, night.lead, at)}" if change.bridge and night.lead else ""
    )
    more = bridge if night.tasks else "; nothing is due"
    return f"{change.name}: {claim_words(change, book)}, {when_words(change, book.now)}{more}"


def plain_night(book: Book, night: Night, at: datetime) -> dict[str, object]:
    """Return what is due for a change, for other programs."""
    return {
        "id": night.change.id,
        "name": night.change.name,
        "status": night.change.status,
        "lead": night.lead.id if night.lead else None,
        "tasks": [
            {
                "due": task.at.isoformat() if task.at else None,
                "late": task.late,
                "what": task.what,
                "team": task.team.id,
                "phone": task.team.phone,
                "call": plain_duty(on_duty(book.desk, task.team, at)),
            }
            for task in night.tasks
        ],
    }


def _reached(book: Book, team: Team, at: datetime) -> str:
    """Return a team with its number; while it is closed, with who answers for it at `at`, else with when it opens."""
    duty = on_duty(book.desk, team, at)
    if duty.team and duty.team != team:
        return f"{team.name}, now {duty.team.name}, {duty.team.phone}"
    return f"{team.name}, {team.phone}" + ("" if duty.team else f", {opens_words(duty.closed[0].opens, duty.at)}")
