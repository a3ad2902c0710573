"""`changebook check`, as people and programs call it."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from changebook.cli import main
from conftest import GOOD, ROOT, SMALL, Repository

BAD = ROOT / "tests" / "records" / "bad"


def check(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


def test_a_right_book_exits_with_zero(small: Path) -> None:
    done = check(small)
    assert done.exit_code == 0
    assert done.output.strip() == "no problems, no gaps."


def test_ten_mistakes_in_ten_files_come_in_one_run(small: Path) -> None:
    cases = sorted(BAD.glob("text-*.yaml")) + sorted(BAD.glob("window-*.yaml"))
    assert len(cases) >= 10
    for case in cases[:10]:
        shutil.copy(case, small)
    done = check(small)
    assert done.exit_code == 1
    for case in cases[:10]:
        assert f"{small.as_posix()}/{case.name}:" in done.output
    assert "10 problems, no gaps." in done.output


def test_one_file_shows_its_own_problems_only(small: Path) -> None:
    shutil.copy(BAD / "unknown-team.yaml", small)
    shutil.copy(BAD / "unknown-kind.yaml", small)
    done = check(small / "unknown-team.yaml")
    assert done.exit_code == 1
    assert "interfases" in done.output
    assert "unknown-kind" not in done.output


def test_a_folder_shows_what_is_below_it(small: Path) -> None:
    shutil.copy(BAD / "unknown-team.yaml", small)
    (small / "desk" / "scenarios" / "late-result.yaml").write_text("title: Late\n", encoding="utf-8")
    done = check(small / "desk")
    assert done.exit_code == 1
    assert "late-result.yaml:1:1: about is missing" in done.output
    assert "interfases" not in done.output


@pytest.mark.parametrize(
    ("name", "old", "new"), [("teams.yaml", "interfaces:", "}"), ("book.yaml", "America/Chicago", "Mars/Base")]
)
def test_one_file_is_not_called_right_while_the_desk_cannot_be_read(small: Path, name: str, old: str, new: str) -> None:
    shutil.copy(BAD / "unknown-team.yaml", small)
    desk = small / "desk" / name
    text = desk.read_text("utf-8")
    assert old in text
    desk.write_text(text.replace(old, new), encoding="utf-8")
    done = check(small / "unknown-team.yaml")
    assert done.exit_code == 1
    assert f"{small.as_posix()}/desk/{name}:" in done.output


def test_gaps_are_printed_and_do_not_fail(small: Path) -> None:
    shutil.copy(BAD / "live-without-sections.yaml", small)
    done = check(small)
    assert done.exit_code == 0
    assert "gap: contract: missing; add this section" in done.output
    assert "no problems, 2 gaps." in done.output


def test_json_is_for_programs(small: Path) -> None:
    shutil.copy(BAD / "unknown-team.yaml", small)
    found = json.loads(check(small, "--format", "json").stdout)
    assert found == [
        {
            "path": f"{small.as_posix()}/unknown-team.yaml",
            "line": 4,
            "column": 8,
            "severity": "error",
            "message": "owner: no team 'interfases'; did you mean 'interfaces'?",
        }
    ]


def test_github_gets_annotations_that_cannot_be_broken_out_of(small: Path) -> None:
    (small / "odd.yaml").write_text('name: Odd\nkind: "a%0Ab\\n::error::c"\n', encoding="utf-8")
    done = check(small, "--format", "github")
    assert done.exit_code == 1
    annotations = done.stdout.splitlines()
    assert all(line.startswith(f"::error file={small.as_posix()}/odd.yaml,line=") for line in annotations)


def test_today_decides_what_is_too_early(small: Path) -> None:
    shutil.copy(BAD / "live-too-early.yaml", small)
    assert check(small).exit_code == 1
    assert check(small, "--today", "2026-12-10").exit_code == 0


def test_github_gets_paths_from_the_top_of_the_repository(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = repository.folder / "kb" / "changes"
    shutil.copytree(SMALL, book)
    shutil.copy(BAD / "unknown-team.yaml", book)
    for here, path in ((".", "kb"), ("kb", "."), ("kb/changes/desk", "..")):
        monkeypatch.chdir(repository.folder / here)
        done = check(path, "--format", "github")
        assert done.stdout.startswith("::error file=kb/changes/unknown-team.yaml,line="), here


@pytest.mark.parametrize("today", ["", "tomorrow", "2026-13-01", "2026-12-10T25:00"])
def test_a_today_that_is_no_day_is_told_so(small: Path, today: str) -> None:
    done = check(small, "--today", today)
    assert done.exit_code == 2
    assert "is not a time" in done.output
    assert "Traceback" not in done.output


WHERE = [
    (".", "changes/wrong.yaml"),
    ("docs/handbook", "../../changes/wrong.yaml"),
    ("changes", "wrong.yaml"),
    ("changes/desk", "../../changes/wrong.yaml"),
]


@pytest.mark.parametrize(("here", "shown"), WHERE)
@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("list",),
        ("gate",),
        ("show", "x"),
        ("search", "x"),
        ("names", os.devnull),
        ("rename", "x", "Y", "--yes"),
    ],
    ids=lambda command: command[0],
)
def test_the_book_is_looked_for_upward(
    small: Path, monkeypatch: pytest.MonkeyPatch, here: str, shown: str, command: tuple[str, ...]
) -> None:
    (small.parent / "docs" / "handbook").mkdir(parents=True)
    (small / "wrong.yaml").write_text("name: Wrong\n", encoding="utf-8")
    monkeypatch.chdir(small.parent / here)
    done = CliRunner().invoke(main, command)
    # Who looks for another change goes on, and hears beside it what is wrong.
    goes_on = command[0] in ("list", "show", "search")
    assert done.exit_code == {"list": 0, "show": 2}.get(command[0], 1)
    if command[0] != "rename" or here != "changes":
        assert f"{shown}:1:1: kind is missing" in (done.stderr if goes_on else done.stdout).splitlines()[0]
    assert Path(shown).is_file()


@pytest.mark.slow
@pytest.mark.parametrize("here", [here for here, _ in WHERE])
def test_what_is_written_lies_beside_the_book_wherever_one_works(
    small: Path, monkeypatch: pytest.MonkeyPatch, here: str
) -> None:
    (small.parent / "docs" / "handbook").mkdir(parents=True)
    monkeypatch.chdir(small.parent / here)
    for command in (["schema"], ["new", "Fresh", "--kind", "quiet-change", "--owner", "interfaces"]):
        assert CliRunner().invoke(main, command).exit_code == 0
    assert (small / "fresh.yaml").is_file()
    assert (small.parent / "docs" / "schema" / "change.json").is_file()
    assert CliRunner().invoke(main, ["rename", "fresh", "Fresher", "--yes"]).exit_code == 0
    assert (small / "fresher.yaml").is_file()


@pytest.mark.parametrize("path", ["docs", "docs/page.md", ".", "changes/.."])
def test_a_path_beside_the_book_is_checked_with_it(small: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    (small / "wrong.yaml").write_text("name: Wrong\n", encoding="utf-8")
    (small.parent / "docs").mkdir()
    (small.parent / "docs" / "page.md").write_text("A # name-ok\n", encoding="utf-8")
    monkeypatch.chdir(small.parent)
    done = check(path)
    assert "docs/page.md:1:" in done.stdout
    assert ("wrong.yaml" in done.stdout) == (path in (".", "changes/.."))


def test_no_book_up_to_the_root_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for command in (["list"], ["check"], ["new"], ["schema"], ["review", "a..b"], ["build"]):
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 2
        assert f"in {tmp_path} or in any folder above it; go to the" in done.stderr


def test_a_place_without_a_book_is_told_so(tmp_path: Path) -> None:
    done = check(tmp_path)
    assert done.exit_code == 2
    assert "is not a book or in one" in done.output


@pytest.mark.parametrize("name", ["record.yml", "record.bak", "record", ".record.yaml", "RECORD.YAML"])
def test_a_file_that_is_no_record_is_named(small: Path, name: str) -> None:
    shutil.copy(GOOD / "six-lines.yaml", small / name)
    done = check(small)
    assert done.exit_code == 1
    assert f"{small.as_posix()}/{name}:1:1: not read: " in done.output


LITTER = [
    ".#six.yaml",
    "#six.yaml#",
    "six.yaml~",
    "six.yaml.orig",
    "six.yaml.rej",
    "4913",
    ".six.yaml.swp",
    "._six.yaml",
]


@pytest.mark.parametrize("name", [*LITTER, "six.yaml___jb_tmp___", "Thumbs.db", "desktop.ini", ".DS_Store"])
@pytest.mark.parametrize("below", ["", "desk", "desk/scenarios"])
def test_what_editors_and_systems_leave_is_passed_over(small: Path, below: str, name: str) -> None:
    if name.startswith(".#"):
        # Emacs writes who edits into a link that leads nowhere.
        (small / below / name).symlink_to("robin@desk.1234:1765")
    else:
        (small / below / name).write_text("name: x\n", encoding="utf-8")
    done = check(small)
    assert (done.exit_code, done.stderr.strip()) == (0, "no problems, no gaps.")


def test_an_editor_that_has_a_record_open_stops_no_rename(small: Path) -> None:
    record = (GOOD / "six-lines.yaml").read_text("utf-8")
    (small / "six.yaml").write_text(f"name: Six\n{record.partition(chr(10))[2]}", encoding="utf-8")
    (small / ".#six.yaml").symlink_to("robin@desk.1234:1765")
    done = CliRunner().invoke(main, ["rename", "six", "Seven", "--yes", "--book", str(small)])
    assert done.exit_code == 0, done.output


def test_links_and_folders_are_named(small: Path) -> None:
    (small / "linked.yaml").symlink_to(GOOD / "six-lines.yaml")
    (small / "old").mkdir()
    (small / "desk" / "notes.yaml").write_text("a: b\n", encoding="utf-8")
    (small / ".DS_Store").write_bytes(b"\0")
    done = check(small)
    assert "linked.yaml:1:1: not read: a symbolic link" in done.output
    assert "old:1:1: not read: records are not read from this folder" in done.output
    assert "desk/notes.yaml:1:1: not read: the desk has no list of this name" in done.output
    assert ".DS_Store" not in done.output


@pytest.mark.parametrize("table", ["book", "teams", "kinds", "categories"])
def test_a_broken_desk_file_is_named_and_nothing_is_blamed_on_it(small: Path, table: str) -> None:
    shutil.copy(GOOD / "complete-change.yaml", small)
    (small / "desk" / f"{table}.yaml").write_text("a: [\n", encoding="utf-8")
    done = check(small)
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 1
    assert f"desk/{table}.yaml:1:1: a quote or bracket opened here or above is never closed" in done.output


def test_a_wrong_entry_of_the_desk_is_blamed_alone(small: Path) -> None:
    shutil.copy(GOOD / "complete-change.yaml", small)
    file = small / "desk" / "teams.yaml"
    file.write_text(file.read_text("utf-8").replace('phone: "300"', "phone: [300]"), encoding="utf-8")
    done = check(small)
    assert done.stdout.splitlines() == [
        f"{small.as_posix()}/desk/teams.yaml:17:10: phone: expected text, found a list; "
        "write one text, in quotes if it starts with ["
    ]


def test_a_missing_desk_file_is_named(small: Path) -> None:
    (small / "desk" / "groups.yaml").unlink()
    done = check(small)
    assert "desk/groups.yaml:1:1: this list of the desk is missing; create it" in done.output
