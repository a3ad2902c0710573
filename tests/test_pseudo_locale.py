"""The German book built in the pseudo-locale: nothing on its sites, in its feeds or calendars is the program's and was
not translated. What the book says is German; each text of the program is in brackets.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

from browsing import open_page, put_back, serve, written_by_scripts
from building import build
from changebook.cli import main
from changebook.language import ENGLISH, speak
from changebook.language.catalog import PSEUDO
from conftest import auental, load, past_words, with_past
from saying import OwnWords, Said, own_words

CHANGE = "changes/befunduebermittlung-fhir-r4/"
# A page of each kind that a script writes into.
PAGES = (*("", CHANGE, f"{CHANGE}launch/", f"{CHANGE}readiness/", "playbooks/befund-verspaetet/"),)
PAGES = (*PAGES, *("now/", "screen/", "on-call/", "calendar/", "since/", "symptoms/", "downtime/", "befund-kommt/"))
# What a browser itself says of times in German, and what is on keys.
BROWSERS = {*("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So", "Stunde", "Stunden", "Tag", "Tagen", "CET an"), "Enter", "Esc"}
# MkDocs imports this before it reads the book.
HOOK = f"""import changebook.site.loading as loading

loading.language_of = lambda folder: {PSEUDO!r}
"""
# The theme says few words itself, in all of its languages.
THEME = """{% macro t(key) %}{{ {"language": "de", "direction": "ltr"}.get(key, "⟦" ~ key ~ "⟧") }}{% endmacro %}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The book with its site for the desk, and those of staff and partners."""
    book = auental(tmp_path_factory.mktemp("pseudo") / "kb")
    (book / "hooks" / "own.py").write_text(HOOK, "utf-8")
    theme = book / "overrides" / "partials" / "languages" / f"{PSEUDO}.html"
    theme.parent.mkdir(parents=True)
    theme.write_text(THEME, "utf-8")
    with_past(book)
    done = build(book)
    assert done.returncode == 0, done.stderr
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("changebook.cli.editions.language_of", lambda folder: PSEUDO)
        patch.chdir(book)
        for edition in ("staff", "partners"):
            told = CliRunner().invoke(main, ["build", "--edition", edition])
            assert told.exit_code == 0, told.output
    yield book
    speak(ENGLISH)


@pytest.fixture(scope="module")
def own(folder: Path) -> OwnWords:
    book = load(folder / "changes").book
    assert book
    about = Said((folder / "site" / "about" / "index.html").read_text("utf-8"))
    # Search reads hand-written pages, and knows what no playbook is about, in the language of the book.
    more = ("Rufbereitschaft", "Telefonliste", "Essen und Küche", f"{book.desk.settings.organization} Changebook")
    return own_words(book, *about.lines, *more, *past_words(folder), *book.desk.scenarios, *book.changes)


def left(files: list[Path], own: OwnWords, said: Callable[[str], str]) -> dict[str, str]:
    """Return what the program says in files without brackets, each with the last file that has it."""
    return {run: file.name for file in files for run in own.left_in(said(file.read_text("utf-8-sig")))}


def page_text(html: str) -> str:
    return "\n".join(Said(html).lines)


@pytest.mark.parametrize("site", ["site", "site-staff", "site-partners"])
def test_all_that_a_site_says_is_translated(folder: Path, own: OwnWords, site: str) -> None:
    files = sorted((folder / site).rglob("*.html"))
    assert len(files) > 5
    assert left(files, own, page_text) == {}


def test_all_that_feeds_say_is_translated(folder: Path, own: OwnWords) -> None:
    files = sorted(folder.glob("site*/**/feeds/**/*.xml"))
    assert len(files) > 10
    assert left(files, own, feed_text) == {}


def feed_text(text: str) -> str:
    said = [(one.tag.rpartition("}")[2], one.text or "") for one in ElementTree.fromstring(text).iter()]
    titles = [text for tag, text in said if tag in ("title", "name")]
    return "\n".join([*titles, *(page_text(text) for tag, text in said if tag == "content")])


def test_all_that_calendars_say_is_translated(folder: Path, own: OwnWords) -> None:
    files = sorted(folder.glob("site*/**/*.ics"))
    assert len(files) > 5
    assert left(files, own, calendar_text) == {}


def calendar_text(text: str) -> str:
    said = ("SUMMARY", "DESCRIPTION", "LOCATION", "X-WR-CALNAME", "NAME")
    parts = Calendar.from_ical(text).walk()
    categories = [name for one in parts if "CATEGORIES" in one for name in one["CATEGORIES"].cats]
    return "\n".join([*(str(one[key]) for one in parts for key in said if key in one), *map(str, categories)])


def test_all_that_tables_say_is_translated(folder: Path, own: OwnWords) -> None:
    files = sorted(folder.glob("site/**/*.csv"))
    assert files
    assert left(files, own, lambda text: "\n".join(cell for row in csv.reader(text.splitlines()) for cell in row)) == {}


def test_all_that_search_shows_or_copies_is_translated(folder: Path, own: OwnWords) -> None:
    files = sorted(folder.glob("site/search/*/*cards*.json"))
    assert files
    assert left(files, own, lambda text: "\n".join(said_in(json.loads(text)))) == {}


def said_in(value: Any) -> Iterator[str]:
    """Yield what the cards of search show and copy; the handbook's are English."""
    shown = ("title", "do", "say", "when", "hours", "within", "label", "text", "note")
    if isinstance(value, dict) and not str(value.get("address")).startswith("handbook/"):
        yield from (text for key, text in value.items() if key in shown and isinstance(text, str))
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from said_in(inner)


def test_all_that_style_sheets_say_is_translated(folder: Path) -> None:
    styles = [file.read_text("utf-8") for file in (folder / "site" / "assets" / "css").glob("*.css")]
    styles += re.findall(r"<style>(.*?)</style>", (folder / "site/downtime/index.html").read_text("utf-8"), re.S)
    said = {text for style in styles for text in re.findall(r'content: ?"([^"]*[A-Za-z]{2}[^"]*)"', style)}
    assert said == {"⟦Downtime binder, page⟧ "}


def test_all_that_scripts_write_into_pages_is_translated(chromium: Browser, folder: Path, own: OwnWords) -> None:
    found: dict[str, str] = {}

    def look(page: Page, name: str) -> None:
        # A page marks what was typed, and puts a time into a blank: of a record's text there is a part.
        text = page.inner_text("body").replace("\t", "\n")
        found.update(
            (run, name) for run in own.left_in(text) if not re.search(rf"\b{re.escape(run.lower())}\b", own.said)
        )

    with serve(folder / "site", missing=folder / "site" / "404.html") as address:
        page, _complaints = open_page(chromium, address, zone="Asia/Kolkata")
        for name in PAGES:
            with written_by_scripts(page):
                page.goto(address + name)
            look(page, name)
        for asked in ("befund kommt nicht an", "Lohnabrechnung Kantine", "PAT-404", "er", "Nordlabor"):
            page.goto(address)
            page.locator(".cb-search__field:visible").fill(asked)
            expect(page.locator(f'.cb-results[data-ready="{asked}"]')).to_be_visible()
            look(page, asked)
        put_back(page)
    assert found.keys() - BROWSERS == set(), found
