"""Several playbooks of one scenario in one change: each has its own page, sayings and entries in lists and search."""

from __future__ import annotations

from dataclasses import replace

import pytest

from changebook.book import Book
from changebook.model import Change, Playbook
from changebook.pages import pages_of
from changebook.pages.filling import block_of
from changebook.review.searches import searches_of
from changebook.search.index import Index
from changebook.since.items import NameWords, items_of
from changebook.views.change import symptoms_of
from changebook.views.contract import exchanges
from changebook.views.desk import responses_of
from changebook.views.launch import guides
from changebook.views.lists import heard
from changebook.views.playbook import playbook_page
from changebook.views.rehearsals import rehearsal_page
from changebook.views.support_tests import support_script
from changebook.views.symptoms import symptoms_by_subject
from golden_texts import text_of

FOLDER = "changes/complete-change/playbooks/"
FIRST, SECOND = f"{FOLDER}patient-not-found/", f"{FOLDER}score-of-yesterday/"
SECOND_SAYS = "the number beside her is from yesterday"


@pytest.fixture
def two(book: Book) -> Book:
    """The small desk with a change that has two playbooks of one scenario; a code of its contract leads to each."""
    change = book.changes["complete-change"]
    second = Playbook.model_validate(
        {
            "scenario": "patient-not-found",
            "title": "Score of yesterday",
            "callers_say": (SECOND_SAYS,),
            "codes": ("SRC-404",),
            "must_find": ("score from yesterday",),
            "first_response": "Thank you. That score is a day old.",
        }
    )
    return with_playbooks(book, change, *change.playbooks, second)


def with_playbooks(book: Book, change: Change, *playbooks: Playbook) -> Book:
    changed = change.model_copy(update={"playbooks": playbooks})
    return replace(book, changes={**book.changes, change.id: changed})


def test_the_first_keeps_the_scenarios_address_and_a_further_one_has_its_titles(two: Book) -> None:
    pages = {page.address: page for page in pages_of(two) if page.address.startswith(FOLDER)}
    assert {address: page.title for address, page in pages.items()} == {
        FIRST: "No score beside the name - Complete Change",
        SECOND: "Score of yesterday - Complete Change",
    }
    assert [page.spot and page.spot.steps for page in pages.values()] == [("playbooks", 0), ("playbooks", 1)]
    assert "That score is a day old." in text_of(block_of(pages[SECOND], two), two)
    assert "That score is a day old." not in text_of(block_of(pages[FIRST], two), two)


def test_an_only_playbook_keeps_its_address_whatever_its_title(two: Book) -> None:
    change = two.changes["complete-change"]
    alone = with_playbooks(two, change, change.playbooks[1])
    assert [page.address for page in pages_of(alone) if page.address.startswith(FOLDER)] == [FIRST]


def test_each_leads_to_the_other_by_what_its_callers_say_first(two: Book) -> None:
    change, scenario = two.changes["complete-change"], two.scenario("patient-not-found")
    first, second = (
        playbook_page(two, scenario, change=change, name=name) for name in ("patient-not-found", "score-of-yesterday")
    )
    assert (first.elsewhere[-1].when, first.elsewhere[-1].playbook.address) == (
        f"The caller says \N{LEFT DOUBLE QUOTATION MARK}{SECOND_SAYS}\N{RIGHT DOUBLE QUOTATION MARK}",
        SECOND,
    )
    assert second.elsewhere[-1].playbook.address == FIRST
    assert SECOND not in [item.playbook.address for item in second.elsewhere]
    assert playbook_page(two, scenario).elsewhere == playbook_page(two, scenario, change=None).elsewhere
    assert not [item for item in playbook_page(two, scenario).elsewhere if SECOND_SAYS in item.when]


def test_a_code_leads_to_the_playbook_that_names_it(two: Book) -> None:
    change = two.changes["complete-change"]
    assert [(item.address, item.codes) for item in symptoms_of(two, change)] == [
        (FIRST, ("SRC-409",)),
        (SECOND, ("SRC-404",)),
    ]
    answers = [answer for exchange in exchanges(two, change) for answer in exchange.answers]
    assert [item.playbook.address for item in answers if item.playbook] == [SECOND]
    assert [line.playbook and line.playbook.address for line in support_script(two, change).cases] == [SECOND]
    # Without a code of its own, the first answers.
    plain = change.playbooks[1].model_copy(update={"codes": ()})
    other = with_playbooks(two, change, change.playbooks[0], plain)
    first, second = symptoms_of(other, other.changes["complete-change"])
    assert (first.codes, second.codes) == (("SRC-409", "SRC-404"), ())


def test_lists_have_a_line_for_each(two: Book) -> None:
    change = two.changes["complete-change"]
    assert [item.address for item in heard(two)] == [FIRST, SECOND]
    assert [(item.playbook.address, item.anchor) for item in responses_of(two, change)] == [
        (FIRST, "complete-change--patient-not-found"),
        (SECOND, "complete-change--score-of-yesterday"),
    ]
    assert [page.address for page in guides(two, change)] == [FIRST, SECOND]
    reported = [item for subject in symptoms_by_subject(two).subjects for item in subject.symptoms]
    (found,) = [item for item in reported if item.scenario.id == "patient-not-found"]
    assert found.new
    assert found.new.address == FIRST
    assert [item.address for item in found.more] == [SECOND]
    assert [card.playbook.address for card in rehearsal_page(two, change).cards] == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("words", "address"), [("there is no score", FIRST), (SECOND_SAYS, SECOND), ("score of yesterday", SECOND)]
)
def test_search_finds_each_by_its_own_words(two: Book, words: str, address: str) -> None:
    found = Index(two).ask(words).hits[0].document
    assert (found.address, found.card["say"]) == (
        address,
        {
            FIRST: "Thank you. The search is new; I call you by [time + 10 min].\n\nReference: PB-002 Complete Change",
            SECOND: "Thank you. That score is a day old.\n\nReference: PB-002 Complete Change",
        }[address],
    )


def test_a_general_playbooks_row_names_the_change_that_adds_two_to_it_once(two: Book) -> None:
    first = Index(two).ask("she is not in the list").hits[0]
    assert (first.document.address, first.also) == ("playbooks/patient-not-found/", ("complete-change",))


def test_what_must_be_found_is_looked_for_on_the_right_page(two: Book) -> None:
    promised = {search.words: search.address for search in searches_of(two)}
    assert (promised["the score is gone"], promised["score from yesterday"]) == (FIRST, SECOND)


def test_what_changed_since_names_each_on_its_own(two: Book) -> None:
    keys = items_of(two.changes["complete-change"], NameWords(two.desk))
    assert [key.id for key in keys if key.what == "playbook"] == ["patient-not-found", "score-of-yesterday"]
