"""`changebook ran`, `told` and `briefed`: what was done for a change, with the proof."""

from __future__ import annotations

from typing import get_args

import click

from changebook.cli.completing import change_ids, entry_ids, scenario_ids
from changebook.cli.recording import AT, Recorder, on_one_line, records
from changebook.readiness import Stage
from changebook.recording.steps import briefing_held, case_run, partner_told


@click.command()
@click.argument("name", shell_complete=change_ids)
@click.argument("case", shell_complete=entry_ids("cases"))
@click.argument("result", metavar="pass|fail", type=click.Choice(["pass", "fail"]))
@click.option(
    "--evidence",
    required=True,
    metavar="TERM",
    callback=on_one_line,
    help="Where the proof is: a run, ticket or recording.",
)
@click.option("--stage", type=click.Choice(get_args(Stage)), help="Where it was run; by default, its time decides.")
@click.option("--found-in", metavar="2m", help="How long the desk took to find the transaction.")
@click.option(
    "--fixed-in",
    metavar="PLAYBOOK",
    shell_complete=scenario_ids,
    help="The playbook fixed after a failed run.",
)
@AT
@records
def ran(
    recorder: Recorder,
    *,
    name: str,
    case: str,
    result: str,
    evidence: str,
    stage: str | None,
    found_in: str | None,
    fixed_in: str | None,
) -> None:
    """Record that a test CASE of the change called NAME was run, and passed or failed.

    \b
    Examples:
      changebook ran claims-api-2-4 normal-case pass --evidence RUN-812 --found-in 70s
      changebook ran claims-api-2-4 partner-timeout fail --evidence INC-4471 --at 23:10
    """
    recorder.step(
        name,
        lambda book, change, when: case_run(
            book,
            change,
            case,
            passed=result == "pass",
            evidence=evidence,
            stage=stage,
            at=when,
            found_in=found_in,
            fixed_in=fixed_in,
        ),
    )


@click.command(name="told")
@click.argument("name", shell_complete=change_ids)
@click.argument("partner", shell_complete=entry_ids("partners"))
@click.option(
    "--how",
    required=True,
    metavar="TEXT",
    callback=on_one_line,
    help="The email, call or meeting, with its number if it has one.",
)
@AT
@records
def tell(recorder: Recorder, name: str, partner: str, how: str) -> None:
    """Record that a PARTNER was told of the change called NAME, when and how.

    \b
    Example:
      changebook told claims-api-2-4 harbor-health-plan --how "Email to integration desk, ticket 4471" --at 09:15
    """
    recorder.step(
        name,
        lambda book, change, when: partner_told(book, change, partner, how=how, at=when),
    )


@click.command()
@click.argument("name", shell_complete=change_ids)
@click.option("--recording", metavar="URL", help="Where its recording is.")
@click.option(
    "--attended",
    multiple=True,
    metavar="TEAM[,TEAM...]",
    shell_complete=entry_ids("teams"),
    help="The teams that attended, separated by commas; can be repeated.",
)
@AT
@records
def briefed(recorder: Recorder, name: str, recording: str | None, attended: tuple[str, ...]) -> None:
    """Record that the desk was briefed on the change called NAME: the recording, and the teams that attended.

    \b
    Example:
      changebook briefed claims-api-2-4 --recording https://example.org/812 --attended service-desk,desk-lead
    """
    teams = tuple(team.strip() for given in attended for team in given.split(",") if team.strip())
    if not recording and not teams:
        raise click.UsageError("say what was done: --recording URL, --attended TEAM, or both")
    recorder.step(
        name,
        lambda book, change, when: briefing_held(book, change, recording=recording, attended=teams, at=when),
    )
