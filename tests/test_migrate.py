"""A book of an earlier changebook gets the form of this one: what is asked for changes, all of it or nothing."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from changebook.cli import main
from changebook.model.settings import FORM
from changebook.scaffold import lists
from conftest import HARBOR
from test_package import new_book

OLDER = f"an earlier changebook wrote this book, in form 1, and this one reads {FORM}; run: changebook migrate"


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--book", str(folder)])


def texts(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def first_form(tmp_path: Path) -> Path:
    """The tests' own book as 0.2 wrote it, with comments of its own, a byte order mark and the line ends of Windows."""
    folder = Path(shutil.copytree(HARBOR, tmp_path / "changes"))
    settings = folder / "desk" / "book.yaml"
    text = settings.read_text("utf-8").replace(f"schema_version: {FORM}\norganization:", "organisation:   # ours\n ")
    settings.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    for file in (folder / "desk" / "scenarios").iterdir():
        file.write_text(re.sub(r"(?m)^code: .*\n", "", file.read_text("utf-8")), encoding="utf-8")
    return folder


def test_a_book_of_an_earlier_form_says_one_thing(first_form: Path) -> None:
    for words in (["check", str(first_form)], ["list", "--book", str(first_form)]):
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 1
        assert [line for line in done.output.splitlines() if ".yaml:" in line] == [
            f"{first_form.as_posix()}/desk/book.yaml:1:1: {OLDER}"
        ]


def test_a_migrated_book_is_right_and_keeps_its_comments_and_layout(first_form: Path) -> None:
    before = texts(first_form)
    done = run(first_form, "migrate", "--yes")
    assert done.exit_code == 0, done.output
    assert "`organisation` in `desk/book.yaml` is `organization`." in done.output
    assert CliRunner().invoke(main, ["check", str(first_form)]).exit_code == 0
    after = texts(first_form)
    was = before["desk/book.yaml"]
    key = f"schema_version: {FORM}\r\norganization:".encode()
    assert after["desk/book.yaml"] == was.replace(b"organisation:", key)
    added = {name: re.sub(rb"(?m)^code: PB-\d+\n", b"", text) for name, text in after.items() if name in before}
    assert {name: text for name, text in added.items() if text != before[name]}.keys() == {"desk/book.yaml"}
    codes = [code for text in after.values() for code in re.findall(rb"(?m)^code: (PB-\d+)$", text)]
    assert len(codes) == len(set(codes)) == len(list((first_form / "desk" / "scenarios").iterdir()))


@pytest.mark.slow
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("was", "name"),
    [
        ("Whole sheet  # printed", "Whole sheet"),
        ("'Its: sheet'", "'Its: sheet'"),
        (">-\n    Whole\n    sheet", "Whole sheet"),
    ],
)
def test_an_artifact_that_is_a_text_gets_its_parts(first_form: Path, was: str, name: str, end: str) -> None:
    file = first_form / "desk" / "kinds.yaml"
    text = re.sub(
        r"(?ms)^  artifact:\n    name: Whole sheet\n.*?^  requires:",
        f"  artifact: {was}\n  requires:",
        file.read_text("utf-8"),
    )
    assert f"artifact: {was}" in text
    file.write_bytes(text.replace("\n", end).encode())
    done = run(first_form, "migrate", "--yes")
    assert done.exit_code == 0, done.output
    assert "`artifact` of a kind is its name, its use and its parts, not one text." in done.output
    assert CliRunner().invoke(main, ["check", str(first_form)]).exit_code == 0
    noted = "  # printed" if "#" in was else ""
    after = file.read_bytes().decode()
    assert f"  artifact:{noted}{end}    name: {name}{end}    use: For the desk" in after
    assert after.replace("\r\n", "").count("\r") == 0


def test_a_second_run_finds_nothing_to_do(first_form: Path) -> None:
    run(first_form, "migrate", "--yes")
    before = texts(first_form)
    done = run(first_form, "migrate", "--yes")
    assert done.exit_code == 0
    assert "nothing was changed" in done.output
    assert texts(first_form) == before


