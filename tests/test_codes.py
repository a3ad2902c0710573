"""The codes of playbooks: typed into search, and given to new ones."""

from __future__ import annotations

import pytest

from changebook.book import Book
from changebook.book.codes import codes_gone, codes_used, next_code
from changebook.exports.drift import drifted
from changebook.exports.given_out import HeldReply
from changebook.search.index import Index
from changebook.tickets.tying import Ties


@pytest.fixture(scope="module")
def index(harbor: Book) -> Index:
    return Index(harbor)


@pytest.mark.slow
@pytest.mark.parametrize("typed", ["PB-002", "pb-002", "pb2", "PB 2", "pb002", "the ticket says PB-002"])
def test_a_code_typed_in_any_way_finds_its_playbook_first(index: Index, typed: str) -> None:
    assert index.ask(typed).hits[0].document.address == "playbooks/no-sign-in/"


@pytest.mark.parametrize("typed", ["PB-041", "pb41", "an old ticket says PB-041"])
def test_the_code_of_a_playbook_that_is_gone_finds_its_successor_first(index: Index, typed: str) -> None:
    assert index.ask(typed).hits[0].document.address == "playbooks/late-result/"


def test_a_code_that_is_gone_is_never_the_next_one_that_is_free(harbor: Book) -> None:
    assert codes_gone(harbor.desk) == {"PB-041": "PB-001", "PB-042": ""}
    assert next_code(codes_used(harbor.desk)) == "PB-043"


def test_a_reply_of_a_playbook_that_is_gone_is_withdrawn(harbor: Book) -> None:
    held = [
        HeldReply(f"{code}: Late lab result", "Thank you.", offered=True) for code in ("PB-041", "PB-042", "PB-043")
    ]
    found = {item.reference: (item.kind, item.what) for item in drifted(harbor, held).drifts if item.kind != "missing"}
    assert found == {
        "PB-041": ("withdrawn", "still offered, and its playbook is gone; PB-001 took its place"),
        "PB-042": ("withdrawn", "still offered, and its playbook is gone"),
        "PB-043": ("unknown", "the book has no playbook of this code"),
    }


@pytest.mark.parametrize(("named", "counted"), [("PB-041", "PB-001"), ("PB-001", "PB-001"), ("PB-042", "")])
def test_a_ticket_that_names_a_code_that_is_gone_counts_for_its_successor(
    harbor: Book, named: str, counted: str
) -> None:
    assert Ties(harbor).tie(f"Sent {named} to the caller", harbor.now, "results/late").playbook == counted


def test_the_next_code_is_above_the_highest() -> None:
    assert next_code([]) == "PB-001"
    assert next_code({"PB-002", "PB-009"}) == "PB-010"
    assert next_code({"PB-999"}) == "PB-1000"
