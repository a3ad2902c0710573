"""The commands of a release night: each writes its own lines, and refuses with the reason where the gate would."""

from __future__ import annotations

import difflib
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from changebook.cli import main
from conftest import GOOD, SAMPLE

BEFORE, DUE, BEGUN, DAY_AFTER = "2026-12-02 18:30", "2026-12-02 19:05", "2026-12-02 21:30", "2026-12-03 09:00"
NIGHT = "complete-change"
# What the complete change does not say yet when its night begins.
NOT_YET = {
    "status: live": "status: ready",
    "stable: 2026-12-03\n": "",
    "  decision: go\n": "  decision: pending  # Tom writes it\n",
    "  reason: All cases passed and both teams are on shift.\n": "",
    "    removed: 2026-12-18\n": "",
    "      - {stage: after-go-live, at: 2026-12-02 23:30, result: passed, evidence: RUN-3, found_in: 80s}\n": "",
}


@pytest.fixture
def night(small: Path) -> Path:
    """The small desk with a change that is ready, before its go/no-go."""
    text = (GOOD / "complete-change.yaml").read_text("utf-8")
    for said, before in NOT_YET.items():
        assert said in text
        text = text.replace(said, before)
    (small / f"{NIGHT}.yaml").write_text(text, encoding="utf-8")
    return small


Do = Callable[..., Result]


@pytest.fixture
def do(night: Path) -> Do:
    """What runs a command at a time, and says yes."""

    def run(*arguments: str, at: str, text: str = "") -> Result:
        yes = [] if text else ["--yes"]
        return CliRunner().invoke(main, [*arguments, "--book", str(night), "--today", at, *yes], input=text)

    return run


def record(night: Path) -> str:
    return (night / f"{NIGHT}.yaml").read_bytes().decode()