def test_nothing_is_written_without_a_yes_or_where_a_file_cannot_be_read(first_form: Path) -> None:
    before = texts(first_form)
    assert CliRunner().invoke(main, ["migrate", "--book", str(first_form)], input="n\n").exit_code == 1
    assert texts(first_form) == before
    (first_form / "broken.yaml").write_text("name: [", encoding="utf-8")
    done = run(first_form, "migrate", "--yes")
    assert done.exit_code == 1
    assert "broken.yaml:1:" in done.output
    (first_form / "broken.yaml").unlink()
    assert texts(first_form) == before


@pytest.mark.parametrize("form", ["two", "2.0", "-1", "[2]", ""])
def test_a_form_that_is_no_number_is_a_problem_and_not_the_newest(first_form: Path, form: str) -> None:
    file = first_form / "desk" / "book.yaml"
    file.write_bytes(file.read_bytes() + f"schema_version: {form}\r\n".encode())
    before = texts(first_form)
    done = run(first_form, "migrate", "--yes")
    assert done.exit_code == 1
    assert f"schema_version: expected a whole number; write {FORM}, or delete the line" in done.output
    assert texts(first_form) == before


def test_a_migration_that_was_killed_is_run_again(first_form: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, written = Path.replace, []

    def killed(file: Path, target: Path) -> Path:
        if written:
            raise KeyboardInterrupt
        written.append(target)
        return replace(file, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", killed)
        assert run(first_form, "migrate", "--yes").exit_code != 0
    assert [file.parent.name for file in written] == ["scenarios"]
    assert OLDER in CliRunner().invoke(main, ["check", str(first_form)]).output
    assert run(first_form, "migrate", "--yes").exit_code == 0
    assert CliRunner().invoke(main, ["check", str(first_form)]).exit_code == 0


def test_a_book_of_a_later_changebook_says_so(first_form: Path) -> None:
    settings = first_form / "desk" / "book.yaml"
    settings.write_text(f"schema_version: {FORM + 1}\nnew_key: 1\n", encoding="utf-8")
    for words in (["check", str(first_form)], ["migrate", "--yes", "--book", str(first_form)]):
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 1
        assert (
            f"a later changebook wrote this book, in form {FORM + 1}, and this one reads {FORM} at most" in done.output
        )
        assert "new_key" not in done.output


@pytest.mark.slow
def test_a_list_that_nobody_edited_becomes_the_newest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changes = new_book(tmp_path / "kb") / "changes"
    assert "nothing was changed" in run(changes, "migrate", "--yes").output
    kinds, cases = (changes / "desk" / f"{name}.yaml" for name in ("kinds", "cases"))
    newest, edited = kinds.read_text("utf-8"), cases.read_text("utf-8") + "# Ours.\n"
    cases.write_text(edited, encoding="utf-8")
    # So an earlier changebook shipped them.
    shipped = lists.shipped_path

    def earlier(name: str) -> Path:
        copy = tmp_path / Path(name).name
        copy.write_text(shipped(name).read_text("utf-8") + "# Earlier.\n", encoding="utf-8")
        return copy

    with monkeypatch.context() as patched:
        patched.setattr(lists, "shipped_path", earlier)
        kinds.write_text(lists.starter_lists()["kinds"].replace("\n", "\r\n"), encoding="utf-8", newline="")
        cases.write_text(lists.starter_lists()["cases"] + "# Ours.\n", encoding="utf-8")
    done = run(changes, "migrate", "--yes")
    assert done.exit_code == 0, done.output
    assert kinds.read_bytes() == newest.replace("\n", "\r\n").encode()
    assert "desk/cases.yaml was edited here and stays as it is" in done.output
    assert cases.read_text("utf-8").endswith("# Earlier.\n# Ours.\n")
