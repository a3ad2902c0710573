"""What is not the desk's to do, and whom to call: in the model, on the On call page, and as documents of search."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from changebook.book import Book
from changebook.names import team_address
from changebook.pages import blocks
from changebook.search.document import Document
from changebook.search.documents import documents_of
from changebook.search.files import key_targets
from changebook.search.hand import HandSection
from changebook.search.kinds import KINDS
from changebook.views.elsewhere import not_this_desk
from conftest import lines, load
from golden_texts import book as golden_book
from golden_texts import html_of

PRINTERS = """\
printers:
  what: Printers and toner
  words: [out of toner, paper jam, copier is broken]
  name: Print Shop
  phone: "4720"
"""


def documents(book: Book, kind: str) -> dict[str, Document]:
    """Return the documents of a kind by their titles."""
    every = documents_of(book)
    return {item.title: item for item in (*every.symptoms, *every.more) if item.kind == kind}


# The list


def test_a_book_without_the_list_is_right_and_has_no_such_block(small: Path) -> None:
    assert not (small / "desk" / "elsewhere.yaml").exists()
    loaded = load(small)
    assert lines(loaded) == []
    assert loaded.book
    assert "Not this desk" not in html_of(blocks.on_call(loaded.book), loaded.book)


def test_three_words_and_a_number_are_enough(small: Path) -> None:
    (small / "desk" / "elsewhere.yaml").write_text(PRINTERS, encoding="utf-8")
    loaded = load(small)
    assert lines(loaded) == []
    assert loaded.book
    (item,) = not_this_desk(loaded.book)
    assert (item.call, item.hours, item.note, item.rota) == ("Print Shop, 4720", "", "", None)


def test_two_lines_under_one_id_are_a_problem(small: Path) -> None:
    (small / "desk" / "elsewhere.yaml").write_text(PRINTERS + PRINTERS, encoding="utf-8")
    assert any(re.search(r"elsewhere\.yaml:6:1: .*'printers'", line) for line in lines(load(small)))


def test_a_line_of_one_of_the_desks_teams_has_its_number_and_hours() -> None:
    snooping, toner = not_this_desk(golden_book())
    team = golden_book().desk.teams["privacy-office"]
    assert (snooping.name, snooping.phone) == (team.name, team.phone)
    assert snooping.rota
    assert snooping.rota.ids.split()[0] == team.id
    assert toner.rota is None


def test_the_page_dials_each_number_at_the_address_that_search_leads_to() -> None:
    html = html_of(blocks.on_call(golden_book()))
    assert '<tr id="not-toner" data-cb-is="elsewhere">' in html
    assert 'href="tel:3001"' in html
    assert {item.address for item in documents(golden_book(), "elsewhere").values()} == {
        "on-call/#not-toner",
        "on-call/#not-snooping",
    }


# Documents


def test_what_is_not_the_desks_is_found_as_a_symptom_is_and_says_whom_to_call() -> None:
    every = documents_of(golden_book())
    toner = next(item for item in every.symptoms if item.title == "Toner and paper")
    assert (toner.kind, toner.change, toner.scenario) == ("elsewhere", "", "")
    assert toner.fields["callers"] == ("golden printer is empty", "golden paper jam", "golden copier")
    assert toner.card["label"] == "Not this desk"
    assert toner.card["line"].startswith("Print Shop, 3001, ")
    assert toner.card["phone"] == "3001"


def test_playbooks_and_changes_come_before_what_is_not_the_desks() -> None:
    kinds = [item.kind for item in documents_of(golden_book()).symptoms]
    assert kinds.index("elsewhere") == len(kinds) - 2
    assert kinds[-2:] == ["elsewhere", "elsewhere"]


def test_a_team_is_found_by_its_number_its_queue_its_categories_and_its_systems() -> None:
    desk = golden_book().desk
    owners = documents(golden_book(), "team")["Search Category Team"]
    category = next(item for item in desk.categories.values() if item.team == "search-category")
    assert {"2027", "Q-CAT-SEARCH", category.name, category.id} <= set(owners.keys)
    assert "Chart" in documents(golden_book(), "team")["Chart Owners"].fields["about"]


def test_every_team_has_a_row_on_the_page_and_says_who_answers() -> None:
    teams = documents(golden_book(), "team")
    for team in golden_book().desk.teams.values():
        document = teams[team.name]
        assert document.address == team_address(team.id) == f"on-call/#{team.id}"
        assert document.card["phone"] == team.phone
        assert document.card["duty"]["line"].split()[0] == team.id
        assert team.phone in document.card["line"]


def test_the_team_that_leads_the_desk_is_the_desk_lead() -> None:
    leads = [item.title for item in documents(golden_book(), "team").values() if "desk lead" in item.keys]
    assert leads == ["Bridge Leads"]


@pytest.mark.parametrize("words", ["on call", "who is on call", "phone list", "phone numbers"])
def test_the_page_with_every_number_has_the_words_that_ask_for_it(words: str) -> None:
    page = documents(golden_book(), "team")["On call"]
    assert page.address == "on-call/"
    assert words in page.keys
    assert words in page.fields["callers"]


def test_a_book_without_a_lead_has_the_page_and_calls_nobody_for_it() -> None:
    book = golden_book()
    alone = replace(book, desk=replace(book.desk, settings=book.desk.settings.model_copy(update={"lead": None})))
    assert "duty" not in documents(alone, "team")["On call"].card


def test_a_system_calls_its_owner_and_a_partner_has_its_own_number() -> None:
    desk = golden_book().desk
    chart = documents(golden_book(), "system")["Chart"].card
    assert (chart["phone"], chart["duty"]["line"]) == (desk.teams["chart-owners"].phone, "chart-owners")
    far = documents(golden_book(), "partner")["Far Labs"]
    assert far.card["line"].startswith("Far Labs support line, +1 555 3001. ")
    assert (far.card["phone"], far.card["duty"]["line"]) == ("+1 555 3001", "link-owners")
    assert far.keys == ("+1 555 3001",)


def test_a_partner_without_a_number_and_a_system_of_its_own_calls_nobody() -> None:
    near = documents(golden_book(), "partner")["Near Clinics"]
    assert set(near.card) == {"line"}
    assert near.keys == ()


def test_every_kind_says_what_it_is() -> None:
    assert KINDS["team"].label == "Team"
    assert KINDS["elsewhere"].label == "Not this desk"


def test_a_hand_written_page_about_the_same_numbers_is_told_of_once(sample: Book) -> None:
    section = HandSection("on-call/", "On call", "On call", ("Every team.",))
    nights = HandSection("on-call/#nights", "Nights", "On call", ("Who answers at night.",))
    more = documents_of(sample, [section, nights]).more
    assert [item.address for item in more].count("on-call/#nights") == 1


def test_keys_of_a_team_lead_to_its_row_which_has_no_hub() -> None:
    every = documents_of(golden_book())
    found = key_targets(every)
    for key, address in (
        ("2027", "on-call/#search-category"),
        ("on call", "on-call/"),
        ("+1 555 3001", "partners/far-labs/"),
    ):
        hub, number = found[key]
        assert hub == -1
        assert every.more[-number - 1].address == address


# The sample


def test_the_samples_list_is_as_a_desk_lead_writes_it(sample: Book) -> None:
    listed = sample.desk.elsewhere
    assert len(listed) >= 25
    assert all(6 <= len(item.words) <= 15 for item in listed.values())
    numbers = {team.phone for team in sample.desk.teams.values()}
    assert [item.what for item in listed.values() if item.phone in numbers] == []


def test_the_samples_list_has_no_words_of_a_playbook(sample: Book) -> None:
    said = {words.casefold() for scenario in sample.desk.scenarios.values() for words in scenario.callers_say}
    assert [word for item in sample.desk.elsewhere.values() for word in item.words if word.casefold() in said] == []
