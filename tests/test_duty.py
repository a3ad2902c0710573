"""Who answers at a moment: one table of moments, by the package and by the browser's script."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import yaml

from changebook.book import Desk
from changebook.book.duty import in_line, on_duty
from changebook.model import Settings, Team
from changebook.render.timing import duration_words
from changebook.views.duty import duty_table, duty_words, hours_told, rota
from conftest import ROOT, SMALL, whole
from test_blanks import SCRIPTS
from test_schema_elsewhere import in_node

TABLE: dict[str, Any] = yaml.load((ROOT / "tests" / "duty" / "moments.yaml").read_text("utf-8"), yaml.CBaseLoader)
MOMENTS: list[dict[str, str]] = TABLE["moments"]
UNITS = {"m": "minutes", "h": "hours"}
ASK = """
const { scripts, desk, moments } = JSON.parse(require("fs").readFileSync(0, "utf-8"));
globalThis.changebook = {};
for (const script of scripts) new Function(script)();
const said = moments.map(({ at, line, queue, within }) => {
  const lines = changebook.told(desk, line, Date.parse(at), { queue, within });
  const team = lines[0].now ? lines[0].team.name : null;
  return { team, says: lines.map(changebook.toldText).join(" ") };
});
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def desk() -> Desk:
    """The table's own desk."""
    given = yaml.load((SMALL / "desk" / "book.yaml").read_text("utf-8"), yaml.CBaseLoader)
    settings = Settings.model_validate({**given, **TABLE["desk"]})
    teams = {
        name: Team.model_validate({"id": name, "does": "Answers.", **team}) for name, team in TABLE["teams"].items()
    }
    return replace(whole(SMALL).desk, settings=settings, teams=teams)


def called(desk: Desk, moment: dict[str, str]) -> tuple[Team, Team | None]:
    """Return the team that is called at a moment of the table, and the backup of its escalation."""
    return desk.teams[moment["call"]], desk.teams.get(moment.get("backup", ""))


def wait(moment: dict[str, str]) -> str:
    """Return how long to wait at a moment of the table, in words."""
    text = moment.get("within", "")
    return duration_words(timedelta(**{UNITS[text[-1]]: int(text[:-1])})) if text else ""


def test_the_table_has_forty_moments_each_said_once() -> None:
    assert len(MOMENTS) >= 40
    assert len({moment["about"] for moment in MOMENTS}) == len(MOMENTS)


@pytest.mark.parametrize("moment", MOMENTS, ids=[moment["about"] for moment in MOMENTS])
def test_whoever_answers_is_named(desk: Desk, moment: dict[str, str]) -> None:
    team, backup = called(desk, moment)
    duty = on_duty(desk, team, datetime.fromisoformat(moment["at"]), backup=backup, queue=moment.get("queue"))
    name = desk.teams[moment["team"]].name if moment["team"] != "null" else None
    assert (duty.team.name if duty.team else None, duty_words(duty, wait(moment))) == (name, moment["says"])


@pytest.mark.parametrize("zone", ["America/Chicago", "Pacific/Auckland", "UTC"])
def test_the_browser_says_the_same_wherever_its_reader_is(
    desk: Desk, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    moments = []
    for moment in MOMENTS:
        team, backup = called(desk, moment)
        line = [one.id for one in in_line(desk, team, backup)]
        queue = moment.get("queue", team.queue)
        moments.append({"at": moment["at"], "line": line, "queue": queue, "within": wait(moment)})
    scripts = [file.read_text("utf-8") for file in SCRIPTS]
    said = in_node(ASK, {"scripts": scripts, "desk": duty_table(desk), "moments": moments})
    names = {"null": None} | {name: team.name for name, team in desk.teams.items()}
    expected = [{"about": one["about"], "team": names[one["team"]], "says": one["says"]} for one in MOMENTS]
    assert [{"about": one["about"], **answer} for one, answer in zip(MOMENTS, said, strict=True)] == expected


def test_whoever_answers_the_desks_own_number_covers_for_nobody(desk: Desk) -> None:
    # The reader is the desk: to send them to their own phone is no help.
    team = next(iter(desk.teams.values()))
    front = team.model_copy(update={"id": "front", "phone": desk.settings.desk.phone, "backup": None})
    other = front.model_copy(update={"id": "other", "phone": "7999"})
    ours = replace(desk, teams={**desk.teams, "front": front, "other": other})
    assert "other" in [one.id for one in in_line(ours, team, other)]
    assert "front" not in [one.id for one in in_line(ours, team, front)]
    assert in_line(ours, front)[0] is front
    # Who covers for them does.
    behind = replace(desk, teams={**ours.teams, "front": front.model_copy(update={"backup": "other"})})
    assert [one.id for one in in_line(behind, team, behind.teams["front"])][:2] == [team.id, "other"]


def test_the_desk_is_not_told_to_call_its_own_number(desk: Desk) -> None:
    closed, at = desk.teams["revenue"], datetime.fromisoformat("2026-12-05T13:00-06:00")
    lead = desk.teams["lead"].model_copy(update={"phone": desk.settings.desk.phone})
    ours = replace(desk, teams={**desk.teams, "lead": lead})
    assert duty_words(on_duty(desk, closed, at)).startswith(
        "Nobody on call. Put it in queue APP-REV and call the desk lead, 4401. "
    )
    assert duty_words(on_duty(ours, closed, at)).startswith("Nobody on call. Put it in queue APP-REV. ")
    assert hours_told(rota(ours, closed))[-1] == "Nobody on call: queue APP-REV."
    assert (duty_table(desk)["lead"], duty_table(ours)["lead"]) == ("lead", None)


def test_a_team_opens_when_it_first_answers(desk: Desk) -> None:
    # By the slow way: minute by minute, until the team answers.
    minute = timedelta(minutes=1)
    for moment in MOMENTS[::4]:
        start = datetime.fromisoformat(moment["at"]).replace(second=0)
        for closed in on_duty(desk, desk.teams[moment["call"]], start).closed:
            at = start
            while not desk.answers(closed.team, at):
                at += minute
            assert closed.opens == at, (moment["about"], closed.team.name)
