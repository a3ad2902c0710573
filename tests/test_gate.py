"""The gate: for each gap a record without what is asked for, one with it, and a hollow one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from click.testing import CliRunner, Result

from changebook.book import Book
from changebook.cli import main
from changebook.model import Change
from changebook.model.kinds import Section
from changebook.model.status import CLAIMS
from changebook.model.timeline import spans_of
from changebook.readiness import CHECKPOINTS, change_rules, desk_rules, gap_names, offered_sentence
from changebook.readiness.gap import gap
from changebook.readiness.hollow import is_hollow
from changebook.source.events import Steps
from conftest import GOOD, load
from test_schedule import RULES as COLLISIONS

COMPLETE = GOOD / "complete-change.yaml"
TODAY = "2026-12-03 09:00"
HOLLOW = ("as discussed", "see above", "TBD", "unknown")


def record() -> dict[str, Any]:
    """Return the complete record, of the kind that needs every section."""
    return {**deepcopy(_complete()), "kind": "whole-change"}


@cache
def _complete() -> dict[str, Any]:
    values: dict[str, Any] = yaml.load(COMPLETE.read_text("utf-8"), Loader=yaml.CBaseLoader)
    return values


def put(values: Any, steps: Steps, value: object) -> Any:
    """Put `value` at `steps` of a record, or delete what stands there when it is None."""
    inner = values
    for step in steps[:-1]:
        inner = inner[step]
    if value is None:
        del inner[steps[-1]]
    else:
        inner[steps[-1]] = value
    return values


def write(folder: Path, values: object, name: str = COMPLETE.name) -> Path:
    (folder / name).write_text(json.dumps(values, ensure_ascii=False, separators=(",\n", ": ")), encoding="utf-8")
    return folder


def gate(book: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["gate", "--book", str(book), *arguments])


def found(book: Path, today: str = TODAY) -> dict[str, str]:
    """Return the gaps of the book's one change: their names, and what is said."""
    done = gate(book, "Complete Change", "--today", today, "--format", "json")
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    said = json.loads(done.stdout)
    assert done.exit_code == (1 if said["gaps"] else 0)
    return {item["name"]: item["message"] for item in said["gaps"]}


def test_the_complete_record_is_green_and_its_go_sheet_says_what_proves_it(small: Path) -> None:
    done = gate(write(small, record()), "Complete Change", "--today", TODAY)
    assert done.exit_code == 0, done.output
    assert all(checkpoint in done.output for checkpoint in CHECKPOINTS)
    assert "1 of 1 cases passed" in done.output
    assert "Roll back if: Two severity 1 calls from two sites within 15 minutes." in done.output


@pytest.mark.slow
@pytest.mark.parametrize("section", get_args(Section))
def test_a_section_that_is_missing_turns_it_red_with_its_name_and_owner(small: Path, section: str) -> None:
    values = put(record(), (section,), None)
    values |= {} if section != "go_no_go" else {"status": "ready"}
    # Without a window, and with nobody affected, other records are wrong before anything is missing.
    if section == "window":
        values |= {"status": "draft"}
    if section == "affects":
        values["window"].pop("outage_for")
        for key in ("visible", "questions", "not_asked", "told", "contract", "announcement", "playbooks", "tests"):
            values.pop(key)
    if section in ("affects", "playbooks"):
        values["rehearsals"][0].pop("playbook")
    if section == "contract":
        values["tests"][0].pop("answer")
    said = found(write(small, values))[f"section-missing/{section}"]
    assert said.startswith(f"{section}: missing; add this section. Why: The desk asks for its ")
    assert "Interfaces closes it" in said or "Front Desk closes it" in said


# For each text of a section: the steps to it, and whether one word may be enough there.
TEXTS: dict[str, tuple[Steps, bool]] = {
    "why": (("why",), False),
    "details": (("details",), False),
    "visible": (("visible", 1, "after"), True),
    "unchanged": (("unchanged", 0), False),
    "questions": (("questions", 0, "answer"), False),
    "announcement": (("announcement", "staff", "do", 0), False),
    "data_set": (("data_set", "in_scope", 0, "business"), True),
    "contract": (("contract", 0, "answers", 0, "desk", "action"), False),
    "playbooks": (("playbooks", 0, "workaround", 0), False),
    "watch": (("watch", 0, "incident_when"), False),
    "rollback": (("rollback", "criteria", 0), False),
    "compliance": (("compliance", "privacy"), False),
    "safety": (("safety", "hazards", 0, "control"), False),
    "tests": (("tests", 0, "differs_from_production"), False),
    "rehearsals": (("rehearsals", 0, "reported"), False),
    "briefing": (("briefing", "first_15_minutes", 0), False),
    "bridge": (("bridge", "channel"), True),
    "queue_rules": (("queue_rules", 0, "ends_when"), False),
    "go_no_go": (("go_no_go", "reason"), False),
    "waivers": (("waivers", 0, "reason"), False),
    "known_errors": (("known_errors", 0, "workaround"), False),
}


