"""Readers whose browser is not like most: from disk, closed storage, no script, forced colors, speech, narrow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page

from browsing import SIZES, headers_of, open_page, put_back, serve
from building import build
from changebook.book import Book
from changebook.pages import pages_of
from conftest import project

CHANGE = "changes/fhir-patient-lookup-r4/"
FIELD = ".cb-search__field:visible"
UNREAD = "Search doesn't work here."
ADVICE = "Search works at the site's own address."


def uncaught(page: Page) -> list[str]:
    """Return a list that gathers the errors that no script of the page catches."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


def says_so(page: Page | Frame) -> None:
    """Ask for search, and hear that it cannot be read, with what to do."""
    page.locator(FIELD).focus()
    panel = page.locator(".cb-results:visible")
    panel.get_by_text(UNREAD).wait_for()
    assert ADVICE in panel.inner_text()
    assert "python3 -m http.server" in panel.inner_text()


@pytest.mark.parametrize("name", ["index.html", f"{CHANGE}index.html"])
def test_a_page_opened_from_disk_says_that_search_cannot_be_read(chromium: Browser, site: Path, name: str) -> None:
    page = chromium.new_context().new_page()
    errors = uncaught(page)
    page.goto((site / name).as_uri())
    says_so(page)
    page.keyboard.type("patient")
    page.keyboard.press("Enter")
    assert page.url == (site / name).as_uri()
    page.keyboard.press("Escape")
    assert page.locator(".cb-results:visible").count() == 0
    says_so_again = page.locator(FIELD)
    says_so_again.blur()
    says_so(page)
    page.get_by_role("link", name="Downtime binder").first.click()
    page.wait_for_url("**/downtime/index.html")
    assert page.locator("h1").inner_text() == "Downtime binder"
    assert errors == []
    page.context.close()


def test_a_closed_frame_says_that_search_cannot_be_read(chromium: Browser, address: str) -> None:
    page = chromium.new_context().new_page()
    errors = uncaught(page)
    page.set_content(f'<iframe sandbox="allow-scripts" src="{address}" width="1000" height="700"></iframe>')
    frame = page.frames[1]
    frame.wait_for_load_state()
    says_so(frame)
    for name in ("symptoms/?q=patient", "symptoms/#unanswered", "handbook/analysts/", CHANGE):
        frame.goto(address + name)
        assert frame.locator("h1").count() == 1
    frame.locator("label[for^=__palette]:visible").click()
    assert errors == []
    page.context.close()


def test_a_storage_that_holds_something_else_is_no_trouble(chromium: Browser, address: str) -> None:
    page, complaints = open_page(chromium, address)
    for junk in ('"text"', "{", '[null, 7, {"words": 1}, {"words": "printer toner", "times": 1, "at": ""}]'):
        page.evaluate(
            "junk => { for (const key of ['changebook.unanswered', '/.__palette', 'changebook.slash'])"
            " localStorage.setItem(key, junk); }",
            junk,
        )
        page.goto(f"{address}symptoms/")
        page.locator(FIELD).fill("cant find patient")
        page.locator(".cb-result").first.wait_for()
    assert page.locator("#unanswered-words").text_content() == "printer toner"
    assert complaints == []
    put_back(page)


@pytest.mark.parametrize("name", ["handbook/first-record/", "symptoms/", CHANGE])
def test_no_page_is_turned_by_a_single_key(chromium: Browser, address: str, name: str) -> None:
    page, complaints = open_page(chromium, address + name)
    for key in "np.,sfghjkl?123":
        page.keyboard.press(key)
        page.wait_for_timeout(20)
        assert page.url == address + name, key
        assert page.evaluate("document.activeElement === document.body"), key
    assert complaints == []
    put_back(page)


def test_the_key_of_search_can_be_turned_off_and_on(chromium: Browser, address: str) -> None:
    page, complaints = open_page(chromium, f"{address}handbook/analysts/")

    def reached() -> bool:
        page.goto(address + CHANGE)
        page.keyboard.press("/")
        return bool(page.evaluate("document.activeElement.matches('.cb-search__field')"))

    assert reached()
    for name, works in (("Turn the key off", False), ("Turn the key on", True)):
        page.goto(f"{address}handbook/analysts/")
        page.get_by_role("button", name=name).click()
        assert page.locator(".cb-search__key:visible").count() == works
        assert reached() is works
    assert complaints == []
    put_back(page)


def painted(page: Page, selector: str) -> tuple[str, ...]:
    """Return how an element is told from its like: its outline, border and background."""
    script = "e => { const s = getComputedStyle(e); return [s.outline, s.borderBottomColor, s.backgroundColor]; }"
    return tuple(page.locator(selector).first.evaluate(script))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_chosen_is_seen_in_forced_colors(chromium: Browser, address: str, scheme: str) -> None:
    page, _ = open_page(chromium, address + CHANGE, dark=scheme == "dark", forced=True)
    page.locator(FIELD).fill("result is late")
    page.locator(".cb-result").nth(2).wait_for()
    for chosen, other in [
        (".cb-meter__pips i:not([data-gap], [data-todo])", ".cb-meter__pips i[data-todo]"),
        (".cb-result[aria-selected=true]", ".cb-result[aria-selected=false]"),
        (".cb-chip[aria-pressed=true]", ".cb-chip[aria-pressed=false]"),
        (".cb-tabs__link[aria-current]", ".cb-tabs__link:not([aria-current])"),
        (".cb-local__link[aria-current]", ".cb-local__link:not([aria-current])"),
    ]:
        assert painted(page, chosen) != painted(page, other), chosen
    put_back(page)


