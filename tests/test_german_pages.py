"""The site of the German book: no English in any part of any page, in what leaves for others, or in a browser."""

from __future__ import annotations

import email
import email.policy
import json
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from accessibility import Kinds, violations
from browsing import open_page, put_back, serve
from building import changebook
from saying import Said

CHANGE = "changes/befunduebermittlung-fhir-r4/"
# A page of each kind that differs in how wide its words are.
PAGES = ("", CHANGE, f"{CHANGE}readiness/", "playbooks/befund-verspaetet/", "readiness/", "calendar/", "404.html")
# Words that English pages are full of and German has not, beside those of this book's subject.
ENGLISH = frozenset(
    "the and of is not with for to are what when who how yet more from at than since until this that has its no if "
    "change changes release notes user groups caller callers page pages search menu known open call due late draft "
    "ready gap gaps today passed failed show fewer all clear copy print last first next done switch dark light".split()
)
_WORD = re.compile(r"[A-Za-zÄÖÜäöüß]{2,}")


@pytest.fixture(scope="module")
def folder(german_folder: Path) -> Path:
    """The German book with its site for the desk, and those of staff and partners."""
    for edition in ("staff", "partners"):
        told = changebook("build", "--edition", edition, cwd=german_folder)
        assert told.returncode == 0, told.stderr
    return german_folder


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


@pytest.mark.parametrize("readers", ["desk", "staff", "partners"])
@pytest.mark.parametrize("form", ["mail", "phone", "sms", "mattermost"])
def test_what_is_announced_has_no_english_word(folder: Path, form: str, readers: str) -> None:
    for named in ("befunduebermittlung-fhir-r4", "nordlabor"):
        told = changebook("announce", named, "--as", form, "--readers", readers, cwd=folder)
        assert told.returncode == 0, told.stderr
        text = mailed(told.stdout) if form == "mail" else told.stdout
        assert [line for line in text.splitlines() if english_in(line)] == []


def test_a_digest_has_no_english_word(folder: Path) -> None:
    text = mailed(changebook("digest", "--since", "30d", cwd=folder).stdout)
    assert "GEÄNDERT" in text
    # An address is one in every language.
    lines = [line for line in text.splitlines() if "/" not in line]
    assert len(lines) > 20
    assert [line for line in lines if english_in(line)] == []


def mailed(mail: str) -> str:
    """Return the subject and the text of a mail."""
    read = email.message_from_string(mail, policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    return f"{read['Subject']}\n{read.get_content()}"


def test_what_a_helpdesk_takes_in_has_no_english_word(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "macros.json"
    told = changebook("export", "responses", "--for", "zendesk", "--to", str(file), cwd=folder)
    assert told.returncode == 0, told.stderr
    texts = [one["actions"][0]["value"] for one in json.loads(file.read_text("utf-8"))["macros"]]
    assert [line for text in texts for line in text.splitlines() if english_in(line)] == []
    assert all("\n\nReferenz: PB-" in text for text in texts)
    same = changebook("responses", "diff", str(file), cwd=folder)
    assert (same.returncode, same.stdout.splitlines()[-1][:10]) == (0, "0 drifted,"), same.stdout


def test_a_table_opens_in_a_german_spreadsheet(folder: Path) -> None:
    ledger = (folder / "site" / CHANGE / "readiness" / "ledger.csv").read_text("utf-8-sig")
    head, first = ledger.splitlines()[:2]
    assert head.startswith("Änderung;Fall;Titel;Stufe;Zeitpunkt;Ergebnis;")
    assert ";vor der Produktion;2026-11-17T10:00+01:00;bestanden;80;" in first


def test_every_page_is_marked_as_german_and_the_handbook_as_english(folder: Path) -> None:
    for file in (folder / "site").rglob("*.html"):
        html = file.read_text("utf-8")
        assert re.search(r'<html lang="?de"?[ >]', html), file
        own = file.parent.parent.name == "handbook" or file.parent.name == "handbook"
        assert ('tabindex="-1" lang="en"' in html) == own, file


def test_a_terminal_speaks_english_of_a_german_book(folder: Path) -> None:
    told = changebook("gate", "neue-kartenterminals-2027", cwd=folder)
    assert "rollback: missing; add this section." in told.stdout, told.stdout


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with serve(folder / "site", missing=folder / "site" / "404.html") as address:
        yield address


@pytest.fixture(scope="module")
def tab(chromium: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    # The reader's clock is another than the book's: each page shows times of both.
    page, complaints = open_page(chromium, address, zone="Asia/Kolkata")
    yield page, complaints
    put_back(page)


@pytest.mark.parametrize("name", PAGES, ids=lambda name: name or "home")
def test_a_german_page_is_whole_quiet_and_accessible(
    tab: tuple[Page, list[str]], address: str, kinds: Kinds, name: str
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
    if name == CHANGE:
        said = page.locator(".cb-duty--told[data-cb-line^=schnittstellen]").first.locator("xpath=..")
        assert said.inner_text().endswith("Eskalieren an Schnittstellen, 8120.")
        assert page.evaluate(LATE) == "3 Stunden überfällig"
    assert complaints == []


# What the clock says of something that was due three hours ago.
LATE = """() => {
    document.body.insertAdjacentHTML("beforeend", '<i data-cb-late="2026-12-03T06:42+01:00"></i>');
    changebook.decide();
    return document.body.lastChild.textContent;
}"""
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