def test_every_section_with_text_is_tried_hollow() -> None:
    without_text = {"communications", "window", "board", "review_by", "affects"}
    assert set(TEXTS) == {*get_args(Section), "waivers", "known_errors"} - without_text


@pytest.mark.parametrize("hollow", [*HOLLOW, "one word", "a copy of the sentence"])
def test_each_hollow_text_turns_it_red(small: Path, hollow: str) -> None:
    values = record()
    text = {"one word": "Whatever", "a copy of the sentence": values["sentence"].upper()}.get(hollow, hollow)
    kind = "placeholder" if hollow in ("TBD", "unknown") else "hollow"
    expected = {}
    for section, (steps, word_is_enough) in TEXTS.items():
        put(values, steps, text)
        on_a_screen = section == "visible"
        if not (on_a_screen and hollow != "TBD") and not (word_is_enough and hollow == "one word"):
            field = ".".join(step for step in steps if isinstance(step, str))
            where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
            expected[f"{kind}/{field}"] = where.removeprefix(".")
    names = found(write(small, values))
    told = {name: said for name, said in names.items() if name.startswith(("placeholder/", "hollow/"))}
    assert {name.partition(":")[0]: said.partition(": ")[0] for name, said in told.items()} == expected
    assert len(told) == len(expected)


@pytest.mark.parametrize("text", ["unknown", "Whatever"])
def test_what_a_screen_shows_may_be_one_word(small: Path, text: str) -> None:
    assert found(write(small, put(record(), TEXTS["visible"][0], text))) == {}


