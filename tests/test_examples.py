"""Every example of every command's help does something, in a working copy such as a release owner has."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from building import changebook, with_quick_program
from changebook.cli import main
from conftest import SAMPLE, Repository, project

# 0 is done, 1 is done and something was found; 2 is a command line that was not understood.
UNDERSTOOD = (0, 1)
# What asks in a terminal says without one what is missing.
ASKS = {"changebook new": "NAME", "changebook new-scenario": "TITLE", "changebook init kb": "--organization"}

FOR_A_SHELL = re.compile("[|<>&;$*`]")


@cache
def examples() -> list[str]:
    """Return the lines of all helps that a person would type."""
    found = []
    for name in ["", *sorted(main.commands)]:
        shown = CliRunner().invoke(main, [*([name] if name else []), "--help"], terminal_width=200).output
        found += [line.strip() for line in re.findall(r"^ +((?:pbpaste \| )?changebook .*)$", shown, re.M)]
    return list(dict.fromkeys(found))


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample book in git with two releases, a branch of one's own, and texts from elsewhere."""
    repository = Repository(tmp_path_factory.mktemp("examples") / "repository")
    project(repository.folder, SAMPLE, handbook=False)
    for name, text in (
        ("alerts/lookup.yaml", "alert: MPI lookup upgrade slow\n"),
        ("status/template.txt", "All is well.\n"),
        ("teams.csv", "Name,Phone,Queue,Hours,Does\nPager Desk,4499,SD-PAGER,always,Hands out pagers.\n"),
        (
            "incidents.csv",
            "number,opened_at,resolved_at,incident_state,category,short_description\n"
            "INC01,2026-12-02 23:10:00,2026-12-02 23:30:00,Closed,Interface,PB-007 no match\n",
        ),
        ("unanswered-searches.csv", '"words","times","last"\r\n"no toner","1","2026-12-03T10:00:00.000Z"\r\n'),
    ):
        file = repository.folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    exported = ("export", "responses", "--for", "zendesk", "--to", "macros.json", "--book", "changes")
    assert changebook(*exported, cwd=repository.folder).returncode == 0
    repository.commit("The book")
    record = repository.folder / "changes" / "claims-api-2-4.yaml"
    for tag in ("v1.4", "v1.5"):
        record.write_text(record.read_text("utf-8") + f"# {tag}\n", encoding="utf-8")
        repository.commit(tag)
        repository.git("tag", tag)
    repository.git("update-ref", "refs/remotes/origin/main", "HEAD~1")
    repository.git("checkout", "--quiet", "-b", "mine")
    repository.git("gc", "--quiet")  # one file in place of hundreds of folders, each of which every copy would make
    return repository.folder


@pytest.fixture
def copy(original: Path, tmp_path: Path) -> Path:
    """A working copy for one example; files that no command writes in place are the original's own."""

    def copy_or_link(source: str, to: str) -> None:
        kept = Path(source).relative_to(original).parts[0] in ("docs", "overrides") or "/.git/objects/" in source
        (os.link if kept else shutil.copy2)(source, to)

    return Path(shutil.copytree(original, tmp_path / "repository", copy_function=copy_or_link))


def test_every_command_has_an_example() -> None:
    named = {line.partition("changebook ")[2].split()[0] for line in examples()}
    assert set(main.commands) <= named


@pytest.mark.parametrize("line", [line for line in examples() if not FOR_A_SHELL.search(line)])
def test_an_example_is_understood(copy: Path, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = shlex.split(line)[1:]
    if words[0] == "build":
        built = changebook(*words, cwd=copy)
        assert_understood(line, built.returncode, built.stderr)
        return
    monkeypatch.chdir(copy)
    done = CliRunner().invoke(main, words, input="")
    # An error that the door does not turn into a sentence would be a traceback.
    assert isinstance(done.exception, SystemExit | None)
    assert_understood(line, done.exit_code, done.stderr)


@pytest.mark.parametrize("line", [*filter(FOR_A_SHELL.search, examples()), "changebook new", "changebook check"])
def test_an_example_is_understood_in_a_shell(copy: Path, line: str) -> None:
    # pbpaste stands for whatever prints text: here, a file.
    command = line.replace("pbpaste", "cat alerts/lookup.yaml")
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=copy,
        env=with_quick_program(),
        input="",
        capture_output=True,
        text=True,
        check=False,
    )
    assert_understood(line, done.returncode, done.stderr)


def assert_understood(line: str, code: int, stderr: str) -> None:
    assert "Traceback" not in stderr
    if line in ASKS:
        assert code == 2
        assert ASKS[line] in stderr
    else:
        assert code in UNDERSTOOD, stderr
