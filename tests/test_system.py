"""The system says no: a full disk, no permission, a closed pipe. Then there is a sentence, and never a traceback."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from building import build, changebook, quick_program
from changebook.cli import main
from changebook.printing.system import sentence
from changebook.source.files import is_draft
from conftest import GOOD, SMALL, project
from machine import PROGRAM, run

NEW = ("new", "Fresh", "--kind", "quiet-change", "--owner", "interfaces")
RENAME = ("rename", "six-lines", "Seven Lines", "--yes")
READING = [("check",), ("list",), ("gate",), ("show", "six-lines"), ("search", "a"), ("schema",), NEW, RENAME]


@pytest.fixture
def book(small: Path) -> Path:
    """The small book with one change, named as its file is."""
    record = (GOOD / "six-lines.yaml").read_text("utf-8")
    name = record.partition("name: ")[2].partition("\n")[0]
    (small / "six-lines.yaml").write_text(record.replace(name, "Six Lines"), encoding="utf-8")
    return small


def files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def said(done: subprocess.CompletedProcess[str]) -> str:
    """Return what a command says on its way out, which must be one sentence with what to do."""
    assert "Traceback" not in done.stderr
    last = next(line for line in done.stderr.splitlines() if line.startswith("Error: "))
    assert "; " in last
    return last


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_a_folder_that_cannot_be_read_is_named(book: Path, command: tuple[str, ...]) -> None:
    (book / "desk" / "scenarios").chmod(0)
    try:
        done = changebook(*command, cwd=book.parent)
    finally:
        (book / "desk" / "scenarios").chmod(0o755)
    assert done.returncode == 2
    assert said(done).startswith("Error: changes/desk/scenarios: permission denied; ")


@pytest.mark.parametrize("program", ["mkdocs", "changebook"])
def test_a_build_names_it_too(tmp_path: Path, program: str) -> None:
    folder = project(tmp_path / "project", SMALL, handbook=False)
    (folder / "changes" / "desk" / "scenarios").chmod(0)
    try:
        done = build(folder) if program == "mkdocs" else changebook("build", cwd=folder)
    finally:
        (folder / "changes" / "desk" / "scenarios").chmod(0o755)
    assert done.returncode == 1
    assert "changes/desk/scenarios: permission denied; ask its owner" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [NEW, RENAME, ("schema",)], ids=" ".join)
def test_a_folder_that_cannot_be_written_is_named_and_nothing_changes(book: Path, command: tuple[str, ...]) -> None:
    docs = book.parent / "docs"
    docs.mkdir()
    before = files(book.parent)
    for folder in (book, docs):
        folder.chmod(0o555)
    try:
        done = changebook(*command, cwd=book.parent)
    finally:
        for folder in (book, docs):
            folder.chmod(0o755)
    assert done.returncode == 2
    assert ": permission denied; " in said(done)
    assert ".draft" not in done.stderr
    assert files(book.parent) == before


@pytest.mark.parametrize("command", [NEW, RENAME, ("schema",)], ids=" ".join)
def test_no_room_leaves_no_half_of_a_file(book: Path, command: tuple[str, ...]) -> None:
    before = files(book.parent)
    done = run(quick_program(), *command, cwd=book.parent, room=100)
    assert done.returncode == 2
    assert "ile too large" in said(done)
    assert files(book.parent) == before
    # The name is not taken by half a record.
    assert changebook(*command, cwd=book.parent).returncode == 0


def test_output_that_cannot_be_written_is_named(book: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [quick_program(), "list"], cwd=book.parent, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert done.stderr == "Error: reading or writing: the disk is full; free some space, then run this again\n"


def closed(stream: int, *arguments: str, book: Path) -> subprocess.CompletedProcess[str]:
    """Run a command whose standard input or output is closed, as some services and editors start it."""
    return subprocess.run(
        [quick_program(), *arguments],
        cwd=book.parent,
        stdout=None if stream == 1 else subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        preexec_fn=lambda: os.close(stream),
    )


def test_a_closed_output_is_named(book: Path) -> None:
    done = closed(1, "list", book=book)
    assert done.returncode == 2
    assert done.stderr == "Error: standard output is closed; send it to a file or to /dev/null\n"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["names", "-"], "Error: -: standard input is closed; name a file"),
        (["rename", "six-lines", "Seven Lines"], "Error: nobody can answer here, standard input is closed; give --yes"),
        (["new", "Some Name"], "Error: --kind is missing; give it, or run this in a terminal to be asked"),
    ],
)
def test_a_closed_input_is_named_where_it_is_needed(book: Path, command: list[str], said: str) -> None:
    before = files(book.parent)
    done = closed(0, *command, book=book)
    assert done.returncode == 2
    assert done.stderr.endswith(f"{said}\n")
    assert files(book.parent) == before


def test_python_that_drops_docstrings_is_refused(book: Path) -> None:
    said = "Python runs with -OO, which drops the words that help and handbook are made of; unset PYTHONOPTIMIZE"
    done = run(PROGRAM[0], "-OO", *PROGRAM[1:], "--help", cwd=book.parent)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"Error: {said}\n")
    folder = project(book.parent / "project", SMALL, handbook=False)
    done = run(PROGRAM[0], "-OO", "-m", "mkdocs", "build", cwd=folder)
    assert done.returncode != 0
    assert said in done.stderr


def test_a_closed_pipe_ends_quietly(book: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [quick_program(), "check", "--format", "json"],
        cwd=book.parent,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert done.stderr == b""


def test_ctrl_c_ends_quietly(book: Path) -> None:
    reading, writing = os.pipe()
    # A shell has its background jobs ignore Ctrl-C, and they hand that on to what they start.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        running = subprocess.Popen(
            [*PROGRAM, "names", "-"], cwd=book.parent, stdin=reading, stderr=subprocess.PIPE, text=True
        )
    finally:
        signal.signal(signal.SIGINT, before)
    # More than a pipe holds: once it is written, the command is reading.
    os.write(writing, b"a" * 100_000)
    # A signal that comes between two reads waits for the next one: a person presses again.
    for _ in range(100):
        if running.poll() is None:
            running.send_signal(signal.SIGINT)
            time.sleep(0.2)
    _, err = running.communicate(timeout=60)
    os.close(reading)
    os.close(writing)
    assert (running.returncode, err.strip()) == (130, "Aborted!")


def started_rename(book: Path) -> subprocess.Popen[str]:
    """Start a rename, which shows its edits and waits for an answer."""
    running = subprocess.Popen(
        [quick_program(), "rename", "six-lines", "Seven Lines"],
        cwd=book.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout
    assert running.stdout.readline() == "rename from changes/six-lines.yaml\n"
    return running


def test_two_renames_at_once_leave_one_name(book: Path) -> None:
    # The one waits for an answer while the other comes.
    first = started_rename(book)
    second = changebook("rename", "six-lines", "Eight Lines", "--yes", cwd=book.parent)
    assert second.returncode == 1
    assert "another command is writing in changes; run this again when it is done" in second.stderr
    first.communicate("y\n", timeout=60)
    assert first.returncode == 0
    assert [file.name for file in book.glob("*.yaml")] == ["seven-lines.yaml"]


def test_a_file_that_changes_meanwhile_stops_a_rename(book: Path) -> None:
    running = started_rename(book)
    (book / "six-lines.yaml").unlink()
    _, err = running.communicate("y\n", timeout=60)
    assert running.returncode == 1
    assert "six-lines.yaml was changed in the meantime; run the command again" in err


@pytest.mark.parametrize("name", [".six-lines.yaml.123.new", ".six-lines.yaml.123.draft", ".six-lines.yaml.draft"])
@pytest.mark.parametrize("below", ["changes", "docs/handbook"])
def test_what_a_killed_command_left_is_named_and_swept(book: Path, name: str, below: str) -> None:
    left = book.parent / below / name
    left.parent.mkdir(parents=True, exist_ok=True)
    left.write_text("name: Half", encoding="utf-8")
    assert is_draft(name)
    done = changebook("check", cwd=book.parent)
    assert done.returncode == 1
    assert f"{below}/{name}:1:1: " in done.stdout
    assert "left behind by a command that was stopped; delete it" in done.stdout
    assert changebook(*RENAME, cwd=book.parent).returncode == 0
    assert not left.exists()


def test_a_name_that_is_too_long_is_told_so(book: Path) -> None:
    done = changebook("check", "x" * 300, cwd=book.parent)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "a: the disk is full; free some space, then run this again"),
        (errno.EROFS, "a: the file system is read-only; use a copy you can write to"),
        (errno.ENAMETOOLONG, "a: the name is too long for this file system; shorten it"),
        (errno.ELOOP, "a: symbolic links go in a circle; replace one with the file itself"),
        (errno.EXFULL, "a: exchange full; check it, then run this again"),
    ],
)
def test_an_error_of_the_system_is_a_sentence(code: int, words: str) -> None:
    assert sentence(OSError(code, os.strerror(code), "a")) == words


def test_a_sentence_names_the_file_that_a_person_knows() -> None:
    error = OSError(errno.EACCES, "Permission denied", ".a.draft", None, "a\n::error::")
    assert sentence(error).startswith(r"a\n::error::: permission denied; ")
    assert sentence(OSError("odd")).startswith("reading or writing: odd; ")


def test_a_directory_of_odd_things_is_named_and_none_is_opened(book: Path) -> None:
    os.mkfifo(book / "pipe.yaml")
    (book / "desk" / "teams.yaml").unlink()
    os.mkfifo(book / "desk" / "teams.yaml")
    (book / "desk" / "groups.yaml").unlink()
    (book / "desk" / "groups.yaml").mkdir()
    docs = book.parent / "docs"
    docs.mkdir()
    os.mkfifo(docs / "page.md")
    (docs / "gone.md").symlink_to("nowhere.md")
    done = changebook("check", cwd=book.parent)
    assert done.returncode == 1
    for place in (
        "changes/pipe.yaml:1:1: not read: a pipe, not a file; delete it, or move it elsewhere",
        "changes/desk/teams.yaml:1:1: not read: a pipe, not a file; delete it, or move it elsewhere",
        "changes/desk/groups.yaml:1:1: not read: this is a folder, and a file is needed; move it away",
        "docs/page.md:1:1: not read: a pipe, not a file; delete it, or move it elsewhere",
        "docs/gone.md:1:1: not read: a symbolic link to nothing; put the file itself here",
    ):
        assert place in done.stdout
    assert "create it" not in done.stdout


@pytest.mark.parametrize("part", ["desk/teams.yaml", "desk/scenarios", "desk", "desk/wording.yaml"])
def test_a_link_in_the_book_is_named_and_not_followed(book: Path, tmp_path: Path, part: str) -> None:
    secret = tmp_path / "secret"
    if part.endswith(".yaml"):
        secret.write_text("password: {swordfish: hunter2}\n", encoding="utf-8")
    else:
        secret.mkdir()
        (secret / "swordfish.yaml").write_text("password: hunter2\n", encoding="utf-8")
    shutil.rmtree(book / part) if (book / part).is_dir() else (book / part).unlink(missing_ok=True)
    (book / part).symlink_to(secret)
    done = CliRunner().invoke(main, ["check", str(book)])
    assert done.exit_code == 1
    assert f"{part}:1:1: not read: a symbolic link; put the file itself here" in done.stdout
    assert "swordfish" not in done.output
    assert "password" not in done.output