WAIVED = {
    "reason": "Nurses read the score only.",
    "approver": "front-desk",
    "expires": "2026-12-20",
}
AHEAD = "2026-12-04 10:00"
# What is done to the green record, and the gap that it brings; each of them is red, and the record itself is green.
RED: dict[str, list[tuple[Steps, object]]] = {
    "affects-nobody": [
        *((("affects", "groups"), None), (("affects", "partners"), None), (("visible",), None)),
        (("window", "outage_for"), None),
        *((("questions",), None), (("announcement",), None), (("told",), None), (("not_asked",), None)),
    ],
    "announcement-missing/partners": [(("announcement", "partners"), None)],
    "announcement-missing/staff": [(("announcement", "staff"), {"do": []})],
    "answer-missing/clerks": [(("questions", 0, "groups"), ["nurses"])],
    "board-after-window": [(("board",), "2026-12-02 22:00")],
    "briefing-late": [(("briefing", "at"), "2026-12-02 21:00")],
    "briefing-not-held": [(("briefing", "attended"), None)],
    "briefing-old": [(("revised",), "2026-11-26")],
    "briefing-recording": [(("briefing", "recording"), None)],
    "callers-words-missing/patient-not-found": [(("playbooks", 0, "callers_say"), None)],
    "checks-too-many/patient-not-found": [
        (
            ("playbooks", 0, "checks"),
            [{"do": f"Ask {name}.", "results": [{"if": "It fits", "then": "next"}]} for name in "ABCDEFG"],
        )
    ],
    "compliance-not-reviewed": [(("compliance", "at"), "2026-12-24")],
    "compliance-old": [(("revised",), "2026-11-21")],
    "compliance-own": [(("compliance", "reviewed_by"), "interfaces")],
    "decision-against": [(("status",), "ready"), (("go_no_go", "decision"), "no-go")],
    "decision-ahead": [(("status",), "ready"), (("go_no_go", "at"), AHEAD), (("window", "end"), "2026-12-05 23:00")],
    "date-moved/why:it-was-due-on-24-nov": [(("why",), "It was due on 24 Nov.")],
    "date-open/why:it-is-due-by-go-live-day": [
        (("why",), "It is due by [go-live day]."),
        (("status",), "draft"),
        (("window",), None),
    ],
    "decision-early": [(("board",), "2026-12-02 20:00")],
    "decision-late": [(("go_no_go", "at"), "2026-12-02 21:30")],
    "decision-old": [(("revised",), "2026-12-03")],
    "decision-pending": [(("status",), "ready"), (("go_no_go", "decision"), "pending")],
    "decision-reason": [(("go_no_go", "reason"), None)],
    "guide-gap/retrospective:no-page-said-that-a-date": [
        (("status",), "closed"),
        (("retrospective", "gaps", 0, "fixed_in"), None),
    ],
    "notice-short/far-labs": [(("status",), "ready"), (("told", 0, "at"), "2026-11-30 09:00")],
    "partner-not-told/far-labs": [(("told",), None)],
    "playbook-undecided/patient-not-found": [(("status",), "closed"), (("playbooks", 0, "dropped"), None)],
    "playbook-thin/patient-not-found.cadence": [(("playbooks", 0, "severity", 0, "cadence"), None)],
    "rehearsal-ahead/patient-not-found": [(("rehearsals", 0, "at"), AHEAD)],
    "rehearsal-misfiled/patient-not-found": [(("rehearsals", 0, "filed_as"), "results/late")],
    "rehearsal-missing/patient-not-found": [
        (("rehearsals", 0, "scenario"), "late-result"),
        (("rehearsals", 0, "playbook"), None),
        (("rehearsals", 0, "filed_as"), "results/late"),
    ],
    "rehearsal-old/patient-not-found": [(("revised",), "2026-11-25")],
    "rehearsal-unclear/patient-not-found": [(("rehearsals", 0, "clear"), "false")],
    "repeat-missing": [(("urgency",), "standard"), (("repeats",), None)],
    "repeat-unclean/complete-change": [(("urgency",), "standard")],
    "retrospective-missing": [(("status",), "closed"), (("retrospective",), None)],
    "review-past": [(("review_by",), "2026-12-02")],
    "rollback-open/criteria": [(("rollback", "criteria"), None)],
    "rollback-open/decided_by": [(("rollback", "decided_by"), None)],
    "rollback-open/steps": [(("rollback", "steps"), [])],
    "safety-decision": [(("safety", "decision"), "not-accepted")],
    "safety-not-assessed": [(("safety", "at"), None)],
    "safety-old": [(("revised",), "2026-11-21")],
    "safety-own": [(("safety", "assessed_by"), "interfaces")],
    "sentence-long": [(("sentence",), f"Patient search is {'very ' * 18}good.")],
    "sentence-offered": [(("sentence",), offered_sentence("Complete Change", "en"))],
    "sentence-several": [(("sentence",), "Patient search shows a score. Nothing else changes.")],
    "test-acceptance/nobody-found": [(("tests", 0, "accept"), None)],
    "test-article/late-answer": [(("tests", 0, "case"), "late-answer"), (("tests", 0, "article"), None)],
    "test-environment/nobody-found": [(("tests", 0, "differs_from_production"), None)],
    "test-misdated/nobody-found": [(("tests", 0, "runs", 1, "at"), "2026-12-02 22:00")],
    "test-expectation/nobody-found": [(("tests", 0, "answer"), None), (("tests", 0, "user_sees"), None)],
    "test-missing/nobody-found": [(("tests", 0, "case"), "late-answer")],
    "test-not-passed/nobody-found": [(("tests", 0, "runs", 1, "result"), "failed")],
    "test-old/nobody-found": [(("revised",), "2026-12-03")],
    "test-slow/nobody-found": [(("tests", 0, "runs", 1, "found_in"), "121s")],
    "test-unanswered/nobody-found": [(("tests", 0, "runs", 0, "fixed_in"), None)],
    "test-unwatched/late-answer": [(("tests", 0, "case"), "late-answer"), (("watch",), None)],
    "told-ahead/far-labs": [(("told", 0, "at"), AHEAD)],
    "version-ends/patient-search": [(("contract", 0, "version", "old_until"), "2026-12-01")],
    "waiver-long/answer-missing/nurses": [(("waivers", 0, "expires"), "2027-01-02")],
    "waiver-refused/decision-pending": [(("waivers", 0, "gap"), "decision-pending")],
    "waiver-own/answer-missing/nurses": [(("waivers", 0, "approver"), "interfaces")],
    "waiver-repeated/briefing-old": [
        (("waivers",), [{"gap": name, **WAIVED} for name in ("answer-missing/nurses", "briefing-old")])
    ],
    "waiver-unknown/answer-mising": [(("waivers", 0, "gap"), "answer-mising/nurses")],
    "watch-normal/Complete Change slow": [(("watch", 0, "normal"), None)],
    "window-passed": [(("status",), "ready")],
}


