"""The support test script and its ledger, rehearsals, known errors, and where the site shows them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from building import build
from changebook.book import Book
from changebook.model import Change
from changebook.model.evidence import Run, SupportTest
from changebook.pages.ledger import COLUMNS, ledger_csv
from changebook.views.assets import assets
from changebook.views.known_errors import errors_of, open_errors
from changebook.views.rehearsals import rehearsal_page
from changebook.views.sheet import sheet_page
from changebook.views.support_tests import has_script, support_script
from conftest import GOOD, SMALL, project

NAME = "complete-change"


def with_change(book: Book, **changed: object) -> tuple[Book, Change]:
    """Return the book with another version of the complete change, and that version."""
    change = book.changes[NAME].model_copy(update=changed)
    return replace(book, changes={**book.changes, NAME: change}), change


def with_kind(book: Book, **changed: object) -> Book:
    """Return the book with another version of the complete change's kind."""
    kind = book.changes[NAME].kind
    kinds = {**book.desk.kinds, kind: book.desk.kinds[kind].model_copy(update=changed)}
    return replace(book, desk=replace(book.desk, kinds=kinds))


def with_runs(book: Book, *changes: dict[str, object]) -> tuple[Book, Change]:
    """Return the book whose only test has the first runs of the complete change, each changed as given."""
    test: SupportTest = book.changes[NAME].tests[0]
    runs: list[Run] = [run.model_copy(update=changed) for run, changed in zip(test.runs, changes, strict=False)]
    return with_change(book, tests=(test.model_copy(update={"runs": tuple(runs)}),))


def rows(book: Book, change: Change) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ledger_csv(book, change), newline="")))


def test_the_times_of_acceptance_are_one_line(book: Book) -> None:
    assert (
        support_script(book, book.change(NAME)).times
        == "Slowest passing test: support found the transaction in 80 seconds (limit 2 minutes)"
    )


def test_a_case_is_one_line_with_the_runs_that_count(book: Book) -> None:
    [line] = sheet_page(book, book.change(NAME)).tests
    assert line.playbook
    assert line.playbook.title == "No score beside the name"
    assert [(run.words, run.state, bool(run.run)) for run in line.runs if run] == [("Passed", "met", True)] * 2
    other, change = with_runs(book, {})
    [line] = sheet_page(other, change).tests
    assert [run.words for run in line.runs if run] == ["Failed", "Not run yet"]


def test_a_case_says_what_to_do_to_see_and_to_read(book: Book) -> None:
    [line] = support_script(book, book.change(NAME)).cases
    assert line.case.do == "Search with one letter wrong."
    assert line.answer
    assert line.answer.user_sees == "Nobody matches. (SRC-404)"
    assert line.playbook
    assert line.playbook.address == f"changes/{NAME}/playbooks/patient-not-found/"


def test_a_failure_that_was_fixed_and_run_again_is_past(book: Book) -> None:
    before, after = support_script(book, book.change(NAME)).stages
    assert [(line.words, line.state) for line in before.lines] == [("Failed", "past"), ("Passed", "met")]
    assert before.lines[0].fixed
    assert before.lines[0].fixed.title == "No score beside the name"
    assert [(line.words, line.state) for line in after.lines] == [("Passed", "met")]


def test_a_failure_that_stands_is_a_gap(book: Book) -> None:
    other, change = with_runs(book, {})
    before, after = support_script(other, change).stages
    assert [(line.words, line.state) for line in before.lines] == [("Failed", "gap")]
    assert [(line.words, line.state) for line in after.lines] == [("Not run yet", "todo")]


def test_a_run_that_took_too_long_has_not_passed(book: Book) -> None:
    other, change = with_runs(book, {}, {"found_in": timedelta(minutes=5)})
    [_, slow] = support_script(other, change).stages[0].lines
    assert (slow.words, slow.state, slow.note) == ("Passed, too slow", "gap", "Accepted: 2 minutes")
    assert support_script(other, change).times == "Limit 2 minutes"


def test_a_case_that_the_kind_needs_and_the_record_lacks_is_listed(book: Book) -> None:
    script = support_script(with_kind(book, tests=("nobody-found", "late-answer")), book.change(NAME))
    assert [(line.case.id, bool(line.test)) for line in script.cases] == [
        ("nobody-found", True),
        ("late-answer", False),
    ]
    assert [case.test is None for case in script.cases] == [False, True]
    assert [line.words for stage in script.stages for line in stage.lines if not line.run] == ["Not in the record"] * 2


def test_a_closed_change_is_asked_for_nothing_more(book: Book) -> None:
    closed, change = with_change(with_kind(book, tests=("nobody-found", "late-answer")), status="closed")
    assert all(case.test for case in support_script(closed, change).cases)
    closed, change = with_change(closed, status="closed", tests=())
    assert not has_script(closed, change)


