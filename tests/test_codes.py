"""The codes of playbooks: typed into search, and given to new ones."""

from __future__ import annotations

import pytest

from changebook.book import Book
from changebook.book.codes import next_code
from changebook.search.index import Index


@pytest.fixture(scope="module")
def index(harbor: Book) -> Index:
    return Index(harbor)


@pytest.mark.parametrize("typed", ["PB-002", "pb-002", "pb2", "PB 2", "pb002", "the ticket says PB-002"])
def test_a_code_typed_in_any_way_finds_its_playbook_first(index: Index, typed: str) -> None:
    assert index.ask(typed).hits[0].document.address == "playbooks/no-sign-in/"


def test_the_next_code_is_above_the_highest() -> None:
    assert next_code([]) == "PB-001"
    assert next_code({"PB-002", "PB-009"}) == "PB-010"
    assert next_code({"PB-999"}) == "PB-1000"
