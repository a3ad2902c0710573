"""`changebook known-error`: a fault that callers report, and what works in the meantime."""

from __future__ import annotations

from typing import get_args

import click

from changebook.cli.completing import change_ids, entry_ids, scenario_ids
from changebook.cli.recording import Recorder, on_one_line, records
from changebook.model.launch import ErrorState, TechnicalSeverity
from changebook.recording.known_errors import known_error_said

_COUNT = click.IntRange(min=0)


@click.command("known-error")
@click.argument("name", shell_complete=change_ids)
@click.argument("number", callback=on_one_line)
@click.argument("title", required=False, callback=on_one_line)
@click.option("--workaround", metavar="TEXT", callback=on_one_line, help="What works in the meantime.")
@click.option("--severity", type=click.Choice(get_args(TechnicalSeverity)), help="How bad it is technically.")
@click.option("--scenario", metavar="PLAYBOOK", shell_complete=scenario_ids, help="The playbook for its callers.")
@click.option("--affected", metavar="PEOPLE", type=_COUNT, help="How many people are affected.")
@click.option("--tickets", metavar="NUMBER", type=_COUNT, help="How many tickets were counted.")
@click.option("--confusion", metavar="5m", help="How long an analyst needs to recognize it.")
@click.option("--owner", metavar="TEAM", shell_complete=entry_ids("teams"), help="Who fixes it; else who owns NAME.")
@click.option("--state", type=click.Choice(get_args(ErrorState)), help="fixed, once it no longer happens.")
@records
def known_error(recorder: Recorder, *, name: str, number: str, **said: str | int | None) -> None:
    """Add the known error NUMBER to the change called NAME, or write what is new of it.

    A new one needs a TITLE that says what goes wrong, a workaround and a severity. Of one that is in the record, give
    only what differs.

    \b
    Examples:
      changebook known-error claims-api-2-4 KE-40 "One check in ten fails" --workaround "Check again." --severity low
      changebook known-error claims-api-2-4 KE-40 --state fixed
    """
    recorder.step(name, lambda book, change, when: known_error_said(change, number, said))
