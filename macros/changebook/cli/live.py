"""`changebook ready`, `live`, `stable` and `close`: how far a change is."""

from __future__ import annotations

import click

from changebook.cli.completing import change_ids
from changebook.cli.recording import Recorder, records
from changebook.recording.steps import closed, gone_live, made_ready, settled


@click.command()
@click.argument("name", nargs=-1, required=True, shell_complete=change_ids)
@records
def ready(recorder: Recorder, name: tuple[str, ...]) -> None:
    """Write that support is ready for the change called NAME, once the gate finds nothing missing.

    \b
    Example:
      changebook ready claims-api-2-4
    """
    recorder.step(" ".join(name), lambda book, change, when: made_ready(change))


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
    recorder.step(" ".join(name), lambda book, change, when: settled(book, change))


@click.command()
@click.argument("name", nargs=-1, required=True, shell_complete=change_ids)
@records
def close(recorder: Recorder, name: tuple[str, ...]) -> None:
    """Write that the stable change called NAME is closed, with the date, once nothing is missing or left to do.

    \b
    Example:
      changebook close claims-api-2-4
    """
    recorder.step(" ".join(name), lambda book, change, when: closed(book, change))
