"""`changebook status`: what is due tonight, by when and by whom; what is overdue comes first."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from changebook.cli import main
from conftest import GOOD, HARBOR

# The complete change as it is before its go/no-go, with a rule that nobody has removed.
NOT_YET = {
    "status: live": "status: ready",
    "  decision: go\n": "  decision: pending\n",
    "  reason: All cases passed and both teams are on shift.\n": "",
    "    removed: 2026-12-18\n": "",
    "      - {stage: after-go-live, at: 2026-12-02 23:30, result: passed, evidence: RUN-3, found_in: 80s}\n": "",
}
GONE_LIVE = {"status: ready": "status: live", "decision: pending": "decision: go\n  reason: All cases passed."}


@pytest.fixture
def planned(small: Path) -> Path:
    """The small desk without an outage, with a change whose night begins."""
    (small / "desk" / "status.yaml").unlink()
    text = (GOOD / "complete-change.yaml").read_text("utf-8").partition("updates:")[0]
    (small / "complete-change.yaml").write_text(text, encoding="utf-8")
    edit(small, NOT_YET)
    return small


@pytest.fixture
def launched(planned: Path) -> Path:
    """The same once it is live."""
    edit(planned, GONE_LIVE)
    return planned


def edit(book: Path, texts: dict[str, str]) -> None:
    file = book / "complete-change.yaml"
    text = file.read_text("utf-8")
    for old, new in texts.items():
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def status(book: Path, at: str, *options: str) -> Result:
    return CliRunner().invoke(main, ["status", "--book", str(book), "--today", at, *options])


def printed(book: Path, at: str) -> list[str]:
    done = status(book, at)
    assert done.exit_code == 0, done.output
    return done.stdout.splitlines()


def test_before_the_window_the_decision_and_the_go_live_are_due(planned: Path) -> None:
    assert printed(planned, "2026-12-02 18:30") == [
        "Wed 2 Dec, 18:30 CST: 3 due within a day",
        "",
        "Complete Change: Ready, Wed 2 Dec, 21:00\N{EN DASH}23:00 CST; Bridge 900, led by Front Desk, 100",
        "   Due 19:00  Interfaces, 300  Go/no-go: changebook decide complete-change",
        "   Due 21:00  Interfaces, 300  Go-live, until 23:00; then: changebook live complete-change",
        "   Due 21:00  Interfaces, 300  Queue rule starts: tickets about the search",
    ]


def test_a_go_live_that_has_begun_is_due_when_its_window_ends(planned: Path) -> None:
    due = [line for line in printed(planned, "2026-12-02 21:40") if "Go-live" in line]
    golive = "Go-live, until 23:00; then: changebook live complete-change"
    assert due == [f"   Due 23:00     Interfaces, now Front Desk, 100  {golive}"]


def test_what_is_overdue_comes_first(planned: Path) -> None:
    assert printed(planned, "2026-12-02 23:40")[2:] == [
        "Complete Change: Ready, 2 gaps, Wed 2 Dec, 21:00\N{EN DASH}23:00 CST; Bridge 900, led by Front Desk, 100",
        "!  4 hours late     Interfaces, now Front Desk, 100  Go/no-go: changebook decide complete-change",
        "!  40 minutes late  Interfaces, now Front Desk, 100  It is past its go-live: "
        "changebook live complete-change, or changebook move complete-change",
    ]


def test_after_the_go_live_its_cases_are_named_until_they_have_passed(launched: Path) -> None:
    cases = "1 support test in production, changebook ran complete-change: nobody-found"
    line = f"   Due Thu 23:00  Interfaces, now Front Desk, 100  {cases}"
    assert line in printed(launched, "2026-12-02 23:40")
    assert line.replace("   Due Thu 23:00", "!  1 hour late") in printed(launched, "2026-12-04 00:30")


def test_a_queue_rule_is_due_on_its_day_and_overdue_until_it_is_removed(launched: Path) -> None:
    edit(launched, {"evidence: RUN-2, found_in: 70s}\n": PASSED_IN_PRODUCTION})
    rule = "Interfaces, 300  Queue rule ends: tickets about the search"
    assert f"   Due Sun 08:00  {rule.replace('300', 'now Front Desk, 100')}" in printed(launched, "2026-12-19 12:00")
    assert f"!  1 day late  {rule}" in printed(launched, "2026-12-21 09:00")
    edit(launched, {"ends_when: Three days": "removed: 2026-12-21\n    ends_when: Three days"})
    assert not any("Queue rule" in line for line in printed(launched, "2026-12-21 09:00"))


PASSED_IN_PRODUCTION = """evidence: RUN-2, found_in: 70s}
      - {stage: after-go-live, at: 2026-12-02 23:30, result: passed, evidence: RUN-3, found_in: 80s}
