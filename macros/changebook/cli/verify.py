"""`changebook verify`: a general playbook was read again, and is right."""

from __future__ import annotations

import click

from changebook.cli.common import clock
from changebook.cli.completing import scenario_ids
from changebook.cli.recording import Recorder, records
from changebook.recording.review import plan_review


@click.command()
@click.argument("playbook", shell_complete=scenario_ids)
@click.option(
    "--next", "until", metavar="DATE", help="When to review it again; by default, after the `review_every` of the book."
)
@records
def verify(recorder: Recorder, playbook: str, until: str | None) -> None:
    """Record that the general PLAYBOOK was reviewed today, and move its next review date ahead.

    \b
    Examples:
      changebook verify failed-patient-lookup
      changebook verify partner-timeout --next 2027-03-01
    """
    recorder.write(lambda folder: plan_review(folder, playbook, until, today=recorder.today, clock=clock))
