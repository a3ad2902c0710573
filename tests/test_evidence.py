"""Evidence that says what is true: a case nobody can run in production, who was told, who asks nothing."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from changebook.book import Book
from changebook.cli import main
from changebook.model import Change
from changebook.pages.blocks.readiness import readiness_sheet
from changebook.readiness import change_rules
from changebook.views.checklist import checklist
from changebook.views.milestones import milestones
from changebook.views.support_tests import support_script
from conftest import HARBOR, load
from golden_texts import text_of
from test_gate import gate, put, record, write
from test_support_tests import rows

NAME = "complete-change"
WHY = "In production a held queue delays results."


@pytest.fixture
def watched(small: Path) -> Book:
    """A book in which the one case of the complete change cannot be run in production, and was not."""
    values = put(record(), ("tests", 0, "case"), "late-answer")
    del values["tests"][0]["runs"][2], values["tests"][0]["answer"]
    book = load(write(small, values)).book
    assert book
    return book


def gap_names_of(book: Book, change: Change) -> set[str]:
    return {gap.name for rule in change_rules() for gap in rule(change, book)}


def test_a_case_that_cannot_be_run_in_production_is_not_owed_there(watched: Book) -> None:
    change = watched.change(NAME)
    assert "test-not-repeated/late-answer" not in gap_names_of(watched, change)
    case = watched.desk.cases["late-answer"].model_copy(update={"not_in_production": None})
    cases = {**watched.desk.cases, "late-answer": case}
    runnable = replace(watched, desk=replace(watched.desk, cases=cases))
    assert "test-not-repeated/late-answer" in gap_names_of(runnable, change)
    assert not any("in production" in item.what for item in milestones(watched, change))
    assert any("1 of 1 support tests still to pass in production" in item.what for item in milestones(runnable, change))


def test_its_line_says_why_and_what_is_watched(watched: Book) -> None:
    change = watched.change(NAME)
    (line,) = support_script(watched, change).watched
    assert (line.words, line.state) == ("Watched, not run", "unneeded")
    assert line.note == f"{WHY} Alerts: Complete Change slow."
    page = text_of(readiness_sheet(watched, NAME))
    assert f"Watched, not run / {WHY} Alerts: Complete Change slow." in page
    assert "Run every" not in page
    for row in (row for row in rows(watched, change) if row["case"] == "late-answer"):
        assert (row["not_in_production"], row["watched"]) == (WHY, "Complete Change slow")


def test_a_failed_run_in_production_counts_though_nobody_had_to_make_it(small: Path) -> None:
    values = put(record(), ("tests", 0, "case"), "late-answer")
    del values["tests"][0]["answer"]
    put(values, ("tests", 0, "runs", 2, "result"), "failed")
    put(values, ("tests", 0, "runs", 2, "fixed_in"), "patient-not-found")
    book = load(write(small, values)).book
    assert book
    assert "test-not-repeated/late-answer" in gap_names_of(book, book.change(NAME))


def test_a_partner_that_only_publishes_is_asked_for_no_question_and_told_nothing(small: Path) -> None:
    values = record()
    values["not_asked"] = [{"groups": ["porters"], "why": "Nobody of these searches."}]
    assert gate(write(small, values), "Complete Change", "--today", "2026-12-03 09:00").exit_code == 0
    partners = small / "desk" / "partners.yaml"
    partners.write_text(partners.read_text("utf-8").replace("asks: false", "asks: true"), encoding="utf-8")
    said = gate(small, "Complete Change", "--today", "2026-12-03 09:00").output
    assert "(answer-missing/state-registry)" in said
    assert "(partner-not-told/state-registry)" in said


def test_an_announcement_for_partners_is_not_asked_for_where_they_only_publish(book: Book) -> None:
    change = book.change(NAME)
    said = change.announcement.model_copy(update={"partners": None}) if change.announcement else None
    affects = change.affects.model_copy(update={"partners": ("state-registry",)})
    lone = change.model_copy(update={"announcement": said, "affects": affects})
    assert not any(name.startswith("announcement-missing") for name in gap_names_of(book, lone))


def test_the_checklist_says_who_was_told_and_who_asks_nothing(book: Book) -> None:
    lines = {line.checkpoint: line.evidence for line in checklist(book, book.change(NAME))}
    assert "Far Labs told Tue 10 Nov (Mail to its desk)" in lines["Communication owner"]
    assert "No question from Porters, State Registry: Nobody of these searches" in lines["Impacted user groups"]


def test_a_go_sheet_names_a_case_by_its_name(small: Path) -> None:
    values = put(record(), ("tests", 0, "runs", 2), None)
    done = gate(write(small, values), "Complete Change", "--today", "2026-12-03 09:00")
    assert done.exit_code == 0, done.output
    assert "Test \u201cA person is not found\u201d: not run in production yet" in done.output
    assert not re.search(r"tests ?\[?\d", done.output)


def test_a_draft_lists_the_cases_of_its_kind(tmp_path: Path) -> None:
    shutil.copytree(HARBOR / "desk", tmp_path / "changes" / "desk")
    arguments = ["new", "Night Cutover 3.1", "--kind", "whole-kind", "--owner", "change-owners"]
    done = CliRunner().invoke(main, [*arguments, "--book", str(tmp_path / "changes")])
    assert done.exit_code == 0, done.output
    text = (tmp_path / "changes" / "night-cutover-3-1.yaml").read_text("utf-8")
    assert re.findall(r"^#   - case: ([a-z-]+) +# (.+)$", text, flags=re.M) == [
        ("nobody-found", "A person is not found"),
        ("late-answer", "The answer comes late"),
    ]
    draft = load(tmp_path / "changes").book
    assert draft
    page = text_of(readiness_sheet(draft, "night-cutover-3-1"))
    assert "A person is not found" in page
    assert "The answer comes late" in page