"""


def test_a_live_change_without_anything_to_do_says_so(launched: Path) -> None:
    edit(launched, {"evidence: RUN-2, found_in: 70s}\n": PASSED_IN_PRODUCTION})
    assert printed(launched, "2026-12-05 09:00") == [
        "Sat 5 Dec, 09:00 CST: nothing due within a day",
        "",
        "Complete Change: Live, day 3, Wed 2 Dec, 21:00\N{EN DASH}23:00 CST; nothing is due",
    ]


def test_the_next_update_is_due_and_overdue_until_it_is_written_or_nothing_is_wrong(launched: Path) -> None:
    edit(launched, {"evidence: RUN-2, found_in: 70s}\n": PASSED_IN_PRODUCTION})
    said = "{at: 2026-12-05 10:00, state: identified, text: It is slow., known: true, next: 2026-12-05 10:30}"
    edit(launched, {"data_set:": f"updates:\n  - {said}\ndata_set:"})
    task = "Front Desk, 100  Next update: changebook update complete-change"
    assert printed(launched, "2026-12-05 10:10")[3:] == [f"   Due 10:30  {task}"]
    late = printed(launched, "2026-12-05 11:00")
    assert (late[0], late[3:]) == (
        "Sat 5 Dec, 11:00 CST: 1 overdue, nothing due within a day",
        [f"!  30 minutes late  {task}"],
    )
    # Callers wait for it after a rollback too.
    edit(launched, {"status: live": "status: rolled-back"})
    assert late[3] in printed(launched, "2026-12-05 11:00")
    edit(launched, {said: "{at: 2026-12-05 10:00, state: resolved, text: It works again.}"})
    assert printed(launched, "2026-12-05 11:00") == ["Sat 5 Dec, 11:00 CST: nothing due within a day"]


def test_the_next_update_of_an_outage_is_due_and_overdue_until_it_is_over(planned: Path) -> None:
    outage = """far-lab:
  state: degraded
  since: 2026-11-30 07:10
  next_update: 2026-11-30 10:00
  says: Results are an hour late.