@pytest.mark.parametrize("name", RED)
def test_each_gap_is_red_with_a_remedy_and_a_team(small: Path, name: str) -> None:
    values = record()
    for steps, value in RED[name]:
        put(values, steps, value)
    said = found(write(small, values))[name]
    assert re.search(r": .+; .+[.?] (Interfaces|Front Desk|Records Team) closes it", said), said
    assert said.endswith(f"({name})")


@pytest.mark.parametrize("key", ["workaround", "rollback"])
def test_a_playbook_without_it_here_and_below_is_red(small: Path, key: str) -> None:
    scenario = small / "desk" / "scenarios" / "patient-not-found.yaml"
    values = put(record(), ("playbooks", 0, key), None)
    assert found(write(small, values)) == {}
    text = scenario.read_text("utf-8")
    scenario.write_text(re.sub(rf"^{key}:\n(?:  .*\n)+", "", text, flags=re.M), encoding="utf-8")
    assert set(found(small)) == {f"playbook-thin/patient-not-found.{key}"}
    write(small, record())
    assert found(small) == {}


def test_a_key_of_two_changes_is_red(small: Path) -> None:
    values = record()
    other = {**values, "name": "Other Change", "former_names": [], "watch": [], "sentence": "Search shows more."}
    other["references"] = []
    other["window"] = {"start": "2026-12-02 20:00", "end": "2026-12-02 23:00"}
    write(small, other, "other-change.yaml")
    names = found(write(small, values))
    assert {"key-shared/SRC-404", "key-shared/SRC-409", "key-shared/REL-SEARCH"} <= set(names)


def test_every_name_of_a_gap_is_tried_here_and_stands_in_the_rule_that_brings_it() -> None:
    tried = {name.partition("/")[0] for name in RED}
    elsewhere = {"section-missing", "hollow", "placeholder", "key-shared", "late", "test-not-repeated", "safety-harm"}
    elsewhere |= {
        "repeat-expired",
        "not-read",
        "rule-overdue",
        "harm-unanswered",
        "outage-missing",
        "announcement-outdated",
    }
    elsewhere |= {name.partition("/")[0] for name in COLLISIONS}
    wording = {"jargon", "robotic", "vague", "card-too-long", "nobody-answers", "nobody-on-call"} & set(gap_names())
    assert tried | elsewhere | wording == set(gap_names())
    told = re.compile(r"`([a-z]+(?:-[a-z]+)*)(?:/[A-Z.:]+)?`")
    said = {name for rule in (*change_rules(), *desk_rules()) for name in told.findall(rule.__doc__ or "")}
    assert set(gap_names()) <= said


def test_setting_revised_to_today_makes_older_evidence_gaps_again(small: Path) -> None:
    values = put(record(), ("revised",), "2026-12-03")
    names = found(write(small, values))
    evidence = {"test-old/nobody-found", "briefing-old", "rehearsal-old/patient-not-found", "decision-old"}
    assert evidence <= set(names)
    assert all("the change was revised on 2026-12-03" in names[name] for name in evidence)
    put(values, ("rehearsals", 0, "at"), "2026-12-03 08:00")
    put(values, ("tests", 0, "runs", 2, "at"), "2026-12-03 07:00")
    assert set(names) - set(found(write(small, values))) == {"test-old/nobody-found", "rehearsal-old/patient-not-found"}


def test_a_waiver_turns_it_green_until_it_expires(small: Path) -> None:
    values = put(record(), ("rehearsals",), None)
    assert list(found(write(small, values))) == ["section-missing/rehearsals"]
    reason = "The playbook was rehearsed with Interfaces for the change before this one."
    waiver = {"gap": "section-missing/rehearsals", "reason": reason, "approver": "front-desk", "expires": "2026-12-10"}
    put(values, ("waivers", 0), waiver)
    assert found(write(small, values)) == {}
    done = gate(small, "Complete Change", "--today", TODAY)
    assert f"Waived until 2026-12-10, by Front Desk: section-missing/rehearsals. {reason}" in done.output
    assert found(small, "2026-12-10 23:59") == {}
    after = found(small, "2026-12-11")
    assert "Its waiver by Front Desk ended on 2026-12-10." in after["section-missing/rehearsals"]


