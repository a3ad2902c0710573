"""`changebook known-error`: what it adds, what it changes of one that is there, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from changebook.cli import main
from changebook.model.launch import KnownError
from conftest import GOOD, load

NAME, AT = "complete-change", "2026-12-03 09:00"
NEW = ["KE-9", "Results without a score", "--workaround", "Ask for the date of birth.", "--severity", "high"]


@pytest.fixture
def record(small: Path) -> Path:
    """The complete change in the small desk."""
    file = small / f"{NAME}.yaml"
    file.write_bytes((GOOD / f"{NAME}.yaml").read_bytes())
    return file


def run(record: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        main, ["known-error", NAME, *arguments, "--book", str(record.parent), "--today", AT, "--yes"]
    )


def errors_in(record: Path) -> dict[str, KnownError]:
    loaded = load(record.parent, today=AT)
    assert [str(found) for found in loaded.problems if not found.gap] == []
    assert loaded.book
    return {error.number: error for error in loaded.book.changes[NAME].known_errors}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_new_one_is_added_below_the_others_and_every_other_byte_stays(record: Path, ending: str) -> None:
    before = record.read_text("utf-8").replace("known_errors:\n", "known_errors:  # ranked by the page\n")
    record.write_bytes(before.replace("\n", ending).encode())
    assert run(record, *NEW, "--affected", "9000", "--scenario", "patient-not-found").exit_code == 0
    kept, rest = before.split("retrospective:\n")
    added = """  - id: KE-9
    title: Results without a score
    scenario: patient-not-found
    workaround: Ask for the date of birth.
    state: open
    severity: high
    affected: 9000
    owner: interfaces
"""
    assert record.read_bytes().decode() == f"{kept}{added}retrospective:\n{rest}".replace("\n", ending)


def test_of_one_that_is_there_only_what_is_new_is_written(record: Path) -> None:
    before = record.read_text("utf-8")
    assert run(record, "ke 1", "--state", "fixed", "--tickets", "7").exit_code == 0
    assert record.read_text("utf-8") == before.replace("state: open", "state: fixed").replace(
        "tickets: 4", "tickets: 7"
    )
    error = errors_in(record)["KE-1"]
    assert (error.state, error.tickets, error.affected) == ("fixed", 7, 12)


def test_the_first_one_of_a_change_makes_the_list(record: Path) -> None:
    above, _, below = record.read_text("utf-8").partition("known_errors:\n")
    record.write_text(above + below[below.index("updates:") :], encoding="utf-8")
    assert run(record, *NEW, "--owner", "records-team").exit_code == 0
    assert errors_in(record)["KE-9"].owner == "records-team"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["KE-9", "A title"], 1, "no known error 'KE-9'; to add it, give --workaround and --severity"),
        (["KE-9", "--state", "fixed"], 1, "give TITLE and --workaround and --severity"),
        (["KE-1"], 1, "has KE-1 already; say what is new, such as --state fixed"),
        (["KE-1", " "], 2, "nothing is written here"),
        ([*NEW, "--owner", "record-team"], 1, "did you mean 'records-team'?"),
        ([*NEW, "--confusion", "soon"], 1, "'soon' is not a duration"),
        ([*NEW, "--affected", "-1"], 2, "not in the range"),
    ],
)
def test_what_callers_could_not_use_is_refused(record: Path, arguments: list[str], code: int, said: str) -> None:
    before = record.read_bytes()
    done = run(record, *arguments)
    assert (done.exit_code, said in " ".join(done.output.split())) == (code, True), done.output
    assert record.read_bytes() == before
