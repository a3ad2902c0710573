"""Planned, standard, expedited, emergency: what each needs at once, and what it may owe. Their walks: `test_walks`."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from changebook.book import Book
from changebook.cli import main
from changebook.pages import blocks, pages_of
from changebook.pages.filling import block_of
from changebook.readiness import owed_by, readiness
from conftest import GOOD, SAMPLE, load
from golden_texts import html_of


def run(command: str, book: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [command, "--book", str(book), *arguments])


def gaps(book: Path, name: str, today: str) -> set[str]:
    """Return the names of the gaps that the gate finds in the change called `name`."""
    done = run("gate", book, name, "--today", today, "--format", "json")
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return {gap["name"] for gap in json.loads(done.stdout)["gaps"]}


def owed(book: Path, name: str, today: str) -> dict[str, str]:
    """Return what the change called `name` owes, and by when."""
    done = run("gate", book, name, "--today", today, "--format", "json")
    return {item["name"]: item["due"] for item in json.loads(done.stdout)["changes"][0]["owed"]}


def edit(file: Path, edits: dict[str, str]) -> None:
    """Replace texts in a file, each of which is there once."""
    text = file.read_text("utf-8")
    for old, new in edits.items():
        assert text.count(old) == 1, (old, text)
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


NIGHT_FIX = """\
window: {start: 2026-12-02 02:10, end: 2026-12-02 02:40}
unchanged:
  - Scores already shown stay as they are.
playbooks:
  - scenario: patient-not-found
    first_response: Scores are back since 02:40. Reload the list, and I will call you by [time + 15 min].
rollback:
  criteria: ["Two wards see no score."]
  steps: ["Put the index of Tuesday back."]
  decided_by: interfaces