"""
    file = planned / "desk" / "status.yaml"
    file.write_text(outage, encoding="utf-8")
    task = "Interfaces, 300  Next update: changebook outage far-lab"
    assert printed(planned, "2026-11-30 09:00") == [
        "Mon 30 Nov, 09:00 CST: 1 due within a day",
        "",
        "Far Lab: Degraded",
        f"   Due 10:00  {task}",
    ]
    late = printed(planned, "2026-11-30 10:30")
    assert (late[0], late[-1]) == (
        "Mon 30 Nov, 10:30 CST: 1 overdue, nothing due within a day",
        f"!  30 minutes late  {task}",
    )
    # Nobody is told of an outage before it begins.
    assert len(printed(planned, "2026-11-30 07:00")) == 1
    (told,) = json.loads(status(planned, "2026-11-30 10:30", "--format", "json").stdout)["outages"]
    assert (told["id"], told["state"], told["tasks"][0]["late"]) == ("far-lab", "degraded", True)
    over = file.read_text("utf-8").replace("degraded", "ok").replace("  next_update: 2026-11-30 10:00\n", "")
    file.write_text(over, encoding="utf-8")
    assert len(printed(planned, "2026-11-30 10:30")) == 1


def test_a_partner_is_to_be_told_on_the_day_that_its_notice_period_begins(planned: Path) -> None:
    text = (planned / "complete-change.yaml").read_text("utf-8")
    told = text[text.index("told:\n") : text.index("data_set:")]
    edit(planned, {told: ""})
    line = "   Due 21:00  Front Desk, 100  Tell far-labs: changebook told complete-change"
    assert line in printed(planned, "2026-11-18 09:00")


def test_a_change_that_is_days_away_is_not_tonights(planned: Path) -> None:
    assert printed(planned, "2026-11-30 09:00") == ["Mon 30 Nov, 09:00 CST: nothing due within a day"]


def test_other_programs_get_the_same(planned: Path) -> None:
    told = json.loads(status(planned, "2026-12-02 23:40", "--format", "json").stdout)
    (change,) = told["changes"]
    assert (told["now"], change["id"], change["lead"]) == ("2026-12-02T23:40:00-06:00", "complete-change", "front-desk")
    assert change["tasks"][0] == {
        "due": "2026-12-02T19:00:00-06:00",
        "late": True,
        "what": "Go/no-go: changebook decide complete-change",
        "team": "interfaces",
        "phone": "300",
        "call": {
            "team": "Front Desk",
            "phone": "100",
            "says": "Now: Front Desk, 100. Interfaces, 300, opens Thu 07:00.",
        },
    }


def test_a_broken_record_is_named_and_stops_nothing(planned: Path) -> None:
    (planned / "other.yaml").write_text("name: Other\n", encoding="utf-8")
    done = status(planned, "2026-12-02 18:30")
    assert done.exit_code == 0
    assert "Complete Change: Ready" in done.stdout
    assert "Left out until this is fixed: other." in done.stderr


def test_a_change_that_leans_on_a_broken_record_is_still_tonights(planned: Path) -> None:
    file = planned / "complete-change.yaml"
    text = re.sub(r"(?m)^(depends_on|part_of|repeats):.*(\n  .*)*\n", "", file.read_text("utf-8"))
    file.write_text(f"{text}depends_on: [other]\npart_of: other\n", encoding="utf-8")
    (planned / "other.yaml").write_text("name: Other\n", encoding="utf-8")
    done = status(planned, "2026-12-02 18:30")
    assert "Complete Change: Ready" in done.stdout, done.output
    assert "Left out until this is fixed: other." in done.stderr


def test_the_next_phase_of_a_live_change_is_a_go_live_of_its_own() -> None:
    pages = [line for line in printed(HARBOR, "2026-12-02 20:00") if "Pier Pages" in line or "Lighthouse" in line]
    assert pages == [
        "Pier Pages: Live, 1 of 4 done, Lighthouse and lagoon: Thu 3 Dec, 08:30\N{EN DASH}10:00 CST",
        "   Due Thu 08:30  Other Owners, 2031, opens Thu 08:00     Go-live: Lighthouse and lagoon, until 10:00",
    ]


def test_the_nights_of_a_book_are_in_order_and_a_stable_change_is_there_while_something_is_due() -> None:
    names = titles(printed(HARBOR, "2026-12-05 19:00"))
    assert names[:2] == ["Chart", "Far Labs"]
    assert names[2:] == ["Lab Codes R5", "Pier Pages", "Score Search", "Pager Names", "Old Mapping", "Night Patch"]


def test_an_old_change_with_something_overdue_comes_before_a_new_one_without(planned: Path) -> None:
    text = (planned / "complete-change.yaml").read_text("utf-8").replace("Complete Change", "Older Change")
    text = text.replace("The old search job", "The older search job").replace("2026-12-02", "2026-12-01")
    text = text.replace("CHG0041", "CHG0040")
    (planned / "older-change.yaml").write_text(text, encoding="utf-8")
    assert titles(printed(planned, "2026-12-02 20:00")) == ["Complete Change", "Older Change"]
    edit(planned, GONE_LIVE)
    assert titles(printed(planned, "2026-12-02 21:30")) == ["Older Change", "Complete Change"]


def titles(lines: list[str]) -> list[str]:
    return [line.partition(":")[0] for line in lines[1:] if line and line[0] not in "! "]
