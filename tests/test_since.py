"""What changed since a moment: exactly the guidance that says something else, whatever else was committed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from changebook.cli import main
from conftest import GOOD, SMALL, Repository

CASES = Path(__file__).parent / "since"
MOMENTS = [
    *("", "12h", "3d", "7d", "30d"),
    *("2026-12-03 08:50", "2026-12-01 08:00", "2026-11-26 09:30", "2026-11-20 08:59", "2026-11-12", "2026-10-01"),
]


def history() -> Any:
    return yaml.safe_load((CASES / "history.yaml").read_text("utf-8"))


def commits(folder: Path) -> Repository:
    """Return a repository with the thirty commits of the scripted history."""
    repository = Repository(folder)
    book = folder / "changes"
    for step in history():
        if not book.exists():
            shutil.copytree(SMALL, book)
            shutil.copy(GOOD / "complete-change.yaml", book)
        for old, new in step.get("move", {}).items():
            (book / old).rename(book / new)
        for name, edits in step.get("edit", {}).items():
            change(book / name, edits)
        for name, text in step.get("add", {}).items():
            (book / name).parent.mkdir(exist_ok=True)
            (book / name).write_text(text, encoding="utf-8")
        if "delete" in step:
            (book / step["delete"]).unlink()
        repository.commit(step["says"], at=f"{step['at'].replace(' ', 'T')}:00-06:00")
    return repository


def change(file: Path, edits: dict[str, str]) -> None:
    text = file.read_text("utf-8")
    for old, new in edits.items():
        assert text.count(old) == 1, (file.name, old)
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def scripted(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """The scripted history; nobody edits it."""
    return commits(tmp_path_factory.mktemp("since") / "book")


@pytest.fixture
def own(scripted: Repository, tmp_path: Path) -> Repository:
    """A copy of the scripted history, to edit."""
    return Repository(Path(shutil.copytree(scripted.folder, tmp_path / "own")))


def since(repository: Repository, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["since", *arguments, "--book", str(repository.folder / "changes")])


def told(repository: Repository, *arguments: str) -> list[tuple[str, str, str]]:
    """Return what changed, how, and what it is called."""
    done = since(repository, *arguments, "--format", "json")
    assert done.exit_code == 0, done.output
    return [(one["what"], one["how"], one["title"]) for one in json.loads(done.stdout)["changed"]]


def test_the_history_has_thirty_commits(scripted: Repository) -> None:
    assert len(history()) == 30
    assert scripted.git("rev-list", "--count", "HEAD") == "30"


def test_since_lists_exactly_the_changed_guidance(scripted: Repository, request: pytest.FixtureRequest) -> None:
    shown = []
    for moment in MOMENTS:
        done = since(scripted, *filter(None, [moment]))
        assert done.exit_code == 0, done.output
        shown.append(f"$ changebook since {moment}".rstrip() + f"\n{done.stdout}")
    text, file = "\n".join(shown), CASES / "printed.txt"
    if request.config.getoption("--golden"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text("utf-8"), "is it meant? then run: pytest tests/test_since.py --golden"


def test_what_is_in_no_commit_yet_is_told_first(own: Repository) -> None:
    file = own.folder / "changes" / "desk" / "scenarios" / "late-result.yaml"
    change(file, {"Look into the result portal.": "Look into the portal."})
    deleted = own.git("show", "HEAD~4:changes/desk/scenarios/sign-in-fails.yaml")
    (own.folder / "changes" / "desk" / "scenarios" / "sign-in.yaml").write_text(f"{deleted}\n", encoding="utf-8")
    done = since(own, "2026-12-03 08:50")
    assert done.stdout.splitlines() == [
        "2 changes since Thu 3 Dec, 08:50 CST.",
        "",
        "Not committed yet  Playbook changed: Result is late",
        "  Workaround: was “Look into the result portal.”, now “Look into the portal.”",
        "  /scenarios/late-result/",
        "",
        "Not committed yet  New playbook: Sign-in fails",
        "  /scenarios/sign-in/",
    ]
    # A day ago it was there, under another name.
    assert told(own) == [("playbook", "changed", "Result is late"), ("first response", "changed", "Patient not found")]


def test_a_merged_proposal_counts_when_it_is_merged(own: Repository) -> None:
    own.git("checkout", "--quiet", "-b", "proposal", "HEAD~3")
    file = own.folder / "changes" / "desk" / "teams.yaml"
    change(file, {'phone: "300"': 'phone: "301"'})
    # Written before the moment that is asked about, and published after it.
    own.commit("Another number", at="2026-12-02T20:00:00-06:00")
    own.git("checkout", "--quiet", "main")
    own.git("merge", "--quiet", "--no-ff", "--message", "Merge", "proposal", at="2026-12-03T08:55:00-06:00")
    assert told(own, "2026-12-03 08:50") == [("number", "changed", "Interfaces")]
    assert told(own, "2026-12-03 08:55") == []


def test_a_clock_that_was_wrong_hides_nothing(own: Repository) -> None:
    change(own.folder / "changes" / "desk" / "teams.yaml", {'phone: "300"': 'phone: "301"'})
    own.commit("From a machine whose clock is a year ahead", at="2027-12-03T08:50:00-06:00")
    change(own.folder / "changes" / "desk" / "teams.yaml", {'phone: "200"': 'phone: "201"'})
    own.commit("And from one that is right", at="2026-12-03T08:55:00-06:00")
    assert {title for _, _, title in told(own, "2026-12-03 08:50")} == {"Interfaces", "Records Team"}


def test_a_shallow_clone_says_how_far_back_it_sees(scripted: Repository, tmp_path: Path) -> None:
    shallow = Repository(tmp_path / "shallow")
    shallow.git("fetch", "--quiet", "--depth=4", scripted.folder.as_uri(), "main")
    shallow.git("checkout", "--quiet", "FETCH_HEAD")
    done = since(shallow)
    assert done.stdout.splitlines()[:4] == [
        "1 change since Wed 2 Dec, 09:00 CST.",
        "The clone of the book that this was made from is shallow and knows nothing before Wed 2 Dec, 18:00 CST.",
        "",
        "Thu 3 Dec, 07:00 CST  Playbook changed: Result is late",
    ]
    assert "shallow" not in since(shallow, "12h").stdout


def test_without_git_nothing_is_told(scripted: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Path(shutil.copytree(scripted.folder / "changes", tmp_path / "plain" / "changes"))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    done = CliRunner().invoke(main, ["since", "--book", str(plain)])
    assert done.exit_code == 2
    assert "the book's history is not known: not a git repository" in done.stderr
    monkeypatch.setenv("PATH", str(plain))
    done = since(scripted)
    assert done.exit_code == 2
    assert "the book's history is not known: git is not installed here; install it" in done.stderr


def test_a_book_that_was_never_committed_has_no_past(repository: Repository) -> None:
    (repository.folder / "README").write_text("Words.\n", encoding="utf-8")
    repository.commit()
    shutil.copytree(SMALL, repository.folder / "changes")
    done = since(repository)
    assert done.exit_code == 2
    assert "the book's folder has no commit yet; commit it" in done.stderr


@pytest.mark.parametrize("moment", ["yesterday", "0h", "3w", "2026-13-01", "2026-12-02 25:00"])
def test_a_moment_that_is_none_is_refused(scripted: Repository, moment: str) -> None:
    done = since(scripted, moment)
    assert done.exit_code == 2
    assert "or how long ago: 12h, 3d" in done.stderr
