"""`changebook new`: a draft that passes the check as written, and becomes a record by filling it in."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from building import quick_program
from changebook.book.folding import still_different
from changebook.cli import main
from changebook.model import Change
from changebook.model.record import key_of
from conftest import GOOD, HARBOR, SAMPLE, SMALL, lines, load


def values(file: Path) -> dict[str, Any]:
    return dict(yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader))


KINDS = sorted(values(HARBOR / "desk" / "kinds.yaml"))
# What is said of a value that is still to be written.
STILL_EMPTY = ("nothing is written here;", "the list is empty;", "found nothing")


def new(book: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["new", "--book", str(book), *arguments])


def uncommented(text: str) -> str:
    """Return a record as it is once all its sections are taken out of their comments."""
    head, _, rest = text.partition("\n")
    return head + "\n" + re.sub(r"^#(?: |(?=#))", "", rest, flags=re.M)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A copy of the desk of the tests' own book, without changes."""
    shutil.copytree(HARBOR / "desk", tmp_path / "changes" / "desk")
    return tmp_path / "changes"


@pytest.fixture
def changes(tmp_path: Path) -> Path:
    """A copy of the tests' own book."""
    return Path(shutil.copytree(HARBOR, tmp_path / "changes"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_record_of_each_kind_is_right_at_once(desk: Path, kind: str) -> None:
    done = new(desk, "Night Cutover 3.1", "--kind", kind, "--owner", "change-owners")
    assert done.exit_code == 0, done.output
    assert lines(load(desk)) == []
    text = (desk / "night-cutover-3-1.yaml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../docs/schema/change.json\nname: Night Cutover 3.1\n")
    required = values(desk / "desk" / "kinds.yaml")[kind]["requires"]
    for section, reason in required.items():
        free = r"## Free on the desk's calendar: [\d :,-]+\n" if section == "window" else ""
        assert re.search(rf"## {re.escape(reason)}\n{free}# {section}: ", text), section
    assert max(map(len, text.splitlines())) <= 130


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_out_of_its_comments_lacks_only_values(desk: Path, kind: str) -> None:
    new(desk, "Night Cutover 3.1", "--kind", kind, "--owner", "change-owners")
    file = desk / "night-cutover-3-1.yaml"
    file.write_text(uncommented(file.read_text("utf-8")), encoding="utf-8")
    problems = lines(load(desk))
    assert problems
    assert [problem for problem in problems if not any(empty in problem for empty in STILL_EMPTY)] == []


def test_the_sections_stand_in_the_order_of_the_model(desk: Path) -> None:
    new(desk, "Night Cutover 3.1", "--kind", "whole-kind", "--owner", "change-owners")
    text = uncommented((desk / "night-cutover-3-1.yaml").read_text("utf-8"))
    keys = re.findall(r"^(\w+):", text, flags=re.M)
    order = [key_of(name, info) for name, info in Change.model_fields.items()]
    assert len(keys) > 10
    assert keys == [key for key in order if key in keys]


def test_a_ready_record_of_the_smallest_kind_fits_sixty_lines(small: Path) -> None:
    shutil.copy(GOOD / "alert-names.yaml", small)
    assert len((small / "alert-names.yaml").read_text("utf-8").splitlines()) <= 60
    loaded = load(small)
    assert lines(loaded) == []
    assert loaded.book
    assert loaded.book.changes["alert-names"].status == "ready"
    kinds = values(SAMPLE / "desk" / "kinds.yaml")
    smallest = min(sorted(kinds), key=lambda kind: len(kinds[kind]["requires"]))
    assert loaded.book.changes["alert-names"].kind == smallest
    needed = kinds[smallest]
    small_desk = loaded.book.desk.kinds[smallest]
    assert (set(needed["requires"]), needed.get("tests", [])) == (set(small_desk.requires), list(small_desk.tests))


def test_a_record_starts_from_another(changes: Path) -> None:
    done = new(changes, "Match Search", "--from", "score-search", "--yes")
    assert done.exit_code == 0, done.output
    loaded = load(changes)
    assert [line for line in lines(loaded) if "gap:" not in line] == []
    assert loaded.book
    old, change = loaded.book.changes["score-search"], loaded.book.changes["match-search"]
    assert (change.kind, change.owner, change.affects, change.data_set) == (
        old.kind,
        old.owner,
        old.affects,
        old.data_set,
    )
    assert [exchange.answers for exchange in change.contract] == [exchange.answers for exchange in old.contract]
    # What is folded is general, and what was decided at its end is the other change's.
    own = {"must_find": (), "folded": (), "dropped": None}
    assert [
        still_different(item, loaded.book.scenario(item.scenario)).model_copy(update=own) for item in old.playbooks
    ] == list(change.playbooks)
    assert change.status == "draft"
    assert not change.window
    assert not change.former_names
    assert not change.questions
    assert any(exchange.version.old_until for exchange in old.contract if exchange.version)
    assert not any(exchange.version.old_until for exchange in change.contract if exchange.version)


@pytest.mark.slow
@pytest.mark.parametrize("record", sorted(file.stem for file in HARBOR.glob("*.yaml")))
def test_every_record_can_be_started_from(changes: Path, record: str) -> None:
    done = new(changes, "Night Cutover 3.1", "--from", str(changes / f"{record}.yaml"), "--yes")
    assert done.exit_code == 0, done.output
    loaded = load(changes)
    assert [line for line in lines(loaded) if "gap:" not in line] == []
    assert loaded.book
    made, old = loaded.book.changes["night-cutover-3-1"], loaded.book.changes[record]
    assert made.affects == old.affects
    assert len(made.playbooks) == len(old.playbooks)


@pytest.mark.parametrize("start", ["Lab Codes R5", "lab-codes-r5", "LAB CODES r5"])
def test_what_it_starts_from_may_be_called_as_people_do(changes: Path, start: str) -> None:
    assert new(changes, "Lab Codes R6", "--from", start, "--yes").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["9 Lives"], "a name starts with a letter"),
        (["Two  Spaces"], "a name has single spaces between its words"),
        (["Lab Codes R5"], "lab-codes-r5.yaml, which already exists; edit it, or choose another name"),
        (["lab codes-r5"], "lab-codes-r5.yaml, which already exists"),
        (["The end of faxes"], "is a former name of fax-end.yaml; choose a name"),
        (
            ["New One", "--kind", "whole-kin"],
            "no kind of change 'whole-kin'; did you mean 'whole-kind'?",
        ),
        (["New One", "--kind", "small-kind", "--owner", "other-onwers"], "did you mean 'other-owners'?"),
        (["New One", "--kind", "small-kind"], "--owner is missing; give it, or run this in a terminal"),
        (["New One"], "--kind is missing"),
        ([], "NAME is missing"),
        (["New One", "--from", "lab-coeds"], "--from: no change 'lab-coeds'; did you mean 'lab-codes-r5'?"),
        (["New One", "--from", "changes/desk/teams.yaml"], "is not a record in"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(changes: Path, arguments: list[str], said: str) -> None:
    before = sorted(changes.rglob("*"))
    done = new(changes, *arguments)
    assert done.exit_code == 2
    assert said in done.output
    assert "Traceback" not in done.output
    assert sorted(changes.rglob("*")) == before


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("MRN 00482913 Fix", "Search shows more."), ("Search Fix", "Search shows MRN 00482913 again.")],
)
def test_private_data_is_refused_before_anything_is_written(desk: Path, name: str, sentence: str) -> None:
    done = new(desk, name, "--kind", KINDS[0], "--owner", "change-owners", "--sentence", sentence)
    assert done.exit_code != 0
    assert "looks like a medical record number" in done.output
    assert "00482913" not in done.output
    assert list(desk.glob("*.yaml")) == []


