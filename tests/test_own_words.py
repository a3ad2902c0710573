"""Whether a playbook is found by what its callers say, with a word left out: a gap of `changebook check --search`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from changebook.cli import main
from changebook.search.own_words import without_rarest
from conftest import SAMPLE, lines, load

OFTEN = Counter({"the": 9, "lab": 3, "says": 3, "it": 5, "is": 5, "done": 1, "released": 1})
SAYINGS = [
    "the result is late and the ward waits for the late result",
    "late result, the result is overdue",
    "result of the lab is late again, still a late result",
]


@pytest.mark.parametrize(
    ("saying", "left"),
    [
        ("the lab says it is done", "the lab says it is"),
        ("The lab: done", "The lab:"),
        ("lab done, lab released", "lab done, lab"),  # as rare, and longer
        ("nothing anybody lab", "anybody lab"),  # the first of two as long
        ("done", "done"),
    ],
)
def test_the_rarest_word_is_left_out(saying: str, left: str) -> None:
    assert without_rarest(saying, OFTEN) == left


def with_sayings(folder: Path, sayings: list[str]) -> list[str]:
    """Return the problems of the small book whose one playbook on late results has `sayings`."""
    file = folder / "desk" / "scenarios" / "late-result.yaml"
    text = file.read_text("utf-8")
    said = "".join(f"  - {saying}\n" for saying in sayings)
    assert "  - the lab says it is done\n" in text
    file.write_text(text.replace("  - the lab says it is done\n", said), encoding="utf-8")
    return [line for line in lines(load(folder, search=True)) if "late-result.yaml" in line and "rarest" in line]


def test_three_sayings_that_share_their_words_find_their_playbook(small: Path) -> None:
    assert with_sayings(small, SAYINGS) == []


def test_a_playbook_that_too_few_of_its_sayings_find_is_a_gap_at_its_sayings(small: Path) -> None:
    (line,) = with_sayings(small, [*SAYINGS[:2], "it is a giraffe", "zebra it is"])
    assert line.startswith("changes/desk/scenarios/late-result.yaml:9:")
    assert "2 of 4 find this playbook with their rarest word left out, 3 at least should" in line


def test_it_is_tried_only_when_asked_for_and_fails_nothing(small: Path) -> None:
    assert [line for line in lines(load(small)) if "rarest" in line] == []
    done = CliRunner().invoke(main, ["check", "--search", str(small)])
    assert "rarest word left out" in done.output
    assert done.exit_code == 0


@pytest.mark.slow
def test_every_playbook_of_the_sample_is_found_by_its_own_sayings() -> None:
    assert [line for line in lines(load(SAMPLE, search=True)) if "rarest" in line] == []
