"""Every page leads whoever finds something wrong on it to a mail or an issue that names the page already."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from browsing import open_page, put_back, serve
from building import build
from changebook.model import Settings
from changebook.names import SCREEN
from changebook.site.feedback import Shown, feedback_address
from conftest import GOOD, HARBOR, SMALL, lines, load, project

ODD = Shown(
    title="R&D #1? 100% + \N{LATIN SMALL LETTER E WITH ACUTE} 'x' \"y\" <z>",
    address="https://kb.northmere.example/a/?b=c&d#e",
    change="R4 (v2.0)/x",
    place="changes/r4.yaml:123",
)
FACTS = [
    f"- Page: {ODD.title}",
    f"- Address: {ODD.address}",
    f"- Change: {ODD.change}",
    f"- Record: {ODD.place}",
    "",
    "What is wrong, and what is right? Leave out patients' names and record numbers.",
    "",
    "",
]
LINK = re.compile(r'<a class="cb-edit__wrong" href="([^"]+)">Something wrong on this page\?</a></p>')


BASE = {
    "organization": "Northmere",
    "desk": {"name": "Desk", "phone": "4400", "hours": "always"},
    "zone": "America/Chicago",
}


def settings(feedback: str | None, kind: str = "github") -> Settings:
    forge = {"kind": kind, "repository": "https://git.northmere.example/desk/book/"}
    return Settings.model_validate({**BASE, "forge": forge, "feedback": feedback})


def test_a_mail_holds_the_page_and_its_lines_end_as_those_of_mails_do() -> None:
    address = feedback_address(settings("kb+help@northmere.example"), ODD)
    to, _, asked = address.removeprefix("mailto:").partition("?")
    assert unquote(to) == "kb+help@northmere.example"
    assert re.fullmatch(r"[A-Za-z0-9%@._~\-]+", to)
    # Mail programs take a plus sign as it is, so that no space may become one.
    assert re.fullmatch(r"subject=[A-Za-z0-9%._~\-]+&body=[A-Za-z0-9%._~\-]+", asked)
    subject, body = (unquote(part.partition("=")[2]) for part in asked.split("&"))
    assert subject == f"Something wrong: {ODD.title}"
    assert body.split("\r\n") == FACTS


@pytest.mark.parametrize(
    ("kind", "path", "names"),
    [
        ("github", "/desk/book/issues/new", ("title", "body")),
        ("gitlab", "/desk/book/-/issues/new", ("issue[title]", "issue[description]")),
    ],
)
def test_an_issue_holds_the_page_as_each_forge_takes_it(kind: str, path: str, names: tuple[str, str]) -> None:
    address = feedback_address(settings("issues", kind), ODD)
    assert re.fullmatch(r"https://[A-Za-z0-9%&=?/._~\-]+", address)
    parts = urlsplit(address)
    assert (parts.netloc, parts.path, parts.fragment) == ("git.northmere.example", path, "")
    asked = parse_qs(parts.query, strict_parsing=True, keep_blank_values=True)
    assert tuple(asked) == names
    assert asked[names[0]] == [f"Something wrong: {ODD.title}"]
    assert asked[names[1]][0].split("\n") == FACTS


def test_what_a_page_does_not_have_is_left_out() -> None:
    body = parse_qs(urlsplit(feedback_address(settings("issues"), Shown("Desk", "/"))).query)["body"][0]
    assert body.startswith("- Page: Desk\n- Address: /\n\nWhat is wrong")
    assert feedback_address(settings(None), ODD) == ""


@pytest.mark.parametrize(
    "value",
    [
        *("desk", "desk@", '"@northmere.example"', "a b@northmere.example", "mailto:a@northmere.example"),
        *("a@b@c.example", "a@northmere", '"a,b@northmere.example"', '"a@x.example?cc=b@y.example"'),
        *("Issues", "https://x.example"),
    ],
)
def test_feedback_that_reaches_nobody_is_refused(small: Path, value: str) -> None:
    file = small / "desk" / "book.yaml"
    text = file.read_text("utf-8")
    file.write_text(f"{text}feedback: {value}\n", encoding="utf-8")
    at = text.count("\n") + 1
    given = value.strip('"')
    said = f"feedback: {given!r} is not an email address; write one, such as knowledge@example.org, or issues"
    assert lines(load(small)) == [f"changes/desk/book.yaml:{at}:11: {said}"]


def test_every_page_leads_there_with_what_the_reader_sees(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", HARBOR)
    settings = folder / "changes" / "desk" / "book.yaml"
    text = re.sub(r"(?m)^forge: .*\n", "", settings.read_text("utf-8"))
    settings.write_text(text.replace("feedback: issues", "feedback: kb@harborpoint.example"), encoding="utf-8")
    done = build(folder)
    assert done.returncode == 0, done.stderr
    seen = {}
    for file in (folder / "site").rglob("index.html"):
        html = file.read_text("utf-8")
        found = LINK.findall(html)
        # An old address is no page of its own, and nobody clicks on a wall.
        moved = '<link rel="canonical"' in html and "This page has moved" in html
        wall = file.parent.name == SCREEN.strip("/")
        assert len(found) == (0 if moved or wall else 1), file
        if found:
            subject, body = (unquote(part.partition("=")[2]) for part in found[0].partition("?")[2].split("&amp;"))
            seen[file.parent.relative_to(folder / "site").as_posix()] = (subject, body.split("\r\n"))
    address = "https://changebook.northmere.example/downtime/"
    assert seen["downtime"][1][:2] == ["- Page: Downtime binder", f"- Address: {address}"]
    hub = seen["changes/score-search"]
    assert hub[0] == "Something wrong: Score Search"
    assert hub[1][:4] == [
        "- Page: Score Search",
        "- Address: https://changebook.northmere.example/changes/score-search/",
        "- Change: Score Search",
        "- Record: changes/score-search.yaml:1",
    ]
    # Staff and partners read this page, and nothing else on it says where the record is.
    assert not [line for line in seen["changes/score-search/release-note"][1] if "yaml" in line]
    assert "- Record: docs/on-call.md" in seen["on-call"][1]


@pytest.mark.parametrize("script", [True, False])
def test_the_page_for_what_is_missing_asks_which_address_was_opened(
    harbor_site: Path, chromium: Browser, script: bool
) -> None:
    with serve(harbor_site, missing=harbor_site / "404.html") as address:
        opened = f"{address}changes/old/?q=a%20b&c=d#e"
        page, _ = open_page(chromium, opened, script=script)
        asks = page.get_by_role("link", name="Something wrong on this page?")
        if script:
            expect(asks).to_have_attribute("href", re.compile("old"))
        link = asks.get_attribute("href")
        put_back(page)
    asked = parse_qs(urlsplit(link or "").query, strict_parsing=True)
    assert asked["title"] == ["Something wrong: Page not found"]
    lines = asked["body"][0].split("\n")
    assert lines[:2] == ["- Page: Page not found", f"- Address: {opened if script else '[the address you opened]'}"]


@pytest.mark.parametrize("end", ["", "&p=50%"])  # what is no address's encoding is masked as it is
def test_the_page_for_what_is_missing_repeats_no_private_data(harbor_site: Path, chromium: Browser, end: str) -> None:
    with serve(harbor_site, missing=harbor_site / "404.html") as address:
        page, _ = open_page(chromium, f"{address}old/?q=mrn%204471902&token=9f8e7d6c5b4a3f2e{end}")
        asks = page.get_by_role("link", name="Something wrong on this page?")
        expect(asks).to_have_attribute("href", re.compile("old"))
        link = asks.get_attribute("href") or ""
        put_back(page)
    body = parse_qs(urlsplit(link).query)["body"][0]
    assert "old/?q=[mrn]" in body
    assert "4471902" not in body
    assert "9f8e" not in body


def test_paper_does_not_ask(harbor_address: str, chromium: Browser) -> None:
    page, _ = open_page(chromium, f"{harbor_address}changes/score-search/")
    link = page.get_by_role("link", name="Something wrong on this page?")
    assert link.is_visible()
    page.emulate_media(media="print")
    assert not link.is_visible()
    put_back(page)


def test_a_book_without_feedback_asks_nowhere(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", SMALL)
    shutil.copy(GOOD / "complete-change.yaml", folder / "changes")
    assert build(folder).returncode == 0
    assert not [file for file in (folder / "site").rglob("*.html") if "Something wrong" in file.read_text("utf-8")]