go_no_go: {at: 2026-12-02 02:00, decision: go, by: front-desk, reason: No ward had seen a score since 01:15.}
"""


@pytest.fixture
def night_fix(small: Path) -> Path:
    """A book with an emergency that has what it needs at once, as `new` and its author wrote it."""
    done = run("new", small, "Night Fix", "--kind", "whole-change", "--owner", "interfaces", "--urgency", "emergency")
    assert done.exit_code == 0, done.output
    file = small / "night-fix.yaml"
    edit(file, {"Night Fix is being prepared; nothing has changed yet.": "Patient search shows scores again."})
    record = "\n".join(line for line in file.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    file.write_text(f"{record}\n{NIGHT_FIX}", encoding="utf-8")
    return small


def test_an_emergency_of_25_lines_is_go_and_owes_the_rest(night_fix: Path) -> None:
    file = night_fix / "night-fix.yaml"
    assert len(file.read_text("utf-8").splitlines()) <= 25
    for status in ("draft", "ready", "live"):
        edit(file, {"status: draft" if status != "live" else "status: ready": f"status: {status}"})
        assert gaps(night_fix, "Night Fix", "2026-12-02 02:50" if status == "live" else "2026-12-02 02:05") == set()
    # Five working days after Wed 2 Dec.
    due = owed(night_fix, "Night Fix", "2026-12-03 09:00")
    assert set(due.values()) == {"2026-12-09T23:59:59.999999-06:00"}
    assert {"section-missing/board", "section-missing/tests", "callers-words-missing/patient-not-found"} <= set(due)
    assert not {"section-missing/unchanged", "section-missing/rollback", "sentence-long"} & set(due)
    assert set(due) == gaps(night_fix, "Night Fix", "2026-12-10 00:00")
    assert owed(night_fix, "Night Fix", "2026-12-10 00:00") == {}


def test_a_go_sheet_says_what_an_emergency_owes_and_by_when(night_fix: Path) -> None:
    edit(night_fix / "night-fix.yaml", {"status: draft": "status: live"})
    done = run("gate", night_fix, "Night Fix", "--today", "2026-12-03 09:00")
    assert done.exit_code == 0, done.output
    assert "Live, day 1, emergency, Wed 2 Dec, 02:10\u201302:40 CST, Interfaces" in done.output
    said = "  To do by Wed 9 Dec, 23:59 CST: Board: still missing. The desk asks for its board. Interfaces.\n"
    assert said in done.output
    every = run("gate", night_fix, "--today", "2026-12-03 09:00")
    number = len(owed(night_fix, "Night Fix", "2026-12-03 09:00"))
    assert f"Ready: Night Fix, {number} items to do by Wed 9 Dec\n" in every.output
    check = ["check", str(night_fix), "--today", "2026-12-03 09:00"]
    assert (
        f"Night Fix: {number} items to do by Wed 9 Dec; see changebook gate night-fix\n"
        in CliRunner().invoke(main, check).stderr
    )
    assert "Night Fix" not in CliRunner().invoke(main, [*check, "--format", "json"]).output
    assert "Live, day 1, emergency" in run("list", night_fix, "--today", "2026-12-03 09:00").output
    shown = run("show", night_fix, "Night Fix", "--today", "2026-12-03 09:00").output
    assert "\nTo do\n  playbooks[0].callers_say: no callers' words" in shown


@pytest.mark.parametrize("lacking", ["window", "unchanged", "playbooks", "rollback", "go_no_go"])
def test_an_emergency_needs_the_least_at_once(night_fix: Path, lacking: str) -> None:
    file = night_fix / "night-fix.yaml"
    text = re.sub(rf"^{lacking}:.*\n(?:  .*\n)*", "", file.read_text("utf-8"), flags=re.M)
    file.write_text(text, encoding="utf-8")
    assert f"section-missing/{lacking}" in gaps(night_fix, "Night Fix", "2026-12-02 02:05")


@pytest.mark.slow
def test_an_emergency_is_closed_with_everything_it_owed_met_or_waived_each_for_a_reason(night_fix: Path) -> None:
    file = night_fix / "night-fix.yaml"
    scenario = "  - scenario: patient-not-found\n"
    edit(file, {"status: draft": "status: closed", scenario: f"{scenario}    dropped: Scores were back that night.\n"})
    late = sorted(gaps(night_fix, "Night Fix", "2026-12-04 09:00"))
    assert set(late) == gaps(night_fix, "Night Fix", "2027-06-04 09:00")

    def waived(reason: str) -> str:
        one = "\n  - gap: {}\n    reason: {}\n    approver: front-desk\n    expires: 2026-12-20"
        return "waivers:" + "".join(one.format(gap, reason.format(gap)) for gap in late) + "\n"

    text = file.read_text("utf-8")
    file.write_text(text + waived("The fix is small and was watched by hand."), encoding="utf-8")
    assert gaps(night_fix, "Night Fix", "2026-12-04 09:00") == {f"waiver-repeated/{gap}" for gap in late[1:]}
    file.write_text(text + waived("The fix was watched by hand in place of {}."), encoding="utf-8")
    # A waiver that held when the change was closed holds for good, and one that had ended does not.
    green = (0, "Night Fix is closed: there is nothing left to get ready for.\n")
    written = file.read_text("utf-8")
    for closed, today, says in (
        ("", "2026-12-04 09:00", green),
        ("closed: 2026-12-04\n", "2026-12-04 09:00", green),
        ("closed: 2026-12-20\n", "2027-06-04 09:00", green),
    ):
        file.write_text(written + closed, encoding="utf-8")
        done = run("gate", night_fix, "Night Fix", "--today", today)
        assert (done.exit_code, done.stdout) == says
    for closed in ("", "closed: 2026-12-21\n"):
        file.write_text(written + closed, encoding="utf-8")
        assert gaps(night_fix, "Night Fix", "2027-06-04 09:00") == set(late)


def test_what_an_emergency_tests_after_its_window_counts_as_tested(night_fix: Path) -> None:
    file = night_fix / "night-fix.yaml"
    run_after = "{stage: after-go-live, at: 2026-12-03 08:00, result: passed, evidence: RUN-7, found_in: 40s}"
    tests = (
        "tests:\n  - case: nobody-found\n    user_sees: A score beside each name.\n    article: patient-not-found\n"
        "    differs_from_production: Its index is small.\n    accept: {correlation_id: true, found_within: 2m}\n"
        f"    runs: [{run_after}]\n"
    )
    file.write_text(file.read_text("utf-8").replace("draft", "live") + tests, encoding="utf-8")
    assert not {name for name in gaps(night_fix, "Night Fix", "2026-12-10 00:00") if name.startswith("test-")}
    edit(file, {"urgency: emergency\n": ""})
    assert "test-not-passed/nobody-found" in gaps(night_fix, "Night Fix", "2026-12-10 00:00")


@pytest.mark.parametrize(
    ("end", "within", "due"),
    [
        ("2026-12-02 02:40", "1", date(2026, 12, 3)),
        ("2026-12-04 23:00", "1", date(2026, 12, 7)),
        ("2026-12-05 12:00", "0", date(2026, 12, 5)),
        ("2026-12-05 12:00", "1", date(2026, 12, 7)),
        ("2026-12-23 02:40", "2", date(2026, 12, 28)),
        ("2026-12-02 02:40", "10", date(2026, 12, 16)),
    ],
)
def test_a_working_day_is_neither_on_a_weekend_nor_a_holiday(night_fix: Path, end: str, within: str, due: date) -> None:
    edit(night_fix / "night-fix.yaml", {"end: 2026-12-02 02:40": f"end: {end}"})
    kinds, desk = night_fix / "desk" / "kinds.yaml", night_fix / "desk" / "book.yaml"
    edit(kinds, {"whole-change:\n": f"whole-change:\n  owed_within: {within}\n"})
    desk.write_text(f"{desk.read_text('utf-8')}holidays: [{{day: 2026-12-25, name: Christmas Day}}]\n", "utf-8")
    book = load(night_fix, today="2026-12-03 09:00").book
    assert book
    when = owed_by(book.changes["night-fix"], book)
    assert when
    assert when.date() == due


@pytest.mark.slow
def test_an_expedited_change_waits_for_no_board_and_owes_it_with_rehearsals_and_briefing(small: Path) -> None:
    text = (GOOD / "complete-change.yaml").read_text("utf-8")
    file = small / "complete-change.yaml"
    file.write_text(text.replace("kind: fhir-resource-update", "kind: whole-change"), encoding="utf-8")
    late_board = {"board: 2026-11-26 15:00": "board: 2026-12-04 15:00"}
    edit(file, late_board)
    assert {"board-after-window", "decision-early"} <= gaps(small, "Complete Change", "2026-12-03 09:00")
    edit(file, {"urgency: planned": "urgency: expedited"})
    assert gaps(small, "Complete Change", "2026-12-03 09:00") == set()
    edit(file, {"board: 2026-12-04 15:00\n": ""})
    for section in ("rehearsals", "briefing"):
        lacking = re.sub(rf"^{section}:.*\n(?:  .*\n)*", "", file.read_text("utf-8"), flags=re.M)
        file.write_text(lacking, encoding="utf-8")
    assert set(owed(small, "Complete Change", "2026-12-03 09:00")) == {
        *("section-missing/board", "section-missing/briefing", "section-missing/rehearsals")
    }
    assert gaps(small, "Complete Change", "2026-12-09 23:59") == set()
    assert gaps(small, "Complete Change", "2026-12-10 00:00") == {
        *("section-missing/board", "section-missing/briefing", "section-missing/rehearsals")
    }
    edit(file, {"status: live": "status: closed", "removed: 2026-12-18": "removed: 2026-12-03"})
    assert len(gaps(small, "Complete Change", "2026-12-03 09:00")) == 3
    # Everything else is due by its window, as for a planned change.
    edit(file, {"status: closed": "status: live", "review_by: 2027-03-02\n": ""})
    assert gaps(small, "Complete Change", "2026-12-03 09:00") == {"section-missing/review_by"}


def test_a_closed_record_of_six_lines_is_red_as_a_live_one_is(small: Path) -> None:
    six = "name: Six\nkind: whole-change\nstatus: {}\nowner: interfaces\nsentence: Scores come.\n"
    six += "window: {{start: 2026-12-01 21:00, end: 2026-12-01 23:00}}\n"
    found = {}
    for status in ("stable", "closed"):
        (small / "six.yaml").write_text(six.format(status), encoding="utf-8")
        found[status] = gaps(small, "Six", "2026-12-03 09:00")
    assert found["closed"] == found["stable"] | {"retrospective-missing"}
    assert len(found["closed"]) > 15
    # Without a name, it is among those that are tested.
    assert "six.yaml" in run("gate", small, "--today", "2026-12-03 09:00").output


@pytest.mark.slow
def test_a_closed_change_with_gaps_is_on_the_board_until_they_are_closed(sample: Book, tmp_path: Path) -> None:
    book = Path(shutil.copytree(SAMPLE, tmp_path / "changes"))
    assert "Portal Sign-in Text" not in html_of(blocks.readiness_board(sample))
    file = book / "portal-sign-in-text.yaml"
    edit(file, {"bridge: {channel: Bridge 6601 until 11:00, lead: portal-services}\n": ""})
    loaded = load(book).book
    assert loaded
    assert "Portal Sign-in Text" in html_of(blocks.readiness_board(loaded))
    page = html_of(blocks.readiness_sheet(loaded, "portal-sign-in-text"))
    assert "Bridge: missing; add this section." in page


@pytest.mark.slow
def test_what_a_repeat_takes_over_is_marked_until_somebody_has_read_it(tmp_path: Path) -> None:
    book = Path(shutil.copytree(SAMPLE, tmp_path / "changes"))
    name, today = "Allergy Codes January", "2027-01-08 09:00"
    done = run("new", book, name, "--from", "allergy-codes-refresh", "--urgency", "standard", "--yes")
    assert done.exit_code == 0, done.output
    marked = {gap for gap in gaps(book, name, today) if gap.startswith("not-read/")}
    prose = ("unchanged", "playbooks", "watch", "rollback", "compliance", "tests", "visible", "data_set", "why")
    assert {f"not-read/{section}" for section in prose} <= marked
    assert "runs:" not in (book / "allergy-codes-january.yaml").read_text("utf-8")


def test_a_repeat_needs_the_change_it_repeats(small: Path) -> None:
    done = run("new", small, "Second", "--kind", "quiet-change", "--owner", "interfaces", "--urgency", "standard")
    assert done.exit_code == 2
    assert "a standard change repeats another; name the closed change with --from" in done.output


FIRST, *OTHERS = sorted(file.stem for file in SAMPLE.glob("*.yaml"))


@pytest.mark.parametrize("record", [FIRST, *(pytest.param(other, marks=pytest.mark.slow) for other in OTHERS)])
def test_every_change_of_the_sample_can_be_repeated_and_says_nothing_wrong(tmp_path: Path, record: str) -> None:
    book = Path(shutil.copytree(SAMPLE, tmp_path / "changes"))
    done = run("new", book, "Night Cutover", "--from", record, "--urgency", "standard", "--yes")
    assert done.exit_code == 0, done.output
    loaded = load(book)
    assert [line for line in map(str, loaded.problems) if "night-cutover" in line and "gap" not in line] == []
    assert loaded.book
    made = loaded.book.changes["night-cutover"]
    assert all(watch.alert.startswith("Night Cutover") for watch in made.watch)
    assert not any(test.runs for test in made.tests)
    assert not (made.compliance and made.compliance.at)


def test_a_mark_is_no_mark_inside_a_text(small: Path) -> None:
    (small / "carried.yaml").write_text(
        "name: Carried\nkind: quiet-change\nstatus: draft\nowner: interfaces\n"
        'sentence: "Scores come."  # not yet read by Records\n'
        'unchanged:\n  - "A list marked # not yet read stays."\n'
        "details: |  # not yet read\n  The mark # not yet read is a comment.\n",
        encoding="utf-8",
    )
    assert gaps(small, "Carried", "2026-12-03 09:00") == {"not-read/sentence", "not-read/details"}


def test_the_emergency_of_the_sample_has_25_lines_and_no_empty_section(sample: Book) -> None:
    file = SAMPLE / "pharmacy-queue-fix.yaml"
    assert len(file.read_text("utf-8").splitlines()) <= 25
    state = readiness(sample)["pharmacy-queue-fix"]
    assert (state.gaps, len(state.owed) > 5) == ((), True)
    pages = [page for page in pages_of(sample) if page.change == "pharmacy-queue-fix"]
    assert len(pages) == 4
    texts = {page.address: html_of(block_of(page, sample)) for page in pages}
    for text in texts.values():
        assert not re.search(r"None recorded|No date yet|Nothing yet|Countdown|Print the Integration", text)
    assert f"{len(state.owed)} items to do by Fri 4 Dec" in texts["changes/pharmacy-queue-fix/"]
