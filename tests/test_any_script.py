"""A change whose name is not Latin: written, found, published, subscribed to and read like any other."""

from __future__ import annotations

import json
from pathlib import Path

import feedparser
import icalendar
import pytest
from click.testing import CliRunner

from building import build
from changebook.cli import main
from conftest import HARBOR, project

NAMES = {"Portal Move": "Запрос пациента R4", "Night Patch": "Größe für Łódź", "Lab Codes R5": "患者検索 R5"}
IDS = {
    "Запрос пациента R4": "zapros-patsienta-r4",
    "Größe für Łódź": "grosse-fur-lodz",
    "患者検索 R5": "huanzhejiansuo-r5",
}


def run(folder: Path, *words: str) -> str:
    done = CliRunner().invoke(main, [*words, "--book", str(folder / "changes")])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tests' own book with three names in other letters, and its site."""
    folder = project(tmp_path_factory.mktemp("scripts") / "kb", HARBOR, handbook=False)
    for old, new in NAMES.items():
        run(folder, "rename", old, new, "--yes")
    done = build(folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_each_name_is_on_its_pages_at_an_address_of_ascii(renamed: Path) -> None:
    for old, new in NAMES.items():
        page = (renamed / "site" / "changes" / IDS[new] / "index.html").read_text("utf-8")
        assert f"<title>{new}" in page
        moved = f"changes/{old.lower().replace(' ', '-')}/ /changes/{IDS[new]}/ 301"
        assert moved in (renamed / "site" / "_redirects").read_text("utf-8")
    assert all(file.relative_to(renamed).as_posix().isascii() for file in (renamed / "site").rglob("*"))


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("запрос пациента", "Запрос пациента R4"),
        ("ЗАПРОС R4", "Запрос пациента R4"),
        ("grosse lodz", "Größe für Łódź"),
        ("groesse fuer", "Größe für Łódź"),
        ("患者検索", "患者検索 R5"),
    ],
)
def test_search_finds_each_name_however_it_is_typed(renamed: Path, words: str, name: str) -> None:
    assert run(renamed, "search", words).startswith(f" 1. {name}")


def test_a_misspelled_name_is_still_found_in_text(renamed: Path) -> None:
    text = renamed / "mail.txt"
    text.write_text("Запрос Пацента R4 and Запрос пациента R4\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["names", str(text), "--book", str(renamed / "changes")])
    assert "'Запрос Пацента R4' is not the change's name; write 'Запрос пациента R4'" in done.output
    assert done.output.count("mail.txt:1:") == 1


def test_lists_feeds_and_calendars_have_each_name(renamed: Path) -> None:
    listed = {item["name"]: item["id"] for item in json.loads(run(renamed, "list", "--format", "json"))}
    assert {name: listed[name] for name in IDS} == IDS
    site = renamed / "site"
    titles = " ".join(entry.title for entry in feedparser.parse(str(site / "feeds" / "release-notes.xml")).entries)
    events = icalendar.Calendar.from_ical((site / "calendar" / "changes.ics").read_bytes()).events
    summaries = " ".join(str(event["SUMMARY"]) for event in events)
    for name in NAMES.values():
        assert name in titles or name in summaries
