"""Records that are right, and records that are wrong with what is said of them: a case is a file."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from conftest import GOOD, ROOT, lines, load

BAD = ROOT / "tests" / "records" / "bad"


@pytest.mark.parametrize("case", sorted(GOOD.glob("*.yaml")), ids=lambda case: case.stem)
def test_a_good_record_has_no_problem(small: Path, case: Path) -> None:
    shutil.copy(case, small)
    assert lines(load(small)) == []


@pytest.mark.parametrize("case", sorted(BAD.glob("*.yaml")), ids=lambda case: case.stem)
def test_a_bad_record_is_told_what_is_wrong(small: Path, case: Path) -> None:
    shutil.copy(case, small)
    assert lines(load(small)) == case.with_suffix(".txt").read_text(encoding="utf-8").splitlines()


def test_a_record_that_stays_is_read_again_once_the_desk_has_another_zone(small: Path) -> None:
    shutil.copy(GOOD / "complete-change.yaml", small)
    desk, starts = small / "desk" / "book.yaml", []
    for zone in ("America/Chicago", "America/New_York", "America/Chicago"):
        desk.write_text(re.sub("(?m)^zone: .*", f"zone: {zone}", desk.read_text("utf-8")), encoding="utf-8")
        book = load(small).book
        assert book
        window = book.change("complete-change").window
        assert window
        starts.append(str(window.start)[-6:])
    assert starts == ["-06:00", "-05:00", "-06:00"]


@pytest.mark.slow
def test_all_problems_of_all_files_come_in_one_run(small: Path) -> None:
    cases = [case for case in sorted(BAD.glob("*.yaml")) if case.stem != "former-name-twice"]
    for case in cases:
        shutil.copy(case, small)
    problems = load(small).problems
    named = {problem.path.stem for problem in problems}
    assert named == {case.stem for case in cases}
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)
    assert problems == sorted(problems)
