"""Articles that must be read again show, by owner; so do those that nobody has written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import pytest

from changebook.book import Book
from changebook.views.due import review_due
from changebook.views.finding import Folded
from changebook.views.playbook import playbook_page
from changebook.views.upkeep import to_read_again, to_write
from conftest import GOOD, load

T = TypeVar("T")
Loader = Callable[..., Book]
DRAFT = """\
name: Small Draft
kind: asked-change
status: draft
owner: interfaces
sentence: It is new.
"""


@pytest.fixture
def edited(small: Path) -> Loader:
    """Load the small desk with the complete change, after replacing texts: file, old, new."""

    def loaded(*edits: tuple[str, str, str], draft: str = "") -> Book:
        shutil.copy(GOOD / "complete-change.yaml", small)
        if draft:
            (small / "small-draft.yaml").write_text(draft, encoding="utf-8")
        for name, old, new in edits:
            text = (small / name).read_text("utf-8")
            assert old in text
            (small / name).write_text(text.replace(old, new), encoding="utf-8")
        found = load(small)
        assert found.book
        assert [problem for problem in found.problems if not problem.gap] == []
        return found.book

    return loaded


def lines(articles: Folded[T]) -> list[T]:
    """Return what is shown at first and what is folded."""
    return [*articles.shown, *articles.rest]


def again(book: Book) -> list[tuple[str, int, list[tuple[str, str]]]]:
    """Return what each team has to read again, as the page shows it."""
    return [
        (reading.team.name, reading.late, [(item.link.title, item.review.words) for item in lines(reading.articles)])
        for reading in to_read_again(book)
    ]


def written(book: Book) -> list[tuple[str, list[str]]]:
    """Return what each team has to write, as the page shows it."""
    return [(writing.team.name, [item.what for item in lines(writing.articles)]) for writing in to_write(book)]


PATIENT = "desk/scenarios/patient-not-found.yaml"
RESULT = "desk/scenarios/late-result.yaml"


@pytest.mark.parametrize(
    ("day", "late", "words"),
    [
        (date(2026, 11, 30), True, "3 days late"),
        (date(2026, 12, 2), True, "1 day late"),
        (date(2026, 12, 3), False, "Due today"),
        (date(2026, 12, 4), False, "Review by Fri 4 Dec"),
        (date(2027, 1, 4), False, "Review by Mon 4 Jan 2027"),
    ],
)
def test_a_review_date_is_late_the_day_after(book: Book, day: date, late: bool, words: str) -> None:
    due = review_due(day, book.now)
    assert (due.late, due.words) == (late, words)
    assert (due.passes <= book.now) == late
    assert (due.passes.hour, due.passes.tzinfo) == (0, book.now.tzinfo)


def test_nothing_is_read_again_while_every_date_is_far(edited: Loader) -> None:
    assert to_read_again(edited()) == []


def test_playbooks_and_changes_in_use_are_read_again_by_owner_the_latest_first(edited: Loader) -> None:
    book = edited(
        (PATIENT, "review_by: 2027-05-01", "review_by: 2027-01-02"),
        (RESULT, "review_by: 2027-06-01", "review_by: 2026-12-01"),
        ("complete-change.yaml", "review_by: 2027-03-02", "review_by: 2026-12-20"),
    )
    assert again(book) == [
        ("Interfaces", 1, [("Result is late", "2 days late"), ("Complete Change", "Review by Sun 20 Dec")]),
        ("Records Team", 0, [("Patient not found", "Review by Sat 2 Jan 2027")]),
    ]


def test_the_thirty_first_day_is_not_near(edited: Loader) -> None:
    assert again(edited((PATIENT, "review_by: 2027-05-01", "review_by: 2027-01-03"))) == []


@pytest.mark.parametrize("status", ["draft", "closed"])
def test_the_pages_of_a_change_that_is_not_in_use_are_not_read_again(edited: Loader, status: str) -> None:
    record = "complete-change.yaml"
    book = edited(
        (record, "status: live", f"status: {status}"), (record, "review_by: 2027-03-02", "review_by: 2026-12-20")
    )
    assert again(book) == []


def test_a_test_case_without_a_playbook_is_missing(edited: Loader) -> None:
    assert written(edited()) == [("Front Desk", ["Test case: The answer comes late"])]
    test = "  - case: nobody-found\n    answer: SRC-404"
    book = edited(("complete-change.yaml", test, "  - case: late-answer\n    user_sees: A clock.\n" + test))
    assert ("Interfaces", ["Test case: The answer comes late"]) in written(book)


def test_a_group_that_finds_no_answer_of_its_own_is_missing_it(edited: Loader) -> None:
    question = "  - {question: What is new?, answer: All., groups: [clerks]}\n"
    asked = f"{DRAFT}affects: {{groups: [clerks, nurses]}}\nquestions:\n{question}"
    missing = to_write(edited(draft=asked))[-1]
    assert [item.what for item in missing.articles.shown] == ["Question of Nurses"]
    assert missing.articles.shown[0].needed_by
    assert missing.articles.shown[0].needed_by.address == "changes/small-draft/faq/"


def test_a_code_that_no_playbook_lists_is_missing(edited: Loader) -> None:
    record = "complete-change.yaml"
    code = (record, "- code: SRC-404\n", "- code: SRC-500\n")
    case = (record, "answer: SRC-404", "answer: SRC-500")
    named = (record, "          scenario: patient-not-found\n", "")
    assert "Code SRC-500" not in str(written(edited(code, case)))
    assert ("Interfaces", ["Code SRC-500"]) in written(edited(code, case, named))


def test_a_ticket_category_that_no_playbook_files_under_is_missing(edited: Loader) -> None:
    category = (
        "desk/categories.yaml",
        "results/late:",
        "results/wrong:\n  name: Wrong\n  team: interfaces\nresults/late:",
    )
    affected = f"{DRAFT}affects: {{categories: [results/late, results/wrong]}}\n"
    assert ("Interfaces", ["Ticket category Wrong"]) in written(edited(category, draft=affected))


def test_a_long_list_says_how_many_more_there_are(edited: Loader) -> None:
    cases = "".join(f"case-{number}: {{name: Case {number}, do: Try it.}}\n" for number in range(13))
    (writing,) = to_write(edited(("desk/cases.yaml", "nobody-found:", f"{cases}nobody-found:")))
    assert (len(writing.articles.shown), writing.articles.total, writing.more) == (3, 12, 2)


def test_the_playbook_of_a_change_shows_when_its_scenario_is_read_again(edited: Loader) -> None:
    book = edited((PATIENT, "review_by: 2027-05-01", "review_by: 2026-12-01"))
    scenario, change = book.scenario("patient-not-found"), book.change("complete-change")
    assert playbook_page(book, scenario, change=change).review.late
    assert playbook_page(book, scenario).review.passes == datetime(2026, 12, 2, tzinfo=book.now.tzinfo)


def test_the_page_lists_what_is_late_with_its_owner_and_number(site: Path) -> None:
    page = (site / "upkeep" / "index.html").read_text("utf-8")
    listed = page.partition('id="again-revenue-cycle"')[2].partition("</ul>")[0]
    assert "Revenue Cycle Applications" in listed
    assert 'href="tel:4475"' in listed
    assert 'href="../playbooks/eligibility-check-fails/"' in listed
    assert "6 days late" in listed


def test_a_late_playbook_says_so_and_another_says_its_day(site: Path) -> None:
    late = (site / "playbooks" / "eligibility-check-fails" / "index.html").read_text("utf-8")
    assert 'data-cb-due="2026-11-28T00:00-06:00" data-overdue' in late
    assert "Late, review was due Fri 27 Nov" in late
    other = (site / "playbooks" / "failed-patient-lookup" / "index.html").read_text("utf-8")
    assert 'data-cb-due="2027-03-03T00:00-06:00">' in other
    assert "Review by Tue 2 Mar 2027" in other