@pytest.mark.parametrize(
    "changed",
    [{"reason": "see above"}, {"reason": "Agreed."}, {"approver": "interfaces"}, {"gap": "section-missing/tests"}],
)
def test_a_waiver_without_a_reason_or_by_the_owner_or_of_another_gap_waives_nothing(
    small: Path, changed: dict[str, str]
) -> None:
    reason = "The playbook was rehearsed for the change before this one."
    waiver = {"gap": "section-missing/rehearsals", "reason": reason, "approver": "front-desk", "expires": "2026-12-10"}
    values = put(put(record(), ("rehearsals",), None), ("waivers", 0), {**waiver, **changed})
    assert "section-missing/rehearsals" in found(write(small, values))


def test_a_draft_has_time_until_its_board_or_lead_time_and_is_late_then(small: Path) -> None:
    values = record()
    values |= {"status": "draft", "window": {"start": "2026-12-12 21:00", "end": "2026-12-12 23:00"}}
    values |= {
        "board": "2026-12-09 15:00",
        "queue_rules": [],
        "go_no_go": {**values["go_no_go"], "decision": "pending"},
    }
    put(values, ("go_no_go", "at"), "2026-12-12 19:00")
    put(values, ("tests", 0, "runs", 2), None)
    write(small, values)

    def tested(today: str) -> list[str]:
        done = gate(small, "--today", today, "--format", "json")
        return [item["name"] for item in json.loads(done.stdout)["gaps"]]

    assert tested("2026-12-09 14:59") == []
    assert tested("2026-12-09 15:01") == ["late", "section-missing/queue_rules"]
    # Without a board it is the lead time of the kind, two days before the window; the named draft shows all at once.
    write(small, put(values, ("board",), None))
    assert tested("2026-12-10 20:59") == []
    assert "late" in tested("2026-12-10 21:01")
    assert set(found(small)) == {"section-missing/board", "section-missing/queue_rules"}


def test_a_draft_is_tested_for_what_others_read_once_it_is_ready(small: Path) -> None:
    values = record() | {"status": "draft", "waivers": []}
    write(small, put(values, ("announcement", "staff", "do", 0), "Ask Records Team."))
    assert not [one for one in load(small, today=TODAY).problems if not one.gap]
    said = "announcement.staff.do[0]: 'Records Team' is an internal team, and staff would read it"
    done = gate(small, "Complete Change", "--today", TODAY)
    assert (done.exit_code, said in done.stdout, "Go sheet" in done.stdout) == (1, True, False)
    told = json.loads(gate(small, "Complete Change", "--today", TODAY, "--format", "json").stdout)
    assert (told["ready"], told["problems"][0]["message"].startswith(said)) == (False, True)


def test_what_is_not_due_is_no_gap_before_its_hour(small: Path) -> None:
    values = record()
    values |= {"status": "ready", "window": {"start": "2026-12-12 21:00", "end": "2026-12-12 23:00"}}
    put(values, ("tests", 0, "runs", 2), None)
    values["go_no_go"] = {"at": "2026-12-12 19:00", "decision": "pending", "by": "interfaces"}
    values["briefing"] = {"at": "2026-12-11 10:00", "first_15_minutes": ["Ask for the code."]}
    write(small, values)
    assert found(small) == {}
    assert set(found(small, "2026-12-11 10:01")) == {"briefing-not-held"}
    assert set(found(small, "2026-12-12 19:01")) == {"briefing-not-held", "decision-pending"}


def test_each_case_is_run_again_within_a_day_after_go_live(small: Path) -> None:
    write(small, put(record(), ("tests", 0, "runs", 2), None))
    assert found(small, "2026-12-03 22:59") == {}
    assert set(found(small, "2026-12-03 23:01")) == {"test-not-repeated/nobody-found"}


def test_live_before_its_window_or_without_a_decision_is_an_error_and_nothing_is_gated(small: Path) -> None:
    write(small, put(record(), ("go_no_go", "decision"), "hold"))
    done = gate(small, "--today", TODAY)
    assert done.exit_code == 1
    assert "status: live, and go_no_go says 'hold'; write the decision to go" in done.output
    assert "Fix this first" in done.output
    write(small, record())
    assert "the window starts at 2026-12-02 21:00" in gate(small, "--today", "2026-12-02 20:59").output


