"""`changebook live` and `changebook stable`: how far a change is."""

from __future__ import annotations

import click

from changebook.cli.completing import change_ids
from changebook.cli.recording import Recorder, records
from changebook.recording.steps import gone_live, settled


@click.command()
@click.argument("name", nargs=-1, required=True, shell_complete=change_ids)
@click.option("--anyway", is_flag=True, help="Mark it although support is not ready; the gaps stay open.")
@records
def live(recorder: Recorder, name: tuple[str, ...], anyway: bool) -> None:
    """Mark the change called NAME as live.

    It needs a go decision, a window that has begun, and no gaps at the gate.

    \b
    Example:
      changebook live claims-api-2-4
    """
    recorder.step(" ".join(name), lambda book, change, when: gone_live(change, anyway=anyway))


@click.command()
@click.argument("name", nargs=-1, required=True, shell_complete=change_ids)
@records
def stable(recorder: Recorder, name: tuple[str, ...]) -> None:
    """Mark the live change called NAME as stable, once nothing is missing: its tests have passed in production.

    \b
    Example:
      changebook stable claims-api-2-4
    """
    recorder.step(" ".join(name), lambda book, change, when: settled(change))
