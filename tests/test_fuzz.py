"""A short run of the fuzzer: real records, changed at random, are told what is wrong or rendered, and nothing fails."""

from __future__ import annotations

import sys
from pathlib import Path

from conftest import ROOT

sys.path.insert(0, str(ROOT / "tests" / "bench"))
from fuzz import MUTATORS, Books


def test_mutations_bring_problems_and_never_an_exception(tmp_path: Path) -> None:
    books = Books(tmp_path)
    outcomes = [books.mutate(1, number) for number in range(250)]
    assert [outcome.failure for outcome in outcomes if outcome.failure] == []
    assert {outcome.how.split()[0] for outcome in outcomes} == {mutator.__name__ for mutator in MUTATORS}
    assert any(outcome.problems for outcome in outcomes)
    assert not all(outcome.problems for outcome in outcomes)
