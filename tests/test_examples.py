"""Every example of every command's help does something, in a working copy such as a release owner has."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from changebook.cli import main
from conftest import SAMPLE, Repository, project

# 0 is done, 1 is done and something was found; 2 is a command line that was not understood.
UNDERSTOOD = (0, 1)
# What asks in a terminal says without one what is missing.
ASKS = {"changebook new": "NAME", "changebook new-scenario": "TITLE"}


def examples() -> list[str]:
    """Return the lines of all helps that a person would type."""
    found = []
    for name in ["", *sorted(main.commands)]:
        shown = CliRunner().invoke(main, [*([name] if name else []), "--help"], terminal_width=200).output
        found += [line.strip() for line in re.findall(r"^ +((?:pbpaste \| )?changebook .*)$", shown, re.M)]
    return list(dict.fromkeys(found))


@pytest.fixture
def copy(repository: Repository) -> Path:
    """The sample book in git with two releases, a branch of one's own, and texts from elsewhere."""
    project(repository.folder, SAMPLE)
    for name, text in (
        ("alerts/lookup.yaml", "alert: MPI lookup upgrade slow\n"),
        ("status/template.txt", "All is well.\n"),
        ("unanswered-searches.csv", '"words","times","last"\r\n"no toner","1","2026-12-03T10:00:00.000Z"\r\n'),
    ):
        file = repository.folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    repository.commit("The book")
    record = repository.folder / "changes" / "claims-api-2-4.yaml"
    for tag in ("v1.4", "v1.5"):
        record.write_text(record.read_text("utf-8") + f"# {tag}\n", encoding="utf-8")
        repository.commit(tag)
        repository.git("tag", tag)
    repository.git("update-ref", "refs/remotes/origin/main", "HEAD~1")
    repository.git("checkout", "--quiet", "-b", "mine")
    return repository.folder


def test_every_command_has_an_example() -> None:
    named = {line.partition("changebook ")[2].split()[0] for line in examples()}
    assert set(main.commands) <= named


@pytest.mark.parametrize("line", examples())
def test_an_example_is_understood(copy: Path, line: str) -> None:
    # pbpaste stands for whatever prints text: here, a file.
    command = line.replace("pbpaste", "cat alerts/lookup.yaml")
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=copy, env=environment, input="", capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    if line in ASKS:
        assert done.returncode == 2
        assert ASKS[line] in done.stderr
    else:
        assert done.returncode in UNDERSTOOD, done.stderr
