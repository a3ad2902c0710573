"""`changebook fold`: what is different in a change's playbook becomes general, or is dropped with a reason."""

from __future__ import annotations

import click

from changebook.cli.common import clock
from changebook.cli.completing import change_ids
from changebook.cli.recording import Recorder, on_one_line, records
from changebook.recording.folding import plan_fold


@click.command()
@click.argument("name", shell_complete=change_ids)
@click.argument("playbook")
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@click.option(
    "--drop", metavar="REASON", callback=on_one_line, help="Drop what is not folded, with the reason in one sentence."
)
@click.option("--as-is", is_flag=True, help="Fold texts that name this change or its dates as they are.")
@records
def fold(recorder: Recorder, name: str, playbook: str, keys: tuple[str, ...], *, drop: str | None, as_is: bool) -> None:
    """Put what is different in a PLAYBOOK of the change called NAME into the general playbook.

    Each KEY is a part of the playbook, such as `codes`, or one item of it, such as `checks:2`; without any, all of it
    is folded. With --drop and no KEY, nothing is. Where the general playbook has a severity of the same level, you are
    asked which to keep. A text that names the change, its window or a date is refused: rewrite it first. The general
    playbook and the record are edited together, and both edits are shown first.

    \b
    Examples:
      changebook fold claims-api-2-4 rejected-claim codes workaround --drop "The rest was about the first week."
      changebook fold claims-api-2-4 partner-timeout checks:2
      changebook fold claims-api-2-4 partner-timeout --drop "The partner has answered in time since 9 Jan."
    """
    recorder.write(
        lambda folder: plan_fold(
            folder, name, playbook, keys, drop=drop, as_is=as_is, today=recorder.today, clock=clock
        )
    )