def test_the_runs_after_go_live_are_not_due_before_it(book: Book) -> None:
    other, change = with_runs(book, {}, {})
    other, change = with_change(other, status="ready", tests=change.tests)
    after = support_script(other, change).stages[1]
    assert after.lines == []
    assert after.due == "Thu 3 Dec, 23:00 CST"
    assert support_script(other, change).again == after.due
    assert sheet_page(other, change).tests[0].runs[1] is None


def test_a_run_is_a_row_of_the_ledger(book: Book) -> None:
    found = rows(book, book.change(NAME))
    assert tuple(found[0]) == COLUMNS
    assert [row["result"] for row in found] == ["failed", "passed", "passed"]
    assert found[1] == {
        "change": "Complete Change",
        "case": "nobody-found",
        "title": "A person is not found",
        "stage": "pre-production",
        "at": "2026-11-19T10:00-06:00",
        "result": "passed",
        "found_in_seconds": "70",
        "evidence": "RUN-2",
        "fixed_in": "",
        "article": "patient-not-found",
        "not_in_production": "",
        "watched": "",
    }
    assert found[0]["fixed_in"] == "patient-not-found"


def test_a_case_without_runs_is_a_row_of_the_ledger_too(book: Book) -> None:
    other, change = with_runs(with_kind(book, tests=("late-answer",)))
    assert [(row["case"], row["at"], row["result"]) for row in rows(other, change)] == [
        ("nobody-found", "", ""),
        ("late-answer", "", ""),
    ]


@pytest.mark.parametrize("begin", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "－1", "＠A1", "﹢1", " =1"])
def test_no_cell_of_the_ledger_is_a_formula(book: Book, begin: str) -> None:
    other, change = with_runs(book, {"evidence": begin})
    assert rows(other, change)[0]["evidence"] == f"'{begin}"


def test_a_cell_with_commas_quotes_and_other_letters_comes_back_whole(book: Book) -> None:
    said = 'RUN 1, "the Zoë run"'
    other, change = with_runs(book, {"evidence": said})
    assert rows(other, change)[0]["evidence"] == said


def test_a_playbook_has_a_card_with_what_was_answered(book: Book) -> None:
    page = rehearsal_page(book, book.change(NAME))
    [card] = page.cards
    assert (card.words, card.again, page.clear) == ("Clear", False, 1)
    assert (card.saying, card.category.id, card.check.do) == (
        "there is no score",
        "patients/search",
        "Ask for the code.",
    )
    [held] = card.held
    assert held.as_the_playbook
    assert held.rehearsal.next == "Ask for the code, then search by number."


def test_a_playbook_that_was_not_rehearsed_has_an_empty_card(book: Book) -> None:
    other, change = with_change(book, rehearsals=())
    [card] = rehearsal_page(other, change).cards
    assert (card.words, card.again, card.held) == ("Not rehearsed", True, [])


def test_only_the_last_call_decides_whether_a_playbook_is_clear(book: Book) -> None:
    [held] = book.changes[NAME].rehearsals
    earlier = held.model_copy(update={"at": held.at - timedelta(days=2), "clear": False})
    for order in ((held, earlier), (earlier, held)):
        other, change = with_change(book, rehearsals=order)
        [card] = rehearsal_page(other, change).cards
        assert (card.state, [call.state for call in card.held]) == ("met", ["met", "past"])
    later = held.model_copy(update={"at": held.at + timedelta(days=2), "clear": False})
    other, change = with_change(book, rehearsals=(held, later))
    [card] = rehearsal_page(other, change).cards
    assert (card.state, card.again, [call.state for call in card.held]) == ("gap", True, ["gap", "met"])


def test_a_rehearsal_older_than_the_change_is_held_again(book: Book) -> None:
    other, change = with_change(book, revised=book.now.date())
    [card] = rehearsal_page(other, change).cards
    assert (card.words, card.again) == ("Older than the change", True)


def test_open_errors_stand_first_and_among_them_the_one_that_meets_most(book: Book) -> None:
    [first] = book.changes[NAME].known_errors
    many = first.model_copy(update={"number": "KE-2", "affected": 900})
    nobody = first.model_copy(update={"number": "KE-3", "affected": None})
    fixed = first.model_copy(update={"number": "KE-4", "affected": 5000, "state": "fixed"})
    other, change = with_change(book, known_errors=(nobody, fixed, first, many))
    assert [item.error.number for item in errors_of(other, change)] == ["KE-2", "KE-1", "KE-3", "KE-4"]


