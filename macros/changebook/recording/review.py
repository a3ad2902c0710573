"""A general playbook was read again, and is right: its review date moves ahead."""

from __future__ import annotations

from pathlib import Path

from changebook.checking.loading import load_book
from changebook.editing.record import Put
from changebook.errors import ChangebookError
from changebook.model import Scenario
from changebook.model.scalar import moment_in
from changebook.names import did_you_mean
from changebook.recording.plan import Clock, Plan, plan_file, readable


def plan_review(folder: Path, playbook: str, until: str | None, *, today: str | None, clock: Clock) -> Plan:
    """Return the edit that moves the review date of the scenario `playbook` to the day `until`, else by the book's
    `review_every` from today.

    Raises ChangebookError when there is no such scenario or the day is not ahead, BookError when the desk is wrong.
    """
    book = readable(load_book(folder, today=today, clock=clock))
    desk, now = book.desk, book.now.date()
    if playbook not in desk.scenarios:
        raise ChangebookError(f"no playbook {playbook!r}; {did_you_mean(playbook, desk.scenarios)}")
    due = desk.scenarios[playbook].review_by
    day = moment_in(until, desk.settings.zone).date() if until else now + desk.settings.review_every
    if day <= now:
        raise ChangebookError(f"--next: {day} is not ahead; choose a later day")
    if due > day and not until:
        raise ChangebookError(f"{playbook} is reviewed by {due}, which is later than {day}; set a day with --next")
    file = folder / "desk" / "scenarios" / f"{playbook}.yaml"
    return plan_file(folder, file, Scenario, [Put(("review_by",), day)], today=today, clock=clock)