def test_a_sentence_that_check_refuses_is_refused_before_anything_is_written(desk: Path) -> None:
    done = new(desk, "Odd", "--kind", "small-kind", "--owner", "other-owners", "--sentence", "a\u202eb")
    assert done.exit_code == 1
    assert "odd.yaml:6:" in done.output
    assert "is invisible or reverses text" in done.output
    assert not (desk / "odd.yaml").exists()


def test_a_sentence_is_quoted_where_yaml_needs_it(desk: Path) -> None:
    said = "Codes change: no row is lost # day or night."
    new(desk, "No", "--kind", "small-kind", "--owner", "other-owners", "--sentence", said)
    loaded = load(desk)
    assert lines(loaded) == []
    assert loaded.book
    assert (loaded.book.changes["no"].name, loaded.book.changes["no"].sentence) == ("No", said)


def test_a_wrong_record_beside_it_keeps_nobody_from_starting(small: Path) -> None:
    (small / "broken.yaml").write_text("name: [\n", encoding="utf-8")
    assert new(small, "Fresh", "--kind", "quiet-change", "--owner", "interfaces").exit_code == 0


def test_a_broken_desk_is_named(small: Path) -> None:
    (small / "desk" / "kinds.yaml").write_text("a: [\n", encoding="utf-8")
    done = new(small, "Fresh", "--kind", "quiet-change", "--owner", "interfaces")
    assert done.exit_code == 1
    assert "desk/kinds.yaml:1:" in done.output