def changed(before: str, after: str) -> list[str]:
    """Return the lines that are gone and new."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:2] not in ("--", "++", "@@")]


# A night from the decision to the day after: what is typed, when, and the lines that differ after it.
STEPS = [
    (
        ["decide", NIGHT, "go", "All cases passed:  both teams\nare on shift."],
        DUE,
        [
            *("-  at: 2026-12-02 19:00", "-  decision: pending  # Tom writes it"),
            *("+  at: 2026-12-02 19:05", "+  decision: go  # Tom writes it"),
            '+  reason: "All cases passed: both teams are on shift."',
        ],
    ),
    (["live", "Complete", "Change"], BEGUN, ["-status: ready", "+status: live"]),
    (
        ["ran", NIGHT, "nobody-found", "pass", "--evidence", "812", "--found-in", "70s", "--at", "23:10"],
        "2026-12-03 02:00",
        ['+      - {stage: after-go-live, at: 2026-12-02 23:10, result: passed, evidence: "812", found_in: 70s}'],
    ),
    (
        ["told", NIGHT, "far-labs", "--how", "Call, FL-7."],
        "2026-12-03 07:15",
        ['+  - {partner: far-labs, at: 2026-12-03 07:15, how: "Call, FL-7."}'],
    ),
    (
        [
            "briefed",
            NIGHT,
            "--recording",
            "https://media.example/2",
            "--attended",
            "records-team, front-desk",
        ],
        DAY_AFTER,
        [
            "-  recording: https://media.tealvalley.example/briefings/complete-change",
            "-  attended: [front-desk, interfaces]",
            "+  recording: https://media.example/2",
            "+  attended: [front-desk, interfaces, records-team]",
        ],
    ),
    (["stable", NIGHT], DAY_AFTER, ["-status: live", "+status: stable", "+stable: 2026-12-03"]),
    (
        ["roll-back", NIGHT, "Both criteria were met."],
        DAY_AFTER,
        [
            *("-status: stable", "+status: rolled-back", "-  at: 2026-12-02 19:05", "-  decision: go  # Tom writes it"),
            *("+  at: 2026-12-03 09:00", "+  decision: roll-back  # Tom writes it"),
            '-  reason: "All cases passed: both teams are on shift."',
            '+  reason: "Both criteria were met."',
            # The go stays, with its time and reason.
            "+    - {at: 2026-12-02 19:05, decision: go, by: interfaces, "
            'reason: "All cases passed: both teams are on shift."}',
        ],
    ),
]


@pytest.mark.slow
def test_a_night_is_written_step_by_step_and_only_its_lines_differ(night: Path, do: Do) -> None:
    for arguments, at, lines in STEPS:
        before = record(night)
        done = do(*arguments, at=at)
        assert done.exit_code == 0, done.output
        assert changed(before, record(night)) == lines
        # What is shown is what is written.
        assert [
            line for line in done.stdout.splitlines() if line[:1] in "+-" and line[:3] not in ("---", "+++")
        ] == lines


REFUSED = {
    "a go before its checkpoint": (["decide", NIGHT, "go", "All passed."], BEFORE, "at 2026-12-02 19:00; decide then"),
    "a go that nobody wrote before the window": (["decide", NIGHT, "go", "All passed."], BEGUN, "has begun; say when"),
    "a go to what is not live yet": (["live", NIGHT], BEGUN, "go_no_go says 'pending'"),
    "a live change before its window": (["live", NIGHT], DUE, "the window starts at 2026-12-02 21:00"),
    "a change that was never live": (["stable", NIGHT], BEGUN, "only a live change can be stable"),
    "a change that was never stable": (["close", NIGHT], BEGUN, "only a stable change can be closed"),
    "a rollback of what has not begun": (["roll-back", NIGHT, "It failed."], DUE, "the window starts at"),
    "a reason that says nothing": (
        ["decide", NIGHT, "go", "TBD"],
        DUE,
        "support is not ready for Complete Change: 1 gap",
    ),
    "a case that is not in the record": (
        ["ran", NIGHT, "nobody-find", "pass", "--evidence", "1"],
        DUE,
        "no test case 'nobody-find'; did you mean 'nobody-found'?",
    ),
    "a pass without a time": (["ran", NIGHT, "nobody-found", "pass", "--evidence", "1"], DUE, "--found-in 2m"),
    "a run in production before the window": (
        ["ran", NIGHT, "nobody-found", "fail", "--evidence", "1", "--stage", "after-go-live"],
        DUE,
        "before the window; a run until then is 'pre-production'",
    ),
    "a time that is still to come": (
        ["ran", NIGHT, "nobody-found", "fail", "--evidence", "1", "--at", "23:10"],
        DUE,
        "--at: 23:10 is still to come",
    ),
    "a time that is none": (
        ["told", NIGHT, "far-labs", "--how", "x", "--at", "noon"],
        DUE,
        "--at: 'noon' is not a time",
    ),
    "a partner that is not affected": (
        ["told", NIGHT, "near-labs", "--how", "Mail"],
        DUE,
        "'near-labs' is not among affects.partners",
    ),
    "a partner that nobody knows": (["told", NIGHT, "far-lab", "--how", "Mail"], DUE, "did you mean 'far-labs'?"),
    "a team that nobody knows": (["briefed", NIGHT, "--attended", "front-dask"], DUE, "did you mean 'front-desk'?"),
    "a change that nobody knows": (["live", "complete-chance"], BEGUN, "did you mean 'complete-change'?"),
    "a playbook that nobody knows": (["verify", "late-results"], DUE, "no playbook 'late-results'; did you mean"),
    "a file that is no playbook": (["verify", "../../complete-change"], DUE, "no playbook '../../complete-change'"),
    "a review that is not ahead": (["verify", "late-result", "--next", "2026-12-02"], DUE, "2026-12-02 is not ahead"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_step_that_cannot_be_true_is_refused_and_nothing_is_written(night: Path, do: Do, name: str) -> None:
    arguments, at, why = REFUSED[name]
    before = record(night)
    done = do(*arguments, at=at)
    assert done.exit_code == 1
    assert why in " ".join(done.output.split())
    assert "Traceback" not in done.output
    assert record(night) == before


def as_it_is(night: Path, edits: dict[str, str]) -> None:
    """Edit the change."""
    text = record(night)
    for old, new in edits.items():
        assert old in text
        text = text.replace(old, new)
    (night / f"{NIGHT}.yaml").write_bytes(text.encode())


def test_a_draft_is_ready_once_the_gate_finds_nothing(night: Path, do: Do) -> None:
    as_it_is(night, {"status: ready": "status: draft  # soon", "decided_by: interfaces": "decided_by:"})
    done = do("ready", NIGHT, at=BEFORE)
    assert (done.exit_code, "rollback.decided_by: nothing is written" in done.stdout) == (1, True)
    as_it_is(night, {"decided_by:": "decided_by: interfaces", "\n": "\r\n"})
    before = record(night)
    assert do("ready", "Complete", "Change", at=BEFORE).exit_code == 0
    assert changed(before, record(night)) == ["-status: draft  # soon", "+status: ready  # soon"]
    assert record(night).count("\n") == record(night).count("\r\n")
    as_it_is(night, {"status: ready": "status: live", "decision: pending": "decision: go"})
    refused = do("ready", NIGHT, at=BEGUN)
    assert (refused.exit_code, "only a draft can be made ready" in refused.stderr) == (1, True)


AGAIN = "- {stage: after-go-live, at: 2026-12-02 23:30, result: passed, evidence: RUN-3, found_in: 80s}"
STABLE = {
    "status: ready": "status: stable",
    "closed: 2026-12-03\n": "",
    "decision: pending  # Tom writes it": "decision: go\n  reason: All cases passed.",
    "found_in: 70s}": f"found_in: 70s}}\n      {AGAIN}",
}
RULE = "the rule for 'Tickets about the search' is still in force; remove it, and write the date in 'removed'"
REMOVED = {"ends_when: Three days": "removed: 2026-12-18\n    ends_when: Three days"}


def test_a_stable_change_is_closed_with_the_date_once_nothing_is_missing(night: Path, do: Do) -> None:
    as_it_is(night, STABLE)
    refused = do("close", NIGHT, at=DAY_AFTER)
    assert (refused.exit_code, RULE in refused.stdout) == (1, True)
    as_it_is(night, REMOVED)
    before = record(night)
    done = do("close", "Complete", "Change", at="2026-12-20 09:00")
    assert done.exit_code == 0, done.output
    assert changed(before, record(night)) == ["-status: stable", "+status: closed", "+closed: 2026-12-20"]
    again = do("close", NIGHT, at="2026-12-28 09:00")
    assert (again.exit_code, "says so already" in again.stderr) == (0, True)


def test_a_change_is_not_closed_on_a_waiver_that_has_ended(night: Path, do: Do) -> None:
    as_it_is(night, {**STABLE, **REMOVED, "gap: answer-missing/nurses": "gap: briefing-recording"})
    without_briefing(night)
    refused = do("close", NIGHT, at="2026-12-21 09:00")
    assert (refused.exit_code, "Its waiver by Front Desk ended on 2026-12-20" in refused.stdout) == (1, True)
    assert do("close", NIGHT, at="2026-12-20 09:00").exit_code == 0


def test_a_change_is_not_stable_while_a_queue_rule_is_overdue(night: Path, do: Do) -> None:
    as_it_is(night, {**STABLE, "status: ready": "status: live"})
    assert do("update", NIGHT, "Searches work.", "--state", "resolved", at=DAY_AFTER).exit_code == 0
    refused = do("stable", NIGHT, at="2026-12-20 09:00")
    assert (refused.exit_code, RULE in refused.stdout) == (1, True)
    # Until its end it may stay.
    assert do("stable", NIGHT, at="2026-12-19 09:00").exit_code == 0


def test_a_change_is_not_stable_while_callers_wait_for_an_update(night: Path, do: Do) -> None:
    as_it_is(night, {**STABLE, "status: ready": "status: live"})
    refused = do("stable", NIGHT, at="2026-12-03 12:01")
    said = "the next update of Complete Change is overdue, and callers wait for it; say that all is well again"
    assert (refused.exit_code, said in refused.stderr) == (1, True)
    assert do("update", NIGHT, "Searches work.", "--state", "resolved", at="2026-12-03 12:01").exit_code == 0
    assert do("stable", NIGHT, at="2026-12-03 12:01").exit_code == 0


def test_what_a_partner_was_told_at_a_time_is_corrected_by_saying_it_again(night: Path, do: Do) -> None:
    before, told = record(night), ["told", NIGHT, "far-labs", "--at", "07:15", "--how"]
    for how in ("email", "Email to the integration desk, FL-7"):
        assert do(*told, how, at=DAY_AFTER).exit_code == 0
    written = '+  - {partner: far-labs, at: 2026-12-03 07:15, how: "Email to the integration desk, FL-7"}'
    assert [line.replace('"', "") for line in changed(before, record(night))] == [written.replace('"', "")]
    assert do(*told, "Call, FL-8.", "--at", "07:30", at=DAY_AFTER).exit_code == 0
    assert len(changed(before, record(night))) == 2


def test_a_change_is_not_stable_before_each_case_has_passed_in_production(night: Path, do: Do) -> None:
    as_it_is(night, {**STABLE, "status: ready": "status: live", f"\n      {AGAIN}": ""})
    # A live one has until tomorrow.
    assert "not run in production" not in do("told", NIGHT, "far-labs", "--how", "Call, FL-7.", at=DAY_AFTER).stderr
    refused = do("stable", NIGHT, at=DAY_AFTER)
    assert (refused.exit_code, "not run in production yet; run it" in refused.stdout) == (1, True)
    assert "\nstatus: live\n" in record(night)
    assert (
        do("ran", NIGHT, "nobody-found", "pass", "--evidence", "812", "--found-in", "70s", at=DAY_AFTER).exit_code == 0
    )
    assert do("stable", NIGHT, at=DAY_AFTER).exit_code == 0


NO_WORDS = "nothing is written here; say it in a few words"


@pytest.mark.parametrize(
    ("given", "said"),
    [("", NO_WORDS), (" ", NO_WORDS), ("\n\t", NO_WORDS), ("Mail\u200b", "it holds U+200B (ZERO WIDTH SPACE)")],
)
def test_nothing_is_no_reason_and_no_proof(night: Path, do: Do, given: str, said: str) -> None:
    before = record(night)
    for step in (
        ["decide", NIGHT, "hold", given],
        ["roll-back", NIGHT, given],
        ["told", NIGHT, "far-labs", "--how", given],
        ["ran", NIGHT, "nobody-found", "fail", "--evidence", given],
    ):
        done = do(*step, at=DUE)
        assert done.exit_code == 2
        assert said in " ".join(done.output.split())
    assert record(night) == before


def without_briefing(night: Path) -> None:
    file = night / f"{NIGHT}.yaml"
    text = record(night).replace("  recording: https://media.tealvalley.example/briefings/complete-change\n", "")
    file.write_text(text, encoding="utf-8")


def test_a_go_is_refused_with_what_is_missing(night: Path, do: Do) -> None:
    without_briefing(night)
    done = do("decide", NIGHT, "go", "All cases passed.", at=DUE)
    assert done.exit_code == 1
    assert "briefing.recording: no recording; add its address" in done.stdout
    assert "support is not ready for Complete Change: 1 gap; close or waive them" in done.stderr
    assert "pending" in record(night)


def test_a_hold_needs_no_readiness_and_says_what_it_opens(night: Path, do: Do) -> None:
    without_briefing(night)
    done = do("decide", NIGHT, "hold", "The index is down.", at=DUE)
    assert done.exit_code == 0
    assert "This opens 1 gap:" in done.stderr
    assert "decision: hold  # Tom writes it" in record(night)


def test_a_change_is_live_without_readiness_only_where_one_says_so(night: Path, do: Do) -> None:
    assert do("decide", NIGHT, "go", "All cases passed.", at=DUE).exit_code == 0
    without_briefing(night)
    refused = do("live", NIGHT, at=BEGUN)
    assert (refused.exit_code, "no recording" in refused.stdout) == (1, True)
    assert do("live", NIGHT, "--anyway", at=BEGUN).exit_code == 0
    assert "status: live" in record(night)


def test_a_live_change_is_rolled_back_not_decided_against(night: Path, do: Do) -> None:
    assert do("decide", NIGHT, "go", "All cases passed.", at=DUE).exit_code == 0
    assert do("live", NIGHT, at=BEGUN).exit_code == 0
    done = do("decide", NIGHT, "no-go", "It fails.", at=BEGUN)
    assert (done.exit_code, f"changebook roll-back {NIGHT} REASON" in done.stderr) == (1, True)


def test_a_failed_run_is_written_with_the_gap_that_it_opens(night: Path, do: Do) -> None:
    done = do("ran", NIGHT, "nobody-found", "fail", "--evidence", "INC-1", at=DUE)
    assert done.exit_code == 0
    assert "nobody wrote which playbook was fixed" in done.stderr
    assert "{stage: pre-production, at: 2026-12-02 19:05, result: failed, evidence: INC-1}" in record(night)


@pytest.mark.parametrize(("at", "stage"), [(DUE, "pre-production"), (BEGUN, "after-go-live")])
def test_a_run_is_in_production_from_the_time_the_window_begins(night: Path, do: Do, at: str, stage: str) -> None:
    assert do("ran", NIGHT, "nobody-found", "fail", "--evidence", "INC-1", at=at).exit_code == 0
    assert f"{{stage: {stage}, at: {at}, result: failed, evidence: INC-1}}" in record(night)


def test_nothing_is_written_without_a_yes(night: Path, do: Do) -> None:
    before = record(night)
    done = do("decide", NIGHT, "go", "All cases passed.", at=DUE, text="n\n")
    assert done.exit_code == 1
    assert "+  decision: go" in done.stdout
    assert record(night) == before
    assert do("decide", NIGHT, "go", "All cases passed.", at=DUE, text="y\n").exit_code == 0
    assert record(night) != before


def test_what_is_written_already_is_not_written_again(night: Path, do: Do) -> None:
    assert do("decide", NIGHT, "go", "All cases passed.", at=DUE).exit_code == 0
    assert do("live", NIGHT, at=BEGUN).exit_code == 0
    again = do("live", NIGHT, at=BEGUN)
    assert (again.exit_code, again.stdout) == (0, "")
    assert "says so already; there is nothing to write" in again.stderr


def test_a_decision_made_again_keeps_its_time(night: Path, do: Do) -> None:
    assert do("decide", NIGHT, "hold", "The index is down.", "--at", "19:02", at=DUE).exit_code == 0
    made = record(night)
    again = do("decide", NIGHT, "hold", "The index is down.", at="2026-12-02 20:00")
    assert (again.exit_code, again.stdout, record(night)) == (0, "", made)
    assert "says so already; there is nothing to write" in again.stderr
    # Another time that is given is a correction, another decision has its own, and so has one for a new window.
    assert do("decide", NIGHT, "hold", "The index is down.", "--at", "19:01", at=DUE).exit_code == 0
    assert "at: 2026-12-02 19:01" in record(night)
    moved = "postponed:\n  - {from: 2026-12-02 20:30, at: 2026-12-02 19:30}\n"
    text = re.sub(r"(?m)^postponed:\n(  .*\n)*", "", record(night))
    (night / f"{NIGHT}.yaml").write_text(text.replace("affects:", f"{moved}affects:", 1), encoding="utf-8")
    assert do("decide", NIGHT, "hold", "The index is down.", at="2026-12-02 20:00").exit_code == 0
    assert "at: 2026-12-02 20:00" in record(night)


def test_a_rollback_says_that_the_checkpoint_was_still_pending(night: Path, do: Do) -> None:
    done = do("roll-back", NIGHT, "It was failing.", at=BEGUN)
    assert done.exit_code == 0, done.output
    note = "the go/no-go of 2026-12-02 19:00 was still pending; the rollback takes its place"
    assert f"Note:\n  {note}\n" in done.stderr


def test_another_broken_record_does_not_stop_the_night(night: Path, do: Do) -> None:
    (night / "other.yaml").write_text("name: Other\nstatus: odd\n", encoding="utf-8")
    done = do("decide", NIGHT, "go", "All cases passed.", at=DUE)
    assert done.exit_code == 0
    assert "Other files have" in done.stderr


def test_a_record_that_is_broken_itself_is_not_edited(night: Path, do: Do) -> None:
    file = night / f"{NIGHT}.yaml"
    file.write_text(record(night).replace("kind: fhir", "kind: fire"), encoding="utf-8")
    before = record(night)
    done = do("decide", NIGHT, "go", "All cases passed.", at=DUE)
    assert (done.exit_code, "complete-change.yaml:2:7: kind: no kind" in done.stdout) == (1, True)
    assert record(night) == before


def test_a_change_without_a_decision_section_names_its_team(night: Path, do: Do) -> None:
    head, _, rest = record(night).partition("go_no_go:\n")
    (night / f"{NIGHT}.yaml").write_text(head + "waivers:" + rest.partition("waivers:")[2], encoding="utf-8")
    before = record(night)
    assert "--by TEAM" in do("decide", NIGHT, "go", "All cases passed.", at=DUE).stderr
    assert do("decide", NIGHT, "go", "All cases passed.", "--by", "interfaces", at=DUE).exit_code == 0
    assert changed(before, record(night)) == [
        "+go_no_go:",
        "+  at: 2026-12-02 19:05",
        "+  decision: go",
        "+  by: interfaces",
        "+  reason: All cases passed.",
    ]


def test_a_review_moves_the_date_of_a_playbook_by_what_the_book_says(night: Path, do: Do) -> None:
    file = night / "desk" / "scenarios" / "patient-not-found.yaml"
    before = file.read_text("utf-8")
    assert do("verify", "patient-not-found", at=DUE).exit_code == 0
    assert changed(before, file.read_text("utf-8")) == ["-review_by: 2027-05-01", "+review_by: 2027-05-31"]
    with (night / "desk" / "book.yaml").open("a", encoding="utf-8") as settings:
        settings.write("review_every: 300d\n")
    assert do("verify", "patient-not-found", at=DUE).exit_code == 0
    assert "review_by: 2027-09-28" in file.read_text("utf-8")


def test_a_review_moves_the_date_back_only_where_one_says_so(night: Path, do: Do) -> None:
    file = night / "desk" / "scenarios" / "late-result.yaml"
    refused = do("verify", "late-result", at=DUE)
    assert (refused.exit_code, "reviewed by 2027-06-01, which is later than 2027-05-31" in refused.stderr) == (1, True)
    assert do("verify", "late-result", "--next", "2027-01-01", at=DUE).exit_code == 0
    assert "review_by: 2027-01-01" in file.read_text("utf-8")


AT_THE_SAMPLE = {
    "fhir-patient-lookup-r4": (
        ["ran", "fhir-patient-lookup-r4", "partner-timeout", "pass", "--evidence", "R-9", "--found-in", "80s"],
        [
            "+      - {stage: after-go-live, at: 2026-12-03 09:42, result: passed, evidence: R-9, found_in: 80s}",
        ],
    ),
    "claims-api-2-4": (
        ["decide", "claims-api-2-4", "hold", "The payer is down.", "--at", "2026-12-03 09:00"],
        [
            "-go_no_go: {at: 2026-12-08 17:00, decision: pending, by: revenue-cycle}",
            "+go_no_go: {at: 2026-12-03 09:00, decision: hold, by: revenue-cycle, reason: The payer is down.}",
        ],
    ),
    "desk/scenarios/sign-in-again": (
        ["verify", "sign-in-again"],
        ["-review_by: 2026-12-30", "+review_by: 2027-06-01"],
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", AT_THE_SAMPLE)
def test_a_record_of_the_sample_keeps_its_line_ends_and_its_last_line(tmp_path: Path, name: str) -> None:
    book = Path(shutil.copytree(SAMPLE, tmp_path / "changes"))
    file, (arguments, lines) = book / f"{name}.yaml", AT_THE_SAMPLE[name]
    before = file.read_bytes().rstrip(b"\n").replace(b"\n", b"\r\n")
    file.write_bytes(before)
    done = CliRunner().invoke(main, [*arguments, "--book", str(book), "--yes"])
    assert done.exit_code == 0, done.output
    after = file.read_bytes()
    assert changed(before.decode(), after.decode()) == lines
    assert not after.endswith(b"\n")
    assert {line[-1:] for line in after.split(b"\n")[:-1]} == {b"\r"}
