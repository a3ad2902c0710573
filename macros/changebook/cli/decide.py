"""`changebook decide` and `changebook roll-back`: what was decided about a change, and why."""

from __future__ import annotations

from typing import get_args

import click

from changebook.cli.completing import change_ids
from changebook.cli.recording import AT, BY, Recorder, on_one_line, records
from changebook.model.launch import Verdict
from changebook.recording.steps import decided, rolled_back


@click.command()
@click.argument("name", shell_complete=change_ids)
@click.argument("verdict", metavar="go|hold|no-go|roll-back", type=click.Choice(get_args(Verdict)))
@click.argument("reason", callback=on_one_line)
@BY
@AT
@records
def decide(recorder: Recorder, name: str, verdict: Verdict, reason: str, by: str | None) -> None:
    """Record the go/no-go decision on the change called NAME, with its REASON in one sentence.

    While support is not ready, a go is refused, and what is missing is printed. What was decided before is kept below.

    \b
    Examples:
      changebook decide claims-api-2-4 go "All cases passed and both teams are on shift."
      changebook decide "Claims API 2.4" hold "The payer's test system is down." --at 16:40
    """
    recorder.step(
        name,
        lambda book, change, when: decided(book, change, verdict, reason=reason, by=by, at=when),
    )


@click.command(name="roll-back")
@click.argument("name", shell_complete=change_ids)
@click.argument("reason", callback=on_one_line)
@BY
@AT
@records
def roll_back(recorder: Recorder, name: str, reason: str, by: str | None) -> None:
    """Mark the change called NAME as rolled back, and record the decision with its REASON.

    \b
    Example:
      changebook roll-back claims-api-2-4 "Both criteria were met at 22:31." --at 22:36
    """
    recorder.step(
        name,
        lambda book, change, when: rolled_back(book, change, reason=reason, by=by, at=when),
    )