def test_a_terminal_is_asked_for_what_is_missing(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "changes")
    ours, theirs = pty.openpty()
    command = [quick_program(), "new", "--kind", "quiet-change"]
    started = subprocess.Popen(
        command, cwd=tmp_path, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    # A wrong name and a wrong team are asked for again; the sentence that is offered is taken.
    for answer in ("1st", "First Draft", "interfases", "interfaces", ""):
        os.write(ours, f"{answer}\n".encode())
    said, _ = started.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert started.returncode == 0, said
    assert "a name starts with a letter" in said
    assert "no team 'interfases'; did you mean 'interfaces'?" in said
    assert said.count("One of: ") == 1  # teams; the kind was given
    text = (tmp_path / "changes" / "first-draft.yaml").read_text("utf-8")
    assert "sentence: First Draft is being prepared; nothing has changed yet." in text


def new_scenario(book: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["new-scenario", "--book", str(book), *arguments])


def labels(book: Path) -> list[str]:
    """Return the arguments for a new playbook, with the first category and system of the desk."""
    desk = load(book).book
    assert desk
    category, system = next(iter(desk.desk.categories)), next(iter(desk.desk.systems))
    teams = list(desk.desk.teams)
    return [
        "Labels print blank",
        *("--owner", teams[0]),
        *("--backup", teams[1]),
        *("--category", category),
        *("--system", system),
    ]


@pytest.mark.slow
def test_a_new_playbook_is_right_at_once_and_found(changes: Path) -> None:
    done = new_scenario(changes, *labels(changes))
    assert done.exit_code == 0, done.output
    file = changes / "desk" / "scenarios" / "labels-print-blank.yaml"
    assert f"{file.as_posix()} is written" in done.output
    loaded = load(changes)
    assert lines(loaded) == lines(load(HARBOR))
    assert loaded.book
    found = CliRunner().invoke(main, ["search", "--book", str(changes), "labels are blank"])
    assert "Labels print blank" in found.output


def test_a_new_playbook_has_a_code_that_none_ever_had(changes: Path) -> None:
    def git(*arguments: str) -> None:
        who = ("-c", "user.name=Desk", "-c", "user.email=desk@example.org")
        subprocess.run(["git", "-C", str(changes), *who, *arguments], check=True, capture_output=True)

    gone = changes / "desk" / "scenarios" / "no-sign-in.yaml"
    gone.write_text(re.sub("PB-[0-9]+", "PB-051", gone.read_text("utf-8")), encoding="utf-8")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "One")
    gone.unlink()
    git("commit", "-qam", "Two")
    assert new_scenario(changes, *labels(HARBOR)).exit_code == 0
    assert values(changes / "desk" / "scenarios" / "labels-print-blank.yaml")["code"] == "PB-052"


def test_a_new_playbook_overwrites_nothing_and_names_what_is_unknown(changes: Path) -> None:
    asked = labels(changes)
    assert new_scenario(changes, *asked).exit_code == 0
    file = changes / "desk" / "scenarios" / "labels-print-blank.yaml"
    before, there = file.read_bytes(), {name.name for name in file.parent.iterdir()}
    again = new_scenario(changes, *asked)
    assert again.exit_code == 1
    assert "labels-print-blank" in again.output
    assert file.read_bytes() == before
    wrong = new_scenario(changes, "Another", *asked[1:], "--system", "nosuch")
    assert wrong.exit_code == 2
    assert "no system 'nosuch'" in wrong.output
    missing = new_scenario(changes, "Another", "--yes")
    assert missing.exit_code == 2
    assert "--owner is missing" in missing.output
    assert new_scenario(changes, "???", *asked[1:]).exit_code == 2
    private = new_scenario(changes, "MRN 00482913 wrong", *asked[1:])
    assert private.exit_code == 2
    assert "looks like a medical record number" in private.output
    assert {name.name for name in file.parent.iterdir()} == there