def without_each_section(whole: Book) -> Iterator[tuple[Book, Change, str]]:
    """Yield a book without a section that a change of it must have, with the change and the section."""
    for change in whole.changes.values():
        for section in whole.desk.kinds[change.kind].requires if change.status in CLAIMS else ():
            if section == "outage":
                lacking = without_outage(change)
                # Nobody is asked for the outage of a window that is over.
                book = replace(whole, now=spans_of(change)[0].start)
            else:
                lacking = change.model_copy(update={section: type(change).model_fields[section].default})
                book = whole
            yield replace(book, changes={change.id: lacking}), lacking, section


def without_outage(change: Change) -> Change:
    """Return a change of whose windows none says how the systems work in the meantime."""
    silent = {"outage": None}
    window = change.window and change.window.model_copy(update=silent)
    phases = tuple(phase.model_copy(update=silent) for phase in change.phases)
    return change.model_copy(update={"window": window, "phases": phases})


def hold_missed(book: Book, change: Change, section: str) -> None:
    """Hold that the gate says what is missing, why, and which team closes it."""
    gaps = {item.name: item for rule in change_rules() for item in rule(change, book)}
    kind = book.desk.kinds[change.kind]
    if section == "outage":
        found = [item for item in gaps.values() if item.kind == "outage-missing"]
        assert len(found) == len(spans_of(change)) > 0
        for item in found:
            assert item.said == "not said; write none, slow, read-only or down"
            assert (item.why, item.closer) == (kind.requires[section], change.owner)
        return
    missing = gaps[f"section-missing/{section}"]
    cases = f" Test cases: {', '.join(kind.tests)}." if section == "tests" and kind.tests else ""
    said = f"{section}: missing; add this section. Why: {kind.requires[section]}{cases}"
    assert missing.message == said
    assert missing.closer in book.desk.teams


@pytest.mark.slow
def test_deleting_any_required_section_turns_the_gate_red(harbor: Book) -> None:
    cases = list(without_each_section(harbor))
    assert len(cases) > 10
    for case in cases:
        hold_missed(*case)


@pytest.mark.slow
def test_deleting_any_required_section_of_the_sample_turns_its_gate_red(sample: Book) -> None:
    cases = list(without_each_section(sample))
    assert len(cases) > 40
    for case in cases:
        hold_missed(*case)


def test_a_name_nobody_knows_is_told_the_nearest(small: Path) -> None:
    done = gate(write(small, record()), "Complet Change")
    assert done.exit_code == 2
    assert "did you mean 'Complete Change'?" in done.output


def test_github_annotates_the_line_of_each_gap_as_an_error(small: Path) -> None:
    write(small, put(record(), ("rollback", "steps"), None))
    done = gate(small, "--format", "github", "--today", TODAY)
    assert done.exit_code == 1
    assert re.match(r"::error file=.*complete-change\.yaml,line=\d+,col=\d+::rollback\.steps: ", done.stdout)


def test_a_change_that_never_came_has_nothing_to_be_ready_for(small: Path) -> None:
    for status, words in (("rolled-back", "rolled back"), ("cancelled", "canceled")):
        done = gate(write(small, {**record(), "status": status, "rollback": {}}), "Complete Change", "--today", TODAY)
        said = f"Complete Change is {words}: there is nothing to release, so it is not a go"
        assert (done.exit_code, said in done.output) == (1, True)
        assert "Go sheet" not in done.output


HONEST = (
    "Appointments that are still to be confirmed show in gray, as before.",
    "Nothing remains to be done by clerks on the morning after.",
    'The "TODO" column of the list stays where it is.',
    "Scores are compared as agreed with Patient Identity on 12 November, case by case.",
    "Open the task menu and reload the list.",
    "What was agreed with Far Labs stays.",
    "Ask the caller for sodium and potassium, Na and K.",
)
POINTERS = (
    *("N/A - none", "Not applicable here.", "To be agreed with the vendor.", "Not decided yet.", "Still unknown."),
    *("See the ticket.", "See INC0012345.", "As per mail.", "Will be added later.", "<fill in>", "x x", "?", "Works."),
    *("tbd", "t.b.d.", "Same as above", "as discussed on Monday", "none", "TBD by the owner of the engine, later on"),
)