def test_a_playbook_shows_the_open_errors_of_a_live_change(book: Book) -> None:
    own, elsewhere = book.scenario("patient-not-found"), book.scenario("late-result")
    assert [item.error.number for item in open_errors(book, own, change=None)] == ["KE-1"]
    assert [item.error.number for item in open_errors(book, own, change=book.change(NAME))] == ["KE-1"]
    assert open_errors(book, elsewhere, change=None) == []


@pytest.mark.parametrize(
    ("status", "standing", "under"),
    [
        ("ready", [], ["KE-1"]),
        *((status, ["KE-1"], ["KE-1"]) for status in ("stable", "closed", "rolled-back")),
        ("cancelled", [], []),
    ],
)
def test_an_open_error_is_on_the_standing_playbook_once_its_change_is_made(
    book: Book, status: str, standing: list[str], under: list[str]
) -> None:
    own = book.scenario("patient-not-found")
    other, change = with_change(book, status=status)
    assert [item.error.number for item in open_errors(other, own, change=None)] == standing
    assert [item.error.number for item in open_errors(other, own, change=change)] == under


def test_an_error_that_is_fixed_is_no_longer_on_the_standing_playbook(book: Book) -> None:
    own = book.scenario("patient-not-found")
    fixed = tuple(item.model_copy(update={"state": "fixed"}) for item in book.changes[NAME].known_errors)
    fixed, change = with_change(book, known_errors=fixed)
    assert open_errors(fixed, own, change=None) == open_errors(fixed, own, change=change) == []


def test_a_settled_change_keeps_what_was_tested_and_rehearsed(book: Book) -> None:
    # A queue rule that is still in force would keep the page.
    closed, change = with_change(book, status="closed", queue_rules=())
    found = {asset.name: asset.note for asset in assets(closed, change)}
    assert found["Readiness"] == "1 of 1 tests passed"
    minor = book.changes[NAME].playbooks[0].model_copy(update={"scenario": "late-result", "file_as": None})
    live, change = with_change(book, status="live", playbooks=(*book.changes[NAME].playbooks, minor))
    assert rehearsal_page(live, change).cards[-1].words == "Not required"
    assert {asset.name: asset.note for asset in assets(live, change)}["Readiness"] == "1 of 1 tests passed"
    before = tuple(
        test.model_copy(update={"runs": tuple(run for run in test.runs if run.stage == "pre-production")})
        for test in change.tests
    )
    once, change = with_change(live, status="live", tests=before)
    said = {asset.name: asset.note for asset in assets(once, change)}["Readiness"]
    assert said == "1 of 1 tests passed before go-live, 0 of 1 in production"
    untested, change = with_change(live, status="live", tests=())
    assert {asset.name: asset.note for asset in assets(untested, change)}["Readiness"] == "1 of 1 rehearsals clear"
    untried, change = with_change(closed, status="closed", tests=(), rehearsals=())
    assert "Readiness" not in {asset.name for asset in assets(untried, change)}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small book with the complete change."""
    folder = project(tmp_path_factory.mktemp("proof") / "project", SMALL, handbook=False)
    (folder / "changes" / f"{NAME}.yaml").write_bytes((GOOD / f"{NAME}.yaml").read_bytes())
    done = build(folder)
    assert done.returncode == 0, done.stderr
    return folder / "site"


def test_the_ledger_lies_beside_its_page(built: Path, book: Book) -> None:
    page = (built / "changes" / NAME / "readiness" / "index.html").read_text("utf-8")
    assert f'href="../../../changes/{NAME}/readiness/ledger.csv" download="{NAME}-tests.csv"' in page
    ledger = (built / "changes" / NAME / "readiness" / "ledger.csv").read_bytes()
    assert ledger.decode("utf-8-sig") == ledger_csv(book, book.change(NAME))


def test_the_hub_puts_what_callers_meet_before_the_papers(built: Path) -> None:
    page = (built / "changes" / NAME / "index.html").read_text("utf-8")
    places = [page.index(f'id="{part}"') for part in ("calls", "under", "errors", "see", "tickets", "rollback")]
    assert places == sorted(places)
    for said in ("The code and the time, never a name.", "<dd>900<small"):
        assert said in page


def test_a_known_error_on_playbook_and_hub_leads_to_its_line_among_all(built: Path) -> None:
    page = (built / "playbooks" / "patient-not-found" / "index.html").read_text("utf-8")
    hub = (built / "changes" / NAME / "index.html").read_text("utf-8")
    every = (built / "known-errors" / "index.html").read_text("utf-8")
    for said in (page, hub):
        assert f'href="../../known-errors/#known-{NAME}--ke-1"' in said
    assert f'id="known-{NAME}--ke-1"' in every
    # The workaround is where somebody looks for it, and the hub is an index.
    assert [text.count("Ask for the date of birth; it decides.") for text in (page, hub, every)] == [1, 0, 1]
