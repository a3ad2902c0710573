"""Records in an editor: the YAML language server, as it runs in VS Code, with this book's schemas."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from changebook.book import Book
from changebook.cli import main
from conftest import ROOT, SAMPLE
from editing import Editor, start_editor

SETTINGS = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory, schema_files: Path) -> Iterator[Editor]:
    """An editor that has this project's settings, at work in a copy of the sample book."""
    folder = tmp_path_factory.mktemp("workspace")
    shutil.copytree(SAMPLE, folder / "changes")
    shutil.copytree(schema_files, folder / "docs" / "schema")
    schemas = {(folder / path).as_uri(): glob for path, glob in SETTINGS["yaml.schemas"].items()}
    with start_editor(folder, {"schemas": schemas}) as editor:
        yield editor


def place(text: str, words: str) -> tuple[int, int]:
    """Return line and column, both from 0, at which `words` end for the first time."""
    before = text[: text.index(words) + len(words)]
    return before.count("\n"), len(before) - before.rfind("\n") - 1


def opened(editor: Editor, name: str, before: str, after: str) -> tuple[Path, str, list[dict[str, object]]]:
    """Open a new record made from Status Page Names; return its file, its text and what is marked in it."""
    text = (editor.folder / "changes" / "status-page-names.yaml").read_text("utf-8")
    assert before in text
    text, file = text.replace(before, after, 1), editor.folder / "changes" / f"{name}.yaml"
    return file, text, editor.open(file, text)


def test_the_records_of_the_sample_are_right_in_an_editor(editor: Editor) -> None:
    for file in [
        *(editor.folder / "changes").glob("*.yaml"),
        *(editor.folder / "changes/desk/scenarios").glob("*.yaml"),
    ]:
        assert editor.open(file, file.read_text("utf-8")) == [], file.name


def test_the_desks_systems_are_offered_with_what_they_are(editor: Editor, sample: Book) -> None:
    file, text, _ = opened(editor, "systems", "systems: [status-board, alert-hub]", "systems: [status-board, ]")
    offered = editor.offered(file, *place(text, "systems: [status-board, "))
    assert set(sample.desk.systems) - {"status-board"} <= set(offered)
    assert offered["patient-index"].startswith("Patient Index. Has one entry per patient")


def test_the_keys_of_a_record_are_offered_by_the_header_alone(editor: Editor) -> None:
    # Outside changes/*.yaml only the first line says which schema is meant.
    file = editor.folder / "changes" / "drafts" / "new.yaml"
    text = "# yaml-language-server: $schema=../../docs/schema/change.json\nname: New\nki"
    editor.open(file, text)
    offered = editor.offered(file, 2, 2)
    assert offered["kind"] == "The kind of change; it decides which sections are required."


def test_the_terms_of_a_key_are_offered(editor: Editor) -> None:
    file, text, _ = opened(editor, "terms", "    change: renamed", "    change: ")
    assert set(editor.offered(file, *place(text, "    change: "))) == set(
        "added removed changed renamed reworded new-rule timing".split()
    )


def test_a_key_says_what_it_holds_and_who_reads_it(editor: Editor) -> None:
    file, text, _ = opened(editor, "hover", "name: Status", "name: Status")
    line, column = place(text, "owner")
    assert "The team that makes the change. Only the desk reads it." in editor.hover(file, line, column - 2)


@pytest.mark.parametrize(
    ("before", "after", "wrong", "said"),
    [
        ("alert-hub]", "alert-hab]", "alert-hab", 'Valid values: "northmere-ehr"'),
        ("owner: desk-lead", "owner: desk-laed", "desk-laed", "Value is not accepted"),
        ("status: draft", "status: darft", "darft", '"draft", "ready"'),
        ("end: 2026-12-15 10:30", "end: 2026-12-15 25:30", "2026-12-15 25:30", "Expected a time, `2026-12-02 21:00`"),
        ("communications:", "comunications:", "comunications", "Property comunications is not allowed"),
        ("within: 10m", "within: soon", "soon", "Expected a duration, `30m`"),
    ],
)
def test_a_mistake_is_marked_where_check_names_it(
    editor: Editor, before: str, after: str, wrong: str, said: str
) -> None:
    file, text, marked = opened(editor, f"marked-{wrong[:5]}", before, after)
    line, column = place(text, wrong)
    found = [item for item in marked if said in str(item["message"])]
    assert found, marked
    span = found[0]["range"]
    assert span == {  # type: ignore[comparison-overlap]
        "start": {"line": line, "character": column - len(wrong)},
        "end": {"line": line, "character": column},
    }
    shutil.copytree(editor.folder / "changes" / "desk", file.parent / "check" / "desk", dirs_exist_ok=True)
    record = file.parent / "check" / "status-page-names.yaml"
    record.write_text(text, encoding="utf-8")
    checked = CliRunner().invoke(main, ["check", str(record)]).output
    assert f"status-page-names.yaml:{line + 1}:{column - len(wrong) + 1}: " in checked


def test_a_new_record_is_right_in_an_editor_at_once(editor: Editor) -> None:
    book = editor.folder / "changes"
    made = ["new", "Night Cutover", "--book", str(book), "--kind", "partner-onboarding", "--owner", "lab-systems"]
    assert CliRunner().invoke(main, made).exit_code == 0
    file = book / "night-cutover.yaml"
    assert editor.open(file, file.read_text("utf-8")) == []
