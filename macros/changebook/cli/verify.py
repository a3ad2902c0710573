"""`changebook verify`: a general playbook was read again, and is right."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import click

from changebook.checking.loading import load_book
from changebook.cli.completing import scenario_ids
from changebook.cli.recording import Recorder, clock, records
from changebook.editing.record import Put
from changebook.errors import ChangebookError
from changebook.model import Scenario
from changebook.model.scalar import moment_in
from changebook.names import did_you_mean
from changebook.recording.plan import Plan, plan_file, readable


@click.command()
@click.argument("playbook", shell_complete=scenario_ids)
@click.option("--next", "until", metavar="DATE", help="When to review it again; else after `review_every` of the book.")
@records
def verify(recorder: Recorder, playbook: str, until: str | None) -> None:
    """Write that the general PLAYBOOK was reviewed today: its next review date moves ahead.

    \b
    Examples:
      changebook verify failed-patient-lookup
      changebook verify partner-timeout --next 2027-03-01
    """

    def plan(folder: Path) -> Plan:
        book = readable(load_book(folder, today=recorder.today, clock=clock))
        desk, file = book.desk, folder / "desk" / "scenarios" / f"{playbook}.yaml"
        if playbook not in desk.scenarios and not file.is_file():
            raise ChangebookError(f"no playbook {playbook!r}; {did_you_mean(playbook, desk.scenarios)}")
        every: timedelta = desk.settings.review_every
        day = moment_in(until, desk.settings.zone).date() if until else book.now.date() + every
        if day <= book.now.date():
            raise ChangebookError(f"--next: {day} is not ahead; choose a later day")
        return plan_file(folder, file, Scenario, [Put(("review_by",), day)], today=recorder.today, clock=clock)

    recorder.write(plan)
