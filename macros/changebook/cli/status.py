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
from changebook.views.told import Topic
from changebook.views.tonight import Night, Task, outages_tonight, tonight


@click.command()
@BOOK
@PLAIN
@TODAY
def status(path: Path, form: str, today: str | None) -> None:
    """Print what is due tonight for each change that is live, starts within a day or owes callers an update, and for
    each outage that does: what to do, by when, who does it, and who answers now.

    Outages come first, and of changes those with something overdue. A change whose record has a problem is left out,
    and listed by name.

    \b
    Examples:
      changebook status
      changebook status --today "2026-12-08 18:00"
    """
    book = readable_changes(path, today, form)
    nights, outages, at = tonight(book), outages_tonight(book), asked_at(book, today)
    if form == "json":
        changes = [plain_night(book, night, at) for night in nights]
        promised = [plain_outage(book, topic, task, at) for topic, task in outages]
        say_json({"now": book.now.isoformat(), "outages": promised, "changes": changes})
    else:
        say_lines(night_lines(book, nights, outages, at))


def night_lines(book: Book, nights: list[Night], outages: list[tuple[Topic, Task]], at: datetime) -> Iterator[str]:
    """Yield tonight as people read it in a terminal: a line per outage and change, and below it a line per task, each
    with who answers at `at`.
    """

    def cells(task: Task) -> tuple[str, str]:
        return task.when, _reached(book, task.team, at) if task.team else ""

    listed = [(f"{topic.name}: {topic.word.words}", [task]) for topic, task in outages]
    listed += [(_title(book, night, at), night.tasks) for night in nights]
    tasks = [task for _, below in listed for task in below]
    late = sum(task.late for task in tasks)
    due = len(tasks) - late
    yield f"{time_words(book.now, book.now)}: {f'{late} overdue, ' if late else ''}{due or 'nothing'} due within a day"
    widths = [max(map(len, column), default=0) for column in zip(*map(cells, tasks), strict=True)]
    for title, below in listed:
        yield ""
        yield title
        for task in below:
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
        "tasks": [_plain_task(book, task, at) for task in night.tasks],
    }


def plain_outage(book: Book, topic: Topic, task: Task, at: datetime) -> dict[str, object]:
    """Return what is due for an outage, for other programs."""
    return {
        "id": topic.id,
        "name": topic.name,
        "state": topic.word.state,
        "tasks": [_plain_task(book, task, at)],
    }


def _plain_task(book: Book, task: Task, at: datetime) -> dict[str, object]:
    return {
        "due": task.at.isoformat() if task.at else None,
        "late": task.late,
        "what": task.what,
        "team": task.team.id if task.team else None,
        "phone": task.team.phone if task.team else None,
        "call": plain_duty(on_duty(book.desk, task.team, at)) if task.team else None,
    }


def _reached(book: Book, team: Team, at: datetime) -> str:
    """Return a team with its number; while it is closed, with who answers for it at `at`, else with when it opens."""
    duty = on_duty(book.desk, team, at)
    if duty.team and duty.team != team:
        return f"{team.name}, now {duty.team.name}, {duty.team.phone}"
    return f"{team.name}, {team.phone}" + ("" if duty.team else f", {opens_words(duty.closed[0].opens, duty.at)}")
