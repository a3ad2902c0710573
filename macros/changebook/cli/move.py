"""`changebook move`: another window for a change that was not made yet."""

from __future__ import annotations

import click

from changebook.cli.common import clock
from changebook.cli.completing import change_ids
from changebook.cli.recording import Recorder, records
from changebook.recording.moving import plan_move


@click.command()
@click.argument("name", nargs=-1, required=True, shell_complete=change_ids)
@click.option("--to", required=True, metavar="TIME", help="The new start of the window: '2027-02-16 21:00'.")
@click.option("--phase", metavar="NAME", help="The phase to move; without it, all phases move by the same amount.")
@click.option("--why", metavar="TEXT", help="Why it was moved, in one sentence; the hub shows it.")
@records
def move(recorder: Recorder, name: tuple[str, ...], to: str, phase: str | None, why: str | None) -> None:
    """Move the window of the change called NAME; its length stays the same, and the record keeps its former start.

    A date in its texts moves too if its weekday is written beside it. Every other place that may depend on the window
    is listed with its line, for you to check.

    \b
    Examples:
      changebook move claims-api-2-4 --to "2027-02-16 21:00"
      changebook move "Claims API 2.4" --to "2027-02-16 21:00" --why "The partner asked for two more weeks."
    """
    recorder.write(
        lambda folder: plan_move(folder, " ".join(name), to, phase=phase, why=why, today=recorder.today, clock=clock)
    )