@pytest.mark.parametrize("text", HONEST)
def test_an_honest_text_is_not_hollow(small: Path, text: str) -> None:
    assert found(write(small, put(record(), ("rollback", "criteria", 0), text))) == {}


@pytest.mark.slow
@pytest.mark.parametrize("text", POINTERS)
def test_a_text_that_says_nothing_is_seen_through(small: Path, text: str) -> None:
    loaded = load(write(small, record()))
    assert loaded.book
    assert is_hollow(text, loaded.book)
    assert found(write(small, put(record(), ("rollback", "criteria", 0), text)))


def test_the_sentence_with_a_word_more_is_a_copy_of_it(small: Path) -> None:
    values = record()
    put(values, ("rollback", "criteria", 0), values["sentence"].replace("shows", "now shows"))
    assert any("a copy of the sentence" in said for said in found(write(small, values)).values())


@pytest.mark.parametrize(("status", "named"), [("stable", True), ("closed", False)])
def test_what_the_desk_adds_to_a_sentence_is_no_gap_of_a_change_that_is_over(
    small: Path, status: str, *, named: bool
) -> None:
    # A holiday, or a number that is longer, takes of the room that the sentence had when it was written.
    values = record() | {"status": status, "sentence": f"Patient search is {'very ' * 18}good."}
    assert ("sentence-long" in found(write(small, values))) == named


@pytest.mark.parametrize(
    "sentence",
    [
        "Patient search shows a score from 8 Dec. at 21:00.",
        "Patient search at St. Mary's shows a score, e.g. 90.",
    ],
)
def test_an_abbreviation_ends_no_sentence(small: Path, sentence: str) -> None:
    assert found(write(small, put(record(), ("sentence",), sentence))) == {}


def test_a_run_that_failed_in_production_is_red_at_once(small: Path) -> None:
    failed = {"result": "failed", "fixed_in": "patient-not-found"}
    values = record()
    values["tests"][0]["runs"][2] |= failed
    said = found(write(small, values))["test-not-repeated/nobody-found"]
    assert "the last run in production failed" in said


def test_runs_count_by_their_time_whatever_their_order_in_the_file(small: Path) -> None:
    values = record()
    values["tests"][0]["runs"].reverse()
    assert found(write(small, values)) == {}
    values["tests"][0]["runs"][2]["at"] = "2026-11-25 10:00"
    assert set(found(write(small, values))) == {"test-not-passed/nobody-found"}


def test_of_two_runs_in_one_minute_the_later_in_the_list_counts(small: Path) -> None:
    values = record()
    runs = values["tests"][0]["runs"]
    runs.insert(2, {**runs[2], "found_in": "5m"})
    assert found(write(small, values)) == {}
    runs.reverse()
    assert set(found(write(small, values))) == {"test-slow/nobody-found"}


def test_a_slow_run_counts_until_a_faster_one_has_passed(small: Path) -> None:
    values = record()
    values["tests"][0]["runs"][0] = {**values["tests"][0]["runs"][1], "at": "2026-11-18 10:00", "found_in": "9m"}
    assert found(write(small, values)) == {}


def test_a_playbook_that_does_not_answer_the_case_mends_nothing(small: Path) -> None:
    values = put(record(), ("tests", 0, "runs", 0, "fixed_in"), "late-result")
    said = found(write(small, values))["test-unanswered/nobody-found"]
    assert "'late-result' was fixed, and 'patient-not-found' covers the case" in said


def test_a_question_that_staff_may_not_read_answers_no_group(small: Path) -> None:
    names = set(found(write(small, put(record(), ("questions", 0, "readers"), ["desk"]))))
    assert names == {"answer-missing/clerks"}


@pytest.mark.parametrize("section", ["data_set", "announcement", "rollback"])
def test_a_section_without_anything_in_it_is_missing(small: Path, section: str) -> None:
    assert f"section-missing/{section}" in found(write(small, put(record(), (section,), {})))


def test_a_case_that_a_kind_names_is_asked_for_though_it_does_not_require_tests(small: Path) -> None:
    kinds = small / "desk" / "kinds.yaml"
    text = kinds.read_text("utf-8").replace("parts: {names: Names}", "parts: {names: Names}\n  tests: [nobody-found]")
    kinds.write_text(text, encoding="utf-8")
    values = {**record(), "kind": "quiet-change", "tests": []}
    assert set(found(write(small, values))) == {"test-missing/nobody-found"}