def test_without_script_a_phone_has_the_tabs_and_no_button_that_does_nothing(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, "about:blank", size="phone", script=False)
    for name in (CHANGE, f"{CHANGE}playbooks/failed-patient-lookup/", "responses/", "handbook/analysts/"):
        page.goto(address + name)
        assert page.locator("button:visible").all_inner_texts() == [], name
        box = page.locator(".cb-tabs__link").last.bounding_box()
        assert box
        assert box["x"] + box["width"] <= 390
    page.get_by_role("link", name="Handbook").first.click()
    page.wait_for_url(f"{address}handbook/")
    put_back(page)


def test_with_script_a_phone_has_the_menu_and_no_tabs(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address + CHANGE, size="phone")
    assert page.locator(".cb-tabs:visible").count() == 0
    assert page.get_by_role("button", name="Menu").is_visible()
    put_back(page)


def test_no_page_of_a_change_is_wider_than_a_screen_of_320_points(
    chromium: Browser, address: str, sample: Book
) -> None:
    page, _ = open_page(chromium, "about:blank", size=(320, 640))
    wide = []
    for name in ("", "downtime/", *(made.address for made in pages_of(sample) if made.address.startswith(CHANGE))):
        page.goto(address + name)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(name)
    assert wide == []
    put_back(page)


@pytest.fixture(scope="module")
def guarded(site: Path) -> Iterator[str]:
    """The address of the sample's site under the policy that the build writes."""
    headers = headers_of(site)
    assert "unsafe" not in headers["Content-Security-Policy"]
    with serve(site, headers=headers) as address:
        yield address


@pytest.mark.parametrize("name", ["", "downtime/", CHANGE, "404.html", "handbook/fields/", "symptoms/"])
def test_the_pages_work_under_the_policy_that_the_build_writes(chromium: Browser, guarded: str, name: str) -> None:
    # A small phone is one whose window became narrower.
    for size, *narrower in (("desktop",), ("phone", "small phone")):
        page, complaints = open_page(chromium, guarded + name, size=size)
        for width, height in (SIZES[shown] for shown in (size, *narrower)):
            page.set_viewport_size({"width": width, "height": height})
            if name == "downtime/":
                assert page.evaluate("getComputedStyle(document.querySelector('.cb-binder')).paddingLeft") != "0px"
            elif size == "desktop" and name != "404.html":
                page.locator(FIELD).fill("cant find patient")
                page.locator(".cb-result").first.wait_for()
            assert complaints == []
        put_back(page)


def test_hosts_and_nginx_read_the_same_headers(site: Path) -> None:
    lines = (site / "headers.nginx").read_text("utf-8").splitlines()
    told = dict(re.fullmatch(r'add_header (\S+) "([^"]+)" always;', line).groups() for line in lines)
    assert told == headers_of(site)
    assert (site / "robots.txt").read_text("utf-8") == "User-agent: *\nDisallow: /\n"
    assert told["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert {name: told[name] for name in ("Referrer-Policy", "X-Content-Type-Options", "X-Frame-Options")} == {
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }


def test_the_policy_is_of_the_styles_that_are_in_the_binder(chromium: Browser, site: Path, tmp_path: Path) -> None:
    folder = project(tmp_path / "project", Path(__file__).parent / "book", handbook=False)
    sheet = folder / "overrides" / "assets" / "css" / "downtime.css"
    sheet.write_text(f"{sheet.read_text('utf-8')}.cb-binder {{ color: red; }}\n", encoding="utf-8")
    assert build(folder).returncode == 0
    headers = headers_of(folder / "site")
    assert headers != headers_of(site)
    with serve(site, headers=headers) as address:
        page, complaints = open_page(chromium, f"{address}downtime/")
        assert any("Content Security Policy" in said for said in complaints)
        put_back(page)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_what_is_wide_scrolls_alone_and_a_script_begins_at_its_side(
    chromium: Browser, harbor_address: str, size: str
) -> None:
    page, said = open_page(chromium, harbor_address + "changes/score-search/release-note/", size=size)
    page.get_by_text("More about it").click()
    room = page.locator("section[aria-labelledby='why']").bounding_box()
    table = page.locator(".cb-prose table").bounding_box()
    code = page.locator(".cb-prose pre")
    assert room
    assert table
    assert table["width"] > 0.95 * min(room["width"], 1000)
    assert code.evaluate("node => node.scrollWidth > node.clientWidth || node.clientWidth > 900")
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    hebrew = page.locator(".cb-prose p").last
    ends = hebrew.evaluate(
        """node => { const range = document.createRange(); range.selectNodeContents(node);
        return [range.getBoundingClientRect().right, node.getBoundingClientRect().right]; }"""
    )
    assert abs(ends[0] - ends[1]) < 2
    assert said == []
    put_back(page)
