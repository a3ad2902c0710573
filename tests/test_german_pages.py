"""The site of the German book: no English in any part of any page, in what leaves for others, or in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from accessibility import violations
from browsing import open_page, serve
from building import build, changebook
from conftest import auental

CHANGE = "changes/befunduebermittlung-fhir-r4/"
# A page of each kind that differs in how wide its words are.
PAGES = ("", CHANGE, f"{CHANGE}readiness/", "playbooks/befund-verspaetet/", "readiness/", "calendar/", "404.html")
# Words that English pages are full of and German has not, beside those of this book's subject.
ENGLISH = frozenset(
    "the and of is not with for to are what when who how yet more from at than since until this that has its no if "
    "change changes release notes user groups caller callers page pages search menu known open call due late draft "
    "ready gap gaps today passed failed show fewer all clear copy print last first next done switch dark light".split()
)
_READ = {"alt", "aria-label", "data-cb-asof", "data-cb-made", "data-h", "data-label", "placeholder", "title"}
# What nobody reads as words, and tags without an end.
_UNSEEN = {"style", "script", "code", "svg"}
_VOID = frozenset("area base br col embed hr img input link meta source track wbr path use rect circle".split())
_WORD = re.compile(r"[A-Za-zÄÖÜäöüß]{2,}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The German book with its site for the desk, and those of staff and partners."""
    book = auental(tmp_path_factory.mktemp("auental") / "kb")
    done = build(book)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr, done.stderr
    for edition in ("staff", "partners"):
        told = changebook("build", "--edition", edition, cwd=book)
        assert told.returncode == 0, told.stderr
    return book


class Said(HTMLParser):
    """What a page shows or reads aloud, without what it marks as English, and without code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._around: list[tuple[str, bool]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        skipped = bool(self._around and self._around[-1][1]) or given.get("lang") == "en" or tag in _UNSEEN
        if tag not in _VOID:
            self._around.append((tag, skipped))
        described = tag == "meta" and given.get("name") == "description"
        if not skipped:
            self.lines += [value or "" for key, value in attrs if key in _READ or (described and key == "content")]

    def handle_endtag(self, tag: str) -> None:
        while any(tag == name for name, _skipped in self._around) and self._around.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not (self._around and self._around[-1][1]):
            self.lines += filter(None, (" ".join(line.split()) for line in data.splitlines()))


def english_in(line: str) -> set[str]:
    return ENGLISH & {word.lower() for word in _WORD.findall(line)}


@pytest.mark.parametrize("site", ["site", "site-staff", "site-partners"])
def test_no_page_has_an_english_word(folder: Path, site: str) -> None:
    files = sorted((folder / site).rglob("*.html"))
    found = {(file.name, line) for file in files for line in Said(file.read_text("utf-8")).lines if english_in(line)}
    assert len(files) > 5
    assert found == set()


def test_feeds_and_calendars_have_no_english_word(folder: Path) -> None:
    files = [file for site in ("site", "site-staff") for file in (folder / site).rglob("*")]
    followed = [file for file in files if file.suffix in (".ics", ".xml") and file.name != "sitemap.xml"]
    shown = re.compile(
        r"(?:<(?:title|summary|name)[^>]*>|(?:SUMMARY|DESCRIPTION|CATEGORIES|NAME|X-WR-CALNAME):)([^<\r\n]+)"
    )
    lines = {line for file in followed for line in shown.findall(file.read_text("utf-8"))}
    assert "Klinikum Auental" in " ".join(lines)
    assert {line for line in lines if english_in(line)} == set()


def test_every_page_is_marked_as_german_and_the_handbook_as_english(folder: Path) -> None:
    for file in (folder / "site").rglob("*.html"):
        html = file.read_text("utf-8")
        assert re.search(r'<html lang="?de"?[ >]', html), file
        own = file.parent.parent.name == "handbook" or file.parent.name == "handbook"
        assert ('tabindex="-1" lang="en"' in html) == own, file


def test_a_terminal_speaks_english_of_a_german_book(folder: Path) -> None:
    told = changebook("gate", "neue-kartenterminals-2027", cwd=folder)
    assert "rollback: not recorded; add it." in told.stdout, told.stdout


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with serve(folder / "site", missing=folder / "site" / "404.html") as address:
        yield address


@pytest.fixture(scope="module")
def tab(chromium: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    # The reader's clock is another than the book's: each page shows times of both.
    page, complaints = open_page(chromium, address, zone="Asia/Kolkata")
    yield page, complaints
    page.context.close()


@pytest.mark.parametrize("name", PAGES, ids=lambda name: name or "home")
def test_a_german_page_is_whole_quiet_and_accessible(
    tab: tuple[Page, list[str]], address: str, kinds: set[str], name: str
) -> None:
    page, complaints = tab
    complaints.clear()
    for width, height in ((1366, 900), (320, 640)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address + name, wait_until="load")
        page.evaluate("document.fonts.ready")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(CUT_CELLS) == []
        assert [line for line in page.inner_text("body").splitlines() if english_in(line)] == []
        assert violations(page, kinds, width=width == 320) == []
    assert complaints == []


# What a word of a status or of a cell is cut by: the cell around it is narrower.
CUT_CELLS = """() => [...document.querySelectorAll('.cb-cell, .cb-status, .cb-due')].filter((one) => {
    const box = one.getBoundingClientRect(), cell = one.closest('td, th, li, p, div').getBoundingClientRect();
    return box.width && box.right > cell.right + 1;
}).map((one) => one.textContent.trim())"""


def test_search_answers_in_german(tab: tuple[Page, list[str]], address: str) -> None:
    page, complaints = tab
    complaints.clear()
    page.set_viewport_size({"width": 1366, "height": 900})
    for asked in ("befund kommt nicht an", "Lohnabrechnung Kantine"):
        page.goto(address)
        page.locator(".cb-search__field:visible").fill(asked)
        expect(page.locator(f'.cb-results[data-ready="{asked}"]')).to_be_visible()
        assert [line for line in page.inner_text("body").splitlines() if english_in(line)] == []
    assert complaints == []
