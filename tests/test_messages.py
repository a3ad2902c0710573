"""Every message is seen: each that the source can print is asserted whole for a bad record, and so is each rule."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from changebook.book import Book
from changebook.checking.loaded import Loaded
from changebook.checks import CHECKS
from changebook.naming.finder import NameFinder
from changebook.naming.outside import wrong_in_file
from changebook.readiness import change_rules, desk_rules, gap_names
from message_templates import templates
from messages import book_of, cases, recorded, said

# Whose messages are all recorded.
COVERED = (
    "characters",
    "checks",
    "source/complaints",
    "source/events",
    "checking/loading",
    "model",
    "names",
    "naming",
    "privacy",
    "readiness",
    "schedule",
    "search/finding",
    "search/own_words",
    "source/reading",
)
# Texts of these that are no messages: a name of a checkpoint, the sentence of a new draft, and what libyaml says; and
# what the system says of a file, which is asserted in `test_system.py`.
NO_MESSAGES = {
    *("Impacted user groups", "is being prepared; nothing has changed yet."),
    *("mapping values are not allowed", "expected ':'", "block sequence entries"),
    "cannot be read: {}; check the file",
    # Words for two changes that share more of one kind, and for one that goes live as the other ends.
    *("{} other user group", "{} other ticket category", "{} other partner", "{} other playbook", "right before {}"),
    *("{} user group", "{} ticket category", "{} partner", "{} playbook", "right after {}"),
}
# No book can have it on every system.
UNREAD = "not read: Is a directory; check the file"
CASES = cases()


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Loaded]:
    """The book of every case."""
    folder = tmp_path_factory.mktemp("cases")
    return {name: book_of(case, folder / str(number)) for number, (name, case) in enumerate(CASES.items())}


@pytest.mark.parametrize("name", CASES)
def test_a_bad_record_is_told_all_that_is_wrong_in_whole_messages(books: dict[str, Loaded], name: str) -> None:
    assert said(books[name]) == CASES[name]["says"]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (problem,) = wrong_in_file(tmp_path, Path("docs/a.md"), NameFinder([]))
    assert problem.message == UNREAD


@pytest.mark.slow
@pytest.mark.parametrize("module", COVERED)
def test_every_message_of_a_module_is_asserted_whole_somewhere(module: str) -> None:
    every, seen = list(templates(module)), [*recorded(), UNREAD]
    assert every
    unseen = [
        f"{template.where}: {template.text}"
        for template in every
        if template.text not in NO_MESSAGES and not any(template.pattern.search(message) for message in seen)
    ]
    assert unseen == []


def test_every_check_finds_something_in_a_bad_record(books: dict[str, Loaded]) -> None:
    every = [loaded.book for loaded in books.values() if loaded.book]
    found = {check.__name__ for check in CHECKS if any(next(check(book), None) for book in every)}
    assert found == {check.__name__ for check in CHECKS}


def test_every_rule_of_the_gate_finds_a_gap_in_a_bad_record(books: dict[str, Loaded]) -> None:
    every = [loaded.book for loaded in books.values() if loaded.book]
    rules = {rule.__name__ for rule in change_rules() for book in every if _gaps(rule, book)}
    rules |= {rule.__name__ for rule in desk_rules() for book in every if any(rule(book))}
    assert rules == {rule.__name__ for rule in (*change_rules(), *desk_rules())}


def test_every_name_of_a_gap_is_in_a_message() -> None:
    seen = {message.rpartition("(")[2].partition("/")[0].rstrip(")") for message in recorded()}
    assert set(gap_names()) - seen == set()


def _gaps(rule: Any, book: Book) -> bool:
    return any(gap for change in book.changes.values() for gap in rule(change, book))
