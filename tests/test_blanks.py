"""The blanks of what the desk says: times fill themselves, words are filled in, and what is neither is a problem."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from pydantic import TypeAdapter

from changebook.book import Book
from changebook.book.promised import filled
from changebook.language import ENGLISH, speak
from changebook.model.blanks import blanks_in, is_meant_as_time, is_open, is_time
from changebook.model.scalar import WorkingHours
from changebook.model.settings import Holiday
from changebook.render.timing import zone_names
from conftest import ROOT
from test_schema_elsewhere import in_node

TABLE = yaml.load((ROOT / "tests" / "blanks.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
SCRIPTS = [ROOT / "overrides" / "assets" / "js" / "page" / f"{name}.js" for name in ("due", "duty")]
RUN = """
const { scripts, cases } = JSON.parse(require("fs").readFileSync(0, "utf-8"));
globalThis.changebook = {};
for (const script of scripts) new Function(script)();
console.log(JSON.stringify(cases.map(({ desk, blank, now, team }) => {
  changebook.desk = desk;
  return changebook.due(blank, Date.parse(now), team);
})));
"""


def in_browser_words(cases: list[dict[str, Any]]) -> Any:
    """Return what the browser's script makes of each case."""
    given = []
    for case in cases:
        now, zone = datetime.fromisoformat(case["now"]), case.get("zone", "America/Chicago")
        desk = {"zone": zone, "zones": zone_names(ZoneInfo(zone), now), "closed": case.get("holidays", [])}
        shifts = TypeAdapter(WorkingHours).validate_python(case.get("hours", "always")).shifts
        team = {
            "zone": case.get("team_zone", zone),
            "shifts": [[sorted(shift.days), shift.start, shift.end] for shift in shifts],
        }
        given.append({"desk": desk, "blank": case["blank"], "now": case["now"], "team": team})
    return in_node(RUN, {"scripts": [file.read_text("utf-8") for file in SCRIPTS], "cases": given})


def test_a_time_becomes_what_the_table_says() -> None:
    cases = TABLE["times"]
    assert dict(zip((case["case"] for case in cases), in_browser_words(cases), strict=True)) == {
        case["case"]: case["says"] for case in cases
    }


def in_python_words(case: dict[str, Any], book: Book) -> str:
    """Return what the package makes of a case, as a terminal says it."""
    settings = book.desk.settings.model_copy(
        update={
            "zone": ZoneInfo(case.get("zone", "America/Chicago")),
            "holidays": tuple(Holiday(day=day, name="Off") for day in case.get("holidays", [])),
        }
    )
    team = book.desk.teams["interfaces"].model_copy(
        update={
            "hours": TypeAdapter(WorkingHours).validate_python(case.get("hours", "always")),
            "zone": ZoneInfo(case["team_zone"]) if "team_zone" in case else None,
        }
    )
    desk = dataclasses.replace(book.desk, settings=settings)
    return filled(desk, case["blank"], datetime.fromisoformat(case["now"]), team=team)


def test_a_terminal_says_the_times_of_the_table(book: Book) -> None:
    cases = TABLE["times"]
    assert {case["case"]: in_python_words(case, book) for case in cases} == {
        case["case"]: case["says"] for case in cases
    }


def test_a_terminal_leaves_words_to_fill_and_says_a_time_without_a_team(book: Book) -> None:
    text = "I call [department] by [time + 30 min, or 07:00]."
    moment = datetime.fromisoformat("2026-12-06T02:10-06:00")
    assert filled(book.desk, text, moment) == "I call [department] by 02:40 CST."


def test_a_terminal_and_the_browser_name_a_zone_as_the_pages_do(book: Book) -> None:
    case = {"now": "2026-12-03T09:42+01:00", "zone": "Europe/Berlin", "blank": "[time + 30 min]"}
    speak("de")
    try:
        assert [in_python_words(case, book), *in_browser_words([case])] == ["10:15 MEZ", "10:15 MEZ"]
    finally:
        speak(ENGLISH)


def test_python_and_the_browser_agree_on_what_a_time_is() -> None:
    times = [case["blank"] for case in TABLE["times"]]
    others = [*TABLE["words"], *TABLE["wrong"]]
    assert [blank for blank in times if not is_time(blank)] == []
    assert [blank for blank in others if is_time(blank)] == []
    said = in_browser_words([{"now": "2026-12-03T09:42-06:00", "blank": blank} for blank in (*times, *others)])
    assert [words is not None for words in said] == [True] * len(times) + [False] * len(others)


@pytest.mark.parametrize("blank", TABLE["wrong"])
def test_a_misspelled_time_is_seen(blank: str) -> None:
    assert is_meant_as_time(blank)


@pytest.mark.parametrize("blank", [*TABLE["words"], *dict.fromkeys(case["blank"] for case in TABLE["times"])])
def test_words_and_times_are_left_alone(blank: str) -> None:
    assert not is_meant_as_time(blank)


def test_a_blank_may_go_over_a_line() -> None:
    assert blanks_in("I call by [time +\n  30 min], at [clinic].") == ["[time + 30 min]", "[clinic]"]


@pytest.mark.parametrize("text", ["by [time + 30 min", "by time]", "by [[time]", "by []"])
def test_a_bracket_that_is_left_over_is_seen(text: str) -> None:
    assert is_open(text)
    assert not is_open("by [time + 30 min], at [clinic]")