def test_a_change_revised_after_its_window_can_be_ready_again(small: Path) -> None:
    values = put(record(), ("revised",), "2026-12-03")
    put(values, ("compliance", "at"), "2026-12-03")
    put(values, ("safety", "at"), "2026-12-03")
    put(values, ("rehearsals", 0, "at"), "2026-12-03 07:00")
    put(values, ("briefing", "at"), "2026-12-03 07:30")
    put(values, ("go_no_go", "at"), "2026-12-03 08:00")
    put(values, ("tests", 0, "runs", 2, "at"), "2026-12-03 06:30")
    assert found(write(small, values)) == {}


def test_neither_a_decision_nor_a_waiver_can_be_waived(small: Path) -> None:
    values = put(put(record(), ("status",), "ready"), ("go_no_go", "decision"), "no-go")
    values["window"] = {"start": "2026-12-02 21:00", "end": "2026-12-03 12:00"}
    reason = "The window is short, and both teams stay on shift until noon."
    waiver = {"reason": reason, "approver": "front-desk", "expires": "2026-12-20"}
    values["waivers"] = [{**waiver, "gap": "decision-against"}, {**waiver, "gap": "waiver-refused/decision-against"}]
    assert {"decision-against", "waiver-refused/decision-against"} <= set(found(write(small, values)))


def test_a_waiver_of_a_text_is_of_this_text_only(small: Path) -> None:
    values = put(record(), ("unchanged", 0), "See above.")
    (name,) = found(write(small, values))
    reason = "The list is read out by the desk from the release note of the index."
    values["waivers"] = [{"gap": name, "reason": reason, "approver": "front-desk", "expires": "2026-12-20"}]
    assert found(write(small, values)) == {}
    assert found(write(small, put(values, ("unchanged", 0), "See below.")))


def test_the_queue_of_a_team_is_shared_by_many_changes(small: Path) -> None:
    values = put(record(), ("queue_rules", 0, "to"), "RECORDS")
    other = {**values, "name": "Other Change", "former_names": [], "watch": [], "contract": [], "playbooks": []}
    other |= {"references": []}
    other |= {"window": {"start": "2026-12-02 20:00", "end": "2026-12-02 23:00"}, "tests": [], "rehearsals": []}
    write(small, other, "other-change.yaml")
    assert found(write(small, values)) == {}


def test_somebody_answers_while_the_change_is_made(small: Path) -> None:
    values = {**record(), "status": "ready", "window": {"start": "2026-12-05 21:00", "end": "2026-12-05 23:00"}}
    put(put(values, ("tests", 0, "runs", 2), None), ("go_no_go",), None)
    values["go_no_go"] = {"at": "2026-12-05 19:00", "decision": "pending", "by": "interfaces"}
    # On a Saturday night Interfaces is away, and its backup is there.
    assert found(write(small, values)) == {}
    teams = small / "desk" / "teams.yaml"
    teams.write_text(teams.read_text("utf-8").replace("hours: always", "hours: mon-fri 08:00-17:00"), encoding="utf-8")
    said = found(small)
    assert set(said) == {"nobody-answers/interfaces", "nobody-answers/front-desk", "harm-unanswered/records-team"}
    assert "Interfaces does not answer at 2026-12-05 21:00, nor does a backup" in said["nobody-answers/interfaces"]


def test_no_line_of_a_go_sheet_ends_twice(small: Path) -> None:
    values = put(record(), ("tests", 0, "runs", 2), None)
    done = gate(write(small, values), "Complete Change", "--today", TODAY)
    assert "Still to come" in done.output
    assert ".." not in done.output


def test_two_names_of_one_change_are_tested_once(small: Path) -> None:
    write(small, put(record(), ("rollback", "steps"), None))
    done = gate(small, "Complete Change", "complete-change", "--today", TODAY)
    assert done.output.count("(rollback-open/steps)") == 1


def test_a_gap_knows_its_checkpoint_and_who_closes_it(small: Path) -> None:
    loaded = load(write(small, record()))
    assert loaded.book
    change = loaded.book.changes["complete-change"]
    for section, team in (("compliance", "records-team"), ("announcement", "front-desk"), ("watch", "interfaces")):
        assert gap(change, loaded.book, "x", (section,), "x").closer == team
    sections = [section for sections in CHECKPOINTS.values() for section in sections]
    assert len(sections) == len(set(sections))
    assert set(get_args(Section)) <= set(sections)
