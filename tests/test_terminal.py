"""What is printed is text and nothing else: whatever a record, a file name or an argument holds, and into any pipe."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner, Result

from attacking import dump, hostile_book
from building import build
from changebook.cli import main
from changebook.errors import Problem
from changebook.printing.terminal import annotate, say, say_json
from changebook.printing.visible import visible
from conftest import GOOD, HARBOR, ROOT, Repository, project
from golden_texts import SOURCE

# What a record may hold, and what it may not; an argument may be anything.
ALLOWED = "::error::x ##[error]y"
HOSTILE = "a\x1b[31mb\u202ec\x85d\x7f\n::error::x\n  ##[error]y\r"
NAMES = [
    "a\nb.yaml",
    "::error::x\n::error::y.yaml",
    "c\x1b[31m.yaml",
    "d\udcff.yaml",
    "e\u202e.yaml",
    "f##[error]g.yaml",
]
OURS = re.compile(r"::(error|warning) file=[^,:]*,line=\d+,col=\d+::")
FORMS = [("check",), ("check", "--format", "json"), ("check", "--format", "github"), ("gate",)]
COMMANDS = [
    *FORMS,
    ("check", "--search", "--today", HOSTILE),
    ("gate", "--format", "github"),
    ("gate", "--format", "json"),
    ("gate", HOSTILE),
    ("list",),
    ("list", "--format", "json"),
    ("list", "--kind", HOSTILE),
    ("list", "--status", HOSTILE),
    ("show", "score-search"),
    ("show", "score-search", "--format", "json"),
    ("show", HOSTILE),
    ("search", "a", "b"),
    ("search", "a", "--format", "json"),
    ("search", HOSTILE),
    ("names", "docs/page.md", "--format", "github"),
    ("names", HOSTILE),
    ("schema",),
    ("rename", "score-search", "Other Change", "--yes"),
    ("rename", HOSTILE, HOSTILE, "--yes"),
    ("new", HOSTILE),
    ("new", "Fresh", "--kind", HOSTILE),
    ("new", "Fresh", "--from", HOSTILE, "--yes"),
    ("new", "Fresh", "--from", "score-search", "--sentence", HOSTILE, "--yes"),
    ("new", "Fresh", "--from", "score-search", "--yes"),
    ("review", "HEAD^..HEAD"),
    ("review", "HEAD^..HEAD", "--format", "json"),
    ("review", HOSTILE),
    ("review", f"{HOSTILE}..HEAD"),
    ("status", "--today", "2026-12-02 18:00"),
    ("since", "30d"),
    ("roll-back", "score-search", HOSTILE, "--yes"),
    ("told", "score-search", HOSTILE, "--how", HOSTILE, "--yes"),
    ("move", "score-search", "--to", HOSTILE),
    ("build", "--to", f"docs/{HOSTILE}"),
    (HOSTILE,),
    (f"--{HOSTILE}",),
]


def harmless(text: str) -> list[str]:
    """Return the lines of an output, none of which acts on a terminal or is a command to a runner."""
    acting = {letter for letter in text if letter != "\n" and unicodedata.category(letter) in ("Cc", "Cf", "Cs")}
    lines = text.split("\n")
    commands = [line for line in lines if line.lstrip().startswith("::") and not OURS.match(line)]
    assert (acting, commands, "##[" in text) == (set(), [], False), text
    return lines


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture(scope="module", params=[ALLOWED, HOSTILE], ids=["allowed", "refused"])
def hostile(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """A project whose record and page are hostile wherever they hold text, in a repository."""
    repository = Repository(tmp_path_factory.mktemp("hostile") / "project")
    folder = repository.folder
    (folder / "changes").mkdir()
    shutil.copytree(SOURCE / "desk", folder / "changes" / "desk")
    repository.commit()
    book, _ = hostile_book(folder, [request.param])
    shutil.rmtree(folder / "changes")
    book.rename(folder / "changes")
    # A sentence may have several lines; who prints it prints one.
    record = folder / "changes" / "score-search.yaml"
    values = yaml.load(record.read_text("utf-8"), Loader=yaml.CBaseLoader)
    record.write_text(dump({**values, "sentence": f"One thing changes.\n{request.param}"}), encoding="utf-8")
    (folder / "docs").mkdir()
    page = f"# Page\n\n{'Score' if request.param == ALLOWED else 'Scoore'} Search {request.param}\n"
    (folder / "docs" / "page.md").write_text(page, encoding="utf-8")
    (folder / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    repository.commit()
    repository.git("gc", "--quiet")  # one file in place of a hundred folders, each of which every copy would make
    with pytest.MonkeyPatch.context() as here:
        here.chdir(folder)
        # The one book is right, so that every command prints all of it.
        assert (run("check").exit_code == 0) == (request.param == ALLOWED), run("check").output
    return folder


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: ascii(" ".join(command))[:60])
def test_no_command_prints_what_acts(
    hostile: Path, tmp_path: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(hostile, tmp_path / "project"))
    monkeypatch.chdir(folder)
    done = run(*command)
    assert done.exit_code in (0, 1, 2)
    assert isinstance(done.exception, SystemExit | None), done.exception
    harmless(done.stdout)
    harmless(done.stderr)


def test_a_failed_build_prints_no_command_either(hostile: Path, tmp_path: Path) -> None:
    folder = project(tmp_path / "project", hostile / "changes", handbook=False)
    (folder / "changes" / "a\n::error::x.yaml").write_text("name: x\n", encoding="utf-8")
    done = build(folder)
    assert done.returncode == 1
    assert r"a\n::error::x.yaml:1:1: file name" in done.stderr
    harmless(done.stderr)


def test_tab_offers_no_name_that_acts(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        (small / name).write_bytes(b"")
    (small / "right.yaml").write_bytes(b"")
    (small / ".#right.yaml").symlink_to("robin@desk.1234:1765")
    monkeypatch.chdir(small)
    for word, value in (("COMPLETE", "bash_complete"), ("WORDS", "changebook show ")):
        monkeypatch.setenv("_CHANGEBOOK_COMPLETE" if word == "COMPLETE" else f"COMP_{word}", value)
    monkeypatch.setenv("COMP_CWORD", "2")
    done = CliRunner().invoke(main, [], prog_name="changebook")
    assert done.stdout == "plain,right\n"


@pytest.mark.parametrize("command", FORMS, ids=" ".join)
@pytest.mark.parametrize("below", ["changes", "docs"])
def test_a_file_name_is_shown_and_does_nothing(small: Path, below: str, command: tuple[str, ...]) -> None:
    folder = small.parent / below
    folder.mkdir(exist_ok=True)
    for name in NAMES:
        (folder / name).write_bytes((GOOD / "six-lines.yaml").read_bytes())
    done = run(*command, *(["--book"] if command[0] == "gate" else []), str(small))
    assert done.exit_code == 1
    said = "\n".join(harmless(done.stdout) + harmless(done.stderr))
    if "json" in command:
        said = "\n".join(visible(problem["path"]) for problem in json.loads(done.stdout))
    for shown in (r"a\nb.yaml", r"c\x1b[31m.yaml", r"d\xff.yaml", r"e\u202e.yaml"):
        assert shown in said


def test_json_stays_json_and_holds_what_it_was_given() -> None:
    said: list[str] = []
    for values in ([HOSTILE, "é – 🩺"], {"path": "d\udcff.yaml"}):
        done = CliRunner().invoke(_printing(say_json, values))
        said.append(done.stdout)
        harmless(done.stdout)
        assert done.stdout.isascii()
    assert json.loads(said[0]) == [HOSTILE, "é – 🩺"]
    assert json.loads(said[1]) == {"path": r"d\xff.yaml"}


def test_a_line_stays_one_line_and_is_no_command() -> None:
    assert CliRunner().invoke(_printing(say, "::error::x")).stdout == "\\x3a:error::x\n"
    assert CliRunner().invoke(_printing(say, " ::error::x\n::y")).stdout == " \\x3a:error::x\\n::y\n"
    done = CliRunner().invoke(_printing(annotate, "error", "a:b,c%\n.yaml", 1, 2, "100%\n::error::x"))
    assert done.stdout == "::error file=a%3Ab%2Cc%25\\n.yaml,line=1,col=2::100%25\\n::error::x\n"


def test_a_problem_is_one_line_wherever_it_is_printed() -> None:
    # A failed build prints problems too, through MkDocs.
    assert str(Problem(Path("a\nb.yaml"), 1, 2, "x\n::error::y")) == r"a\nb.yaml:1:2: x\n::error::y"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Überweisung – 検査, 👩‍⚕️", "Überweisung – 検査, 👩‍⚕️"),
        ("می‌خواهم", "می‌خواهم"),
        ("a\tb", r"a\tb"),
        ("\x1b[2J", r"\x1b[2J"),
        ("\x9b", r"\x9b"),
        ("\u2028\u2066\u061c", r"\u2028\u2066\u061c"),
        ("\U000e0041", r"\U000e0041"),
        (os.fsdecode(b"\xff\xc3"), r"\xff\xc3"),
        (r"\x1b is shown", r"\x1b is shown"),
    ],
)
def test_what_acts_or_hides_is_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert visible(shown) == shown


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ("list",),
        ("show", "six-lines"),
        ("show", "six-lines", "--format", "json"),
        ("check",),
        ("check", "--format", "github"),
        ("gate", "--today", "2026-12-08"),
        ("search", "there is no score"),
        ("names", "docs/index.md"),
        ("rename", "six-lines", "Few Lines", "--yes"),
        ("show", "nothing – at all →"),
    ],
    ids=" ".join,
)
def test_a_windows_pipe_gets_the_same_with_some_characters_replaced(
    tmp_path: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(encoding: str) -> tuple[int, bytes, bytes]:
        folder = tmp_path / encoding
        book_with_an_arrow(folder)
        monkeypatch.chdir(folder)
        done = CliRunner(charset=encoding).invoke(main, list(command))
        return done.exit_code, done.stdout_bytes, done.stderr_bytes

    code, *whole = said("utf-8")
    for encoding in ("cp1252", "cp932", "cp437"):
        replaced = [text.decode("utf-8").encode(encoding, "replace") for text in whole]
        assert said(encoding) == (code, *replaced), encoding


def test_the_command_itself_survives_such_a_pipe(tmp_path: Path) -> None:
    book_with_an_arrow(tmp_path)
    program = [sys.executable, "-c", "from changebook.cli import main; main(prog_name='changebook')"]
    environment = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp437"}
    done = subprocess.run(
        [*program, "show", "six-lines"], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Nothing looks different ? ?." in done.stdout


def book_with_an_arrow(folder: Path) -> None:
    shutil.copytree(HARBOR, folder / "changes")
    (folder / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "index.md", folder / "docs")
    file = folder / "changes" / "six-lines.yaml"
    file.write_text(
        file.read_text("utf-8").replace("Nothing looks different.", "Nothing looks different → ▲.", 1), encoding="utf-8"
    )


def _printing(function: object, *arguments: object) -> object:
    @click.command()
    def command() -> None:
        function(*arguments)  # type: ignore[operator]

    return command
