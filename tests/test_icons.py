"""Every icon is drawn in one file: pages refer to it from any depth, and the binder has those that it shows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest
from playwright.sync_api import Browser, Page

from browsing import headers_of, open_page, put_back, serve
from changebook.book import Book
from changebook.model.status import Status
from changebook.render.icons import icon
from changebook.search.kinds import KINDS
from changebook.views.assets import assets

USE = re.compile(r'<use xlink:href="([^"]+)"')
# A drawing that a page refers to has a size once it is there.
UNDRAWN = """() => [...document.querySelectorAll("svg.cb-icon use")]
    .filter((use) => use.parentElement.getClientRects().length && !use.getBBox().width)
    .map((use) => use.getAttribute("xlink:href"))"""


def names_in(site: Path) -> set[str]:
    """Return the icons of the file, by name."""
    return set(re.findall(r'<symbol id="([^"]+)"', (site / "assets" / "icons.svg").read_text("utf-8")))


def test_every_icon_of_a_page_is_in_the_file(harbor_site: Path) -> None:
    names, seen = names_in(harbor_site), 0
    for page in harbor_site.rglob("*.html"):
        text = page.read_text("utf-8")
        assert text.count('class="cb-icon"') == len(USE.findall(text)), page
        for address in USE.findall(text):
            way, _, name = address.partition("#")
            if page == harbor_site / "downtime" / "index.html":
                assert (way, name.removeprefix("icon-") in names) == ("", True)
            else:
                top = "/" if page.name == "404.html" else "../" * (len(page.relative_to(harbor_site).parts) - 1)
                assert way in (f"{top}assets/icons.svg", f"./{top}assets/icons.svg"), page
                assert name in names, page
            seen += 1
    assert seen > 500


def test_every_icon_that_a_result_can_show_is_in_the_file(harbor: Book, harbor_site: Path) -> None:
    shown = {asset.icon for change in harbor.changes.values() for asset in assets(harbor, change)}
    assert "go-live" in shown
    assert {*shown, *get_args(Status), "alert", *(kind.icon for kind in KINDS.values())} - names_in(
        harbor_site
    ) == set()


def test_an_icon_that_nobody_drew_ends_the_build() -> None:
    with pytest.raises(KeyError):
        icon("unicorn")


@pytest.mark.parametrize("address", ["", "known-errors/", "changes/score-search/readiness/", "not/here/at/all/"])
def test_icons_are_drawn_under_the_policy_at_any_depth(chromium: Browser, harbor_site: Path, address: str) -> None:
    with serve(harbor_site, headers=headers_of(harbor_site), missing=harbor_site / "404.html") as site:
        page, complaints = open_page(chromium, f"{site}{address}")
        drawn(page)
        assert [said for said in complaints if "404" not in said] == []
        put_back(page)


@pytest.mark.parametrize("media", [{"color_scheme": "dark"}, {"forced_colors": "active"}, {"media": "print"}])
def test_an_icon_is_seen_in_other_colors_and_on_paper(chromium: Browser, harbor_address: str, media: Any) -> None:
    page, _ = open_page(chromium, f"{harbor_address}changes/score-search/")
    page.emulate_media(**media)
    drawn(page)
    badge = page.locator(".cb-page .cb-status").first
    whole = badge.screenshot()
    badge.locator("svg").evaluate("(drawing) => { drawing.style.visibility = 'hidden'; }")
    assert badge.screenshot() != whole
    put_back(page)


def test_the_binder_has_its_icons_when_it_is_opened_from_a_disk(chromium: Browser, harbor_site: Path) -> None:
    page, complaints = open_page(chromium, (harbor_site / "downtime" / "index.html").as_uri())
    drawn(page)
    assert complaints == []
    put_back(page)


def drawn(page: Page) -> None:
    """Wait until every icon of a page that is shown is drawn; there is one."""
    assert page.locator("svg.cb-icon use").count()
    page.wait_for_function(f"() => !({UNDRAWN})().length", timeout=5000)
