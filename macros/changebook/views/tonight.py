"""What is due tonight, and by whom: for whoever leads a release at two in the morning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from changebook.book import Book
from changebook.model import Change, Team
from changebook.model.phases import Phase
from changebook.model.status import IN_USE, PLANNED
from changebook.model.timeline import first_span, spans_of
from changebook.readiness import Gap, by_due, readiness
from changebook.views.due import due_of
from changebook.views.queue_rules import rules
from changebook.views.told import Topic, outages_told
from changebook.views.updates import current_update

# What begins or is due within a day is tonight's.
AHEAD = timedelta(days=1)
# Gaps that a command closes tonight, and what else to do about them.
_JOBS = {
    "decision-pending": "Go/no-go: changebook decide {id}",
    "briefing-not-held": "Desk briefing: changebook briefed {id}",
    "test-not-repeated": "{count} in production, changebook ran {id}: {cases}",
    "partner-not-told": "Tell {cases}: changebook told {id}",
    "window-passed": "It is past its go-live: changebook live {id}, or changebook move {id}",
}


@dataclass(frozen=True)
class Task:
    """Something to do: by when, None meaning at once, whether that has passed, the words for it, what, and which team
    does it, None where the book names none.
    """

    at: datetime | None
    late: bool
    when: str
    what: str
    team: Team | None


@dataclass(frozen=True)
class Night:
    """A change of the night, who leads its bridge, and what is due for it, the latest first."""

    change: Change
    lead: Team | None
    tasks: list[Task]

    @property
    def late(self) -> int:
        """How many tasks should have been done before now."""
        return sum(task.late for task in self.tasks)


def tonight(book: Book) -> list[Night]:
    """Return the changes of the night: those with something overdue first, then by how near their window or phase is.

    A stable change is one of them while something is due for it.
    """
    nights = [_night(book, change) for change in book.changes.values() if _is_of_tonight(book, change)]
    nights = [night for night in nights if night.tasks or night.change.status != "stable"]
    return sorted(nights, key=lambda night: (not night.late, _away(book, night.change), night.change.id))


def outages_tonight(book: Book) -> list[tuple[Topic, Task]]:
    """Return the outages whose next update is due within a day or overdue, the earliest first, each with that task."""
    found = []
    for topic in outages_told(book):
        due = topic.word.next
        if due and topic.word.at <= book.now and due <= book.now + AHEAD:
            # Where no system of ours is touched, the desk follows it.
            team = book.desk.systems[topic.systems[0]].owner if topic.systems else book.desk.settings.lead
            found.append((topic, _task(book, due, f"Next update: changebook outage {topic.id}", team)))
    return sorted(found, key=lambda item: ((item[1].at or book.now).timestamp(), item[0].id))


def _is_of_tonight(book: Book, change: Change) -> bool:
    """Return whether a change is in use, begins within a day or should have, or has something due within a day."""
    if any(_updates(book, change)):
        return True
    if change.status not in PLANNED:
        return change.status in IN_USE
    dates = [change.board, *(gap.due for gap in _open(book, change))]
    due = any(at and book.now <= at <= book.now + AHEAD for at in dates)
    return due or bool(change.window and change.window.start <= book.now + AHEAD)


def _open(book: Book, change: Change) -> tuple[Gap, ...]:
    """Return what the gate misses, what it waits for, and what an emergency still owes."""
    ready = readiness(book)[change.id]
    return ready.gaps + ready.waiting + ready.owed


def _away(book: Book, change: Change) -> float:
    """Return how far the nearest window or phase of a change is from now, in seconds."""
    return min((abs((span.start - book.now).total_seconds()) for span in spans_of(change)), default=float("inf"))


def _night(book: Book, change: Change) -> Night:
    tasks = sorted(
        (*_updates(book, change), *_launch(book, change), *_jobs(book, change), *_rules(book, change)),
        key=lambda task: (task.at.timestamp() if task.at else 0, task.what),
    )
    return Night(change, book.desk.teams[change.bridge.lead] if change.bridge else None, tasks)


def _task(book: Book, at: datetime | None, what: str, team: str | None) -> Task:
    due = due_of(at, book.now)
    near = at and not due.late and at != book.now
    when = f"Due {at:{'%H:%M' if at.date() == book.now.date() else '%a %H:%M'}}" if at and near else due.words
    return Task(at, due.late, when, what, book.desk.teams[team] if team else None)


def _updates(book: Book, change: Change) -> Iterator[Task]:
    """Yield the next update that callers were promised; who leads the bridge supports the desk."""
    word = current_update(book, change)
    if word and word.next and word.next <= book.now + AHEAD:
        team = change.bridge.lead if change.bridge else change.owner
        yield _task(book, word.next, f"Next update: changebook update {change.id}", team)


def _launch(book: Book, change: Change) -> Iterator[Task]:
    """Yield the board of a change that is planned, its go-live, and the phases that follow."""
    planned = change.status in PLANNED
    if planned and change.board and book.now <= change.board <= book.now + AHEAD:
        yield _task(book, change.board, "Change advisory board", change.owner)
    for span in spans_of(change):
        if book.now <= span.end and span.start <= book.now + AHEAD and (planned or isinstance(span, Phase)):
            phase = f": {span.name}" if isinstance(span, Phase) else ""
            then = f"; then: changebook live {change.id}" if planned and span is first_span(change) else ""
            # One that has begun is late when it ends.
            at = span.end if span.start <= book.now else span.start
            yield _task(book, at, f"Go-live{phase}, until {span.end:%H:%M}{then}", change.owner)


def _jobs(book: Book, change: Change) -> Iterator[Task]:
    """Yield what the gate waits for or misses, as jobs: gaps of one kind, team and time are one."""
    # Queue rules have lines of their own.
    still = [gap for gap in _open(book, change) if gap.kind != "rule-overdue"]
    due = [gap for gap in still if not gap.due or gap.due <= book.now + AHEAD]

    def job(gap: Gap) -> tuple[float, str, str]:
        return gap.due.timestamp() if gap.due else 0, gap.closer, gap.kind if gap.kind in _JOBS else ""

    for (_, team, kind), group in groupby(sorted(due, key=lambda gap: (*job(gap), by_due(gap))), key=job):
        gaps = list(group)
        yield _task(book, gaps[0].due, _words(change, kind, gaps), team)


def _words(change: Change, kind: str, gaps: list[Gap]) -> str:
    if kind:
        cases, number = [gap.name.partition("/")[2] for gap in gaps], len(gaps)
        count = f"{number} support test{'s' if number > 1 else ''}"
        return _JOBS[kind].format(id=change.id, count=count, cases=", ".join(cases))
    if len(gaps) > 1:
        return f"{len(gaps)} gaps: changebook gate {change.id}"
    return f"{gaps[0].where}: {gaps[0].said}"


def _rules(book: Book, change: Change) -> Iterator[Task]:
    for item in rules(book, change):
        if item.rule.starts and book.now <= item.rule.starts <= book.now + AHEAD:
            yield _task(book, item.rule.starts, f"Queue rule starts: {item.what.split(';')[0]}", change.owner)
        if item.rule.ends <= book.now + AHEAD:
            yield _task(book, item.rule.ends, f"Queue rule ends: {item.what.split(';')[0]}", change.owner)
