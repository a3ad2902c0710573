"""Time alone changes no page but those about now, and an edit changes the pages that say what was edited."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browsing import open_page, put_back
from building import build
from conftest import HARBOR, project

# These pages are about now: the first one, what is going on, who answers, what is late, and what says when it was made.
OF_NOW = {"", "now/", "screen/", "playbooks/", "readiness/", "downtime/"}
# A day later the calendar marks another day, and articles that were not read again are later still.
OF_TODAY = {*OF_NOW, "calendar/", "calendar/2027-03/", "since/", "upkeep/"}
EDITED = "changes/score-search.yaml"


def changed(one: Path, other: Path) -> set[str]:
    """Return the address of each page that is not the same in two sites."""
    pages = {page.relative_to(site).as_posix() for site in (one, other) for page in site.rglob("*.html")}
    return {page.removesuffix("index.html") for page in pages if text_of(one / page) != text_of(other / page)}


def text_of(page: Path) -> str:
    return page.read_text("utf-8") if page.is_file() else ""


@pytest.mark.parametrize(
    ("moments", "of_now"),
    [
        (("2026-12-03 09:10", "2026-12-03 09:25"), OF_NOW),
        # By then nothing is planned, and nothing comes due from one day to the next.
        (("2027-03-04 10:00", "2027-03-05 10:00"), OF_TODAY),
    ],
    ids=["minutes", "a day"],
)
def test_time_alone_changes_no_page_but_those_about_now(
    tmp_path: Path, moments: tuple[str, str], of_now: set[str]
) -> None:
    sites = []
    for moment in moments:
        done = build(project(tmp_path / moment[:16].replace(":", ""), HARBOR), today=moment)
        assert done.returncode == 0, done.stderr
        sites.append(tmp_path / moment[:16].replace(":", "") / "site")
    assert changed(*sites) - of_now == set()
    # It is in one file, which every page reads first.
    early = [(site / "assets" / "js" / "early.js").read_text("utf-8") for site in sites]
    assert early[0] != early[1]
    assert early[0].partition("\n")[2] == early[1].partition("\n")[2]


def test_an_edited_sentence_changes_the_pages_that_say_it(harbor_site: Path, tmp_path: Path) -> None:
    folder = project(tmp_path / "project", HARBOR)
    text = (folder / EDITED).read_text("utf-8")
    sentence = re.findall(r"^sentence: (.*)$", text, re.M)[0]
    (folder / EDITED).write_text(text.replace(sentence, sentence.replace("score", "number"), 1), encoding="utf-8")
    assert build(folder).returncode == 0
    pages = changed(harbor_site, folder / "site")
    assert "changes/score-search/" in pages
    assert len(pages) <= 20
    assert [page for page in pages if sentence.split(",")[0] not in text_of(harbor_site / page / "index.html")] == []


def test_without_a_script_a_page_says_its_own_dates(chromium: Browser, harbor_address: str) -> None:
    page, _ = open_page(chromium, f"{harbor_address}changes/score-search/", script=False)
    assert page.locator(".cb-strip").inner_text() == "What's happening now"
    assert page.locator(".cb-page .cb-status").first.inner_text() == "Live"
    assert page.locator(".cb-facts [data-cb-age]").first.inner_text() == "Wed 2 Dec, 23:00 CST"
    put_back(page)


def test_with_a_script_it_says_how_long_ago_and_what_is_live(chromium: Browser, harbor_address: str) -> None:
    page, complaints = open_page(chromium, f"{harbor_address}changes/score-search/")
    assert page.locator(".cb-strip").inner_text().startswith("Live, day 1")
    assert page.locator(".cb-strip a").first.evaluate("(link) => link.href") == f"{harbor_address}changes/score-search/"
    assert page.locator(".cb-page .cb-status").first.inner_text() == "Live, day 1"
    assert page.locator(".cb-facts [data-cb-age]").first.inner_text() == "10 hours ago"
    page.emulate_media(media="print")
    assert "as of Thu 3 Dec, 09:00 CST. Printed copies" in page.locator(".cb-paper").inner_text()
    assert complaints == []
    put_back(page)
