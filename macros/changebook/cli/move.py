"""`changebook move`: another window for a change that was not made yet."""

from __future__ import annotations

import click

from changebook.cli.completing import change_ids
from changebook.cli.recording import Recorder, clock, records
from changebook.recording.moving import plan_move


@click.command()
@click.argument("name", nargs=-1, required=True, shell_complete=change_ids)
@click.option("--to", required=True, metavar="TIME", help="When the window starts now: '2027-02-16 21:00'.")
@click.option("--phase", metavar="NAME", help="The phase that moves; without it, all phases do, by the same time.")
@click.option("--why", metavar="TEXT", help="Why it was moved, in one sentence; the hub shows it.")
@records
def move(recorder: Recorder, name: tuple[str, ...], to: str, phase: str | None, why: str | None) -> None:
    """Move the window of the change called NAME; it stays as long as it was, and the former start is kept.

    A day in its texts follows if its weekday is written beside it. Every other place that may go with the window is
    listed with its line, for you to look at.

    \b
    Examples:
      changebook move claims-api-2-4 --to "2027-02-16 21:00"
      changebook move "Claims API 2.4" --to "2027-02-16 21:00" --why "The partner asked for two more weeks."
    """
    recorder.write(
        lambda folder: plan_move(folder, " ".join(name), to, phase=phase, why=why, today=recorder.today, clock=clock)
    )
