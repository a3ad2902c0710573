"""What a keyboard, a narrow window, zoom, forced colors or no script leave of a page: everything that matters."""

from __future__ import annotations

import base64
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import open_page, put_back
from changebook.render.tables import named_tables

CHANGE = "changes/score-search/"
PLAYBOOK = f"{CHANGE}playbooks/patient-not-found/"
NARROW = (320, 640)
ZOOMED = (320, 256)  # 1280 by 1024 at 400 %


def addresses(site: Path) -> list[str]:
    """Return the addresses of all pages of a site, without those that only lead on."""
    files = [file for file in sorted(site.rglob("*.html")) if "This page has moved" not in file.read_text("utf-8")]
    return [file.relative_to(site).as_posix().removesuffix("index.html") for file in files]


def written(site: Path, address: str) -> str:
    """Return the file that is served at an address."""
    return (site / address / "index.html" if address.endswith("/") or not address else site / address).read_text(
        "utf-8"
    )


CUT = """() => {
    const reach = (element) => {
        for (let up = element.parentElement; up; up = up.parentElement) {
            if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(up).overflowX)) return false;
        }
        return true;
    };
    const cut = [...document.querySelectorAll('body *')].filter((element) => {
        const box = element.getBoundingClientRect();
        const outside = box.width > 1 && (box.right > innerWidth + 1 || box.left < -1);
        return outside && getComputedStyle(element).visibility !== 'hidden' && reach(element);
    });
    return [document.documentElement.scrollWidth, cut.map((element) => element.outerHTML.slice(0, 80))];
}"""


TABLES = """[...document.querySelectorAll('table')].map((table) => table.caption?.textContent
    || table.getAttribute('aria-label')
    || document.getElementById(table.getAttribute('aria-labelledby'))?.textContent || '')"""
LINKS = """[...document.querySelectorAll('.cb-page a[href]')].map((link) =>
    [(link.getAttribute('aria-label') || link.textContent).trim().replace(/\\s+/g, ' '), link.href])"""


@dataclass(frozen=True)
class Seen:
    """What a narrow window has of a page: its width, what is cut, the names of its tables, its links and words."""

    width: int
    cut: list[str]
    tables: list[str]
    links: list[tuple[str, str]]


@pytest.fixture(scope="module")
def walked(chromium: Browser, harbor_address: str, harbor_site: Path) -> dict[str, Seen]:
    """Every page of the site, opened once in a narrow window."""
    page, _ = open_page(chromium, "about:blank", size=NARROW, zone="Asia/Kolkata")  # times with the reader's own
    seen = {}
    for address in addresses(harbor_site):
        page.goto(harbor_address + address)
        (width, cut), tables, links = page.evaluate(f"[({CUT})(), {TABLES}, {LINKS}]")
        seen[address] = Seen(width, cut, tables, [(words, place) for words, place in links])
    put_back(page)
    return seen


def test_no_page_is_wider_than_a_narrow_window_and_nothing_is_cut(walked: dict[str, Seen]) -> None:
    assert {address: seen for address, seen in walked.items() if seen.width > NARROW[0] or seen.cut} == {}


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("name", ["", CHANGE])
def test_a_long_name_of_the_site_stays_on_one_line(
    chromium: Browser, harbor_address: str, name: str, width: int
) -> None:
    page, _ = open_page(chromium, harbor_address + name, size=(width, 640))
    brand, shown = page.locator(".cb-brand"), page.locator(".cb-brand__name")
    shown.evaluate("element => { element.textContent = 'Klinikum Nordbucht Changebook of Friesland' }")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert shown.evaluate("element => element.scrollWidth > element.clientWidth")
    assert shown.evaluate("element => getComputedStyle(element).textOverflow") == "ellipsis"
    tops = [part.bounding_box() for part in (brand, page.locator(".cb-drawer"), page.locator(".cb-header__tools"))]
    middles = [box["y"] + box["height"] / 2 for box in tops if box]
    assert len(middles) == 3
    assert max(middles) - min(middles) < 2
    put_back(page)


def test_every_table_of_every_page_has_a_name(walked: dict[str, Seen]) -> None:
    assert sum(len(seen.tables) for seen in walked.values()) > 100
    assert {address for address, seen in walked.items() if not all(name.strip() for name in seen.tables)} == set()


def test_links_that_read_alike_lead_to_one_place(walked: dict[str, Seen]) -> None:
    alike = {}
    for address, seen in walked.items():
        if address.startswith(("handbook/", "downtime/")):
            continue  # written by hand, or for paper: each link within its sentence
        places = Counter(name for name, _ in set(seen.links))
        if twice := [name for name, count in places.items() if count > 1]:
            alike[address] = twice
    assert alike == {}


def test_a_table_is_named_after_the_heading_above_it_unless_it_has_a_name() -> None:
    given = '<table class="a"></table><h2 id="one">One</h2><table></table><summary>A &amp; <b>B</b></summary><table>'
    made = '<table class="a"></table><h2 id="one">One</h2><table aria-labelledby="one"></table>'
    assert named_tables(given) == f'{made}<summary>A &amp; <b>B</b></summary><table aria-label="A &amp; B">'
    for own in ('<table aria-label="Own">', "<table><caption>Own</caption>"):
        assert named_tables(f'<h2 id="one">One</h2>{own}') == f'<h2 id="one">One</h2>{own}'


STAYING = """[...document.querySelectorAll('body *')].filter((element) =>
    ['sticky', 'fixed'].includes(getComputedStyle(element).position)
    && element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && element.getBoundingClientRect().width > 1).map((element) => element.className)"""


@pytest.mark.parametrize("name", ["", CHANGE, PLAYBOOK, "handbook/first-record/", "readiness/"])
def test_zoomed_in_four_times_no_bar_stays(chromium: Browser, harbor_address: str, name: str) -> None:
    page, _ = open_page(chromium, harbor_address + name, size=ZOOMED)
    # What waits outside the window, such as the menu's drawer, takes no room.
    page.evaluate("scrollTo(0, 200)")
    assert [
        found for found in page.evaluate(STAYING) if not found.startswith(("md-skip", "md-dialog", "md-sidebar"))
    ] == []
    put_back(page)


def test_zoomed_in_four_times_the_field_stays_in_view_while_somebody_types(
    chromium: Browser, harbor_address: str
) -> None:
    page, _ = open_page(chromium, harbor_address, size=ZOOMED)
    field = page.locator(".cb-search__field:visible")
    field.fill("late result")
    page.locator(".cb-result").first.wait_for()
    box = field.bounding_box()
    assert box
    assert 0 <= box["y"] < ZOOMED[1]
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    chosen = page.locator(".cb-result[aria-selected=true] .cb-result__name").bounding_box()
    assert chosen
    assert -1 <= chosen["y"] < ZOOMED[1]
    put_back(page)


COVERED = """() => {
    const at = document.activeElement, box = at.getBoundingClientRect();
    if (at === document.body || at.closest('.md-header, .cb-bar, .md-sidebar') || at.matches('.md-skip')) return null;
    const bars = [...document.querySelectorAll('.md-header, .cb-bar')].map((bar) => bar.getBoundingClientRect());
    const hidden = bars.filter((bar) => bar.height && box.top < bar.bottom - 1 && box.bottom > bar.top + 1);
    return hidden.length && box.height < innerHeight / 2 ? at.outerHTML.slice(0, 120) : null;
}"""


@pytest.mark.parametrize("name", [PLAYBOOK, CHANGE, "responses/"])
def test_what_has_the_focus_is_never_under_a_bar(chromium: Browser, harbor_address: str, name: str) -> None:
    page, _ = open_page(chromium, harbor_address + name, size="phone")
    stops = page.locator("article :is(a[href], button, input, summary)").count()
    covered = []
    for key in ("Tab", "Shift+Tab"):
        for _ in range(min(stops + 30, 120)):
            page.keyboard.press(key)
            if found := page.evaluate(COVERED):
                covered.append((key, found))
    assert covered == []
    put_back(page)


PAINTED = """async (picture) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
    canvas.drawImage(image, 0, 0);
    const { data } = canvas.getImageData(0, 0, image.width, image.height), found = new Set();
    for (let at = 0; at < data.length; at += 4) found.add(data.slice(at, at + 3).join());
    return [...found];
}"""


def painted(page: Page, name: str) -> str:
    """Return what a color of the system looks like on this page."""
    page.evaluate(
        """(name) => document.body.insertAdjacentHTML('beforeend', '<i id="probe"></i>') ?? Object.assign(
            document.getElementById('probe').style, { forcedColorAdjust: 'none', background: name,
            position: 'fixed', inset: '0 auto auto 0', width: '9px', height: '9px', zIndex: 9 })""",
        name,
    )
    (color,) = colors(page, "#probe")
    page.evaluate("document.getElementById('probe').remove()")
    return color


def colors(page: Page, selector: str) -> set[str]:
    """Return the colors in the picture of the first element of its kind."""
    picture = page.locator(selector).first.screenshot()
    blank = page.context.pages[1] if page.context.pages[1:] else page.context.new_page()
    return set(blank.evaluate(PAINTED, base64.b64encode(picture).decode()))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colors_show_what_is_chosen_and_where_one_is(
    chromium: Browser, harbor_address: str, scheme: str
) -> None:
    page, _ = open_page(chromium, f"{harbor_address}symptoms/", dark=scheme == "dark", forced=True)
    page.locator(".cb-search__field:visible").fill("patient")
    page.locator(".cb-result").nth(1).wait_for()
    highlight, canvas, text = (painted(page, name) for name in ("Highlight", "Canvas", "CanvasText"))
    assert len({highlight, canvas, text}) == 3
    assert highlight in colors(page, ".cb-result[aria-selected=true]")
    assert highlight not in colors(page, ".cb-result[aria-selected=false]")
    assert text in colors(page, ".cb-result mark"), "a word that was found cannot be read"
    page.keyboard.press("Escape")
    assert highlight in colors(page, ".cb-tabs__link[aria-current]")
    assert highlight not in colors(page, ".cb-tabs__link:not([aria-current])")
    page.context.pages[1].close()
    put_back(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colors_show_all_seven_pips(chromium: Browser, harbor_address: str, scheme: str) -> None:
    states = set()
    for name in (CHANGE, "changes/lab-codes-r5/", "changes/pager-names/"):
        page, _ = open_page(chromium, f"{harbor_address}{name}readiness/", dark=scheme == "dark", forced=True)
        pips = page.locator(".cb-meter__pips i")
        assert pips.count() == 7
        for pip in pips.all():
            states.add(pip.evaluate("(pip) => Object.keys(pip.dataset).join() || 'met'"))
            edge, ground = pip.evaluate(
                "(pip) => [getComputedStyle(pip).borderTopColor, getComputedStyle(document.body).backgroundColor]"
            )
            assert edge != ground
            assert edge == page.evaluate("getComputedStyle(document.querySelector('h1')).color")
        put_back(page)
    assert {"met", "gap"} <= states


# Puts a page in place of one that has the same styles, where no script runs: nothing else of a head is seen.
PUT = """(page) => {
    const made = new DOMParser().parseFromString(page, 'text/html');
    const styles = (page) => [...page.querySelectorAll('link[rel=stylesheet], style')].map((one) =>
        [one.getAttribute('href')?.replace(/^([.][.][/])+/, ''), one.media, one.textContent].join('|')).join();
    if (styles(made) !== styles(document)) return false;
    const { attributes } = document.documentElement, given = [...made.documentElement.attributes];
    for (const { name } of [...attributes]) document.documentElement.removeAttribute(name);
    for (const { name, value } of given) document.documentElement.setAttribute(name, value);
    document.body.replaceWith(document.adoptNode(made.body));
    return true;
}"""
# All elements of a page, and whether each shows: in pixels they differ where a font comes late.
SHOWN = """[...document.querySelectorAll('html, body, body *')]
    .map((one) => [one.cloneNode().outerHTML, one.checkVisibility({ visibilityProperty: true })])"""
# A details element and a form need no script; the form of search leads to the list of symptoms.
# What is only out of sight, such as a radio button behind a picture, still gets the focus.
DEAD = """[...document.querySelectorAll('button, input:not(.cb-search__field), select, textarea, [role=button]')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true })).map((one) => one.outerHTML)"""


def test_without_script_nothing_is_shown_that_does_nothing(
    chromium: Browser, harbor_address: str, harbor_site: Path
) -> None:
    page, _ = open_page(chromium, harbor_address, script=False)
    dead = {}
    for address in addresses(harbor_site):
        if not page.evaluate(PUT, written(harbor_site, address)):
            page.goto(harbor_address + address)
        if found := page.evaluate(DEAD):
            dead[address] = found
    assert dead == {}
    put_back(page)


@pytest.mark.parametrize("name", ["symptoms/", CHANGE, "changes/score-search/faq/", "now/"])
def test_without_script_a_page_is_the_same_put_in_place_of_another(
    chromium: Browser, harbor_address: str, harbor_site: Path, name: str
) -> None:
    page, _ = open_page(chromium, harbor_address + name, script=False)
    loaded = page.evaluate(SHOWN)
    page.goto(f"{harbor_address}changes/")
    assert page.evaluate(SHOWN) != loaded
    assert page.evaluate(PUT, written(harbor_site, name))
    assert page.evaluate(SHOWN) == loaded
    put_back(page)


def test_without_script_search_leads_to_the_symptoms_and_says_why(chromium: Browser, harbor_address: str) -> None:
    page, _ = open_page(chromium, harbor_address, script=False)
    page.locator(".cb-search__field:visible").fill("late result")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/symptoms/\?q=late\+result$"))
    notice = page.locator("noscript .cb-box")
    expect(notice).to_be_visible()
    assert "Search needs JavaScript" in (notice.text_content() or "")
    assert page.locator("h1").bounding_box()["y"] < notice.bounding_box()["y"] < 400  # type: ignore[index]
    put_back(page)
    page, _ = open_page(chromium, f"{harbor_address}symptoms/")
    assert "Search needs JavaScript" not in page.locator("body").inner_text()
    put_back(page)


def test_the_status_line_of_search_announces_the_first_result(chromium: Browser, harbor_address: str) -> None:
    page, _ = open_page(chromium, harbor_address)
    page.locator(".cb-search__field:visible").fill("late result")
    first = page.locator(".cb-result__name").first
    first.wait_for()
    expect(page.locator("#cb-status")).to_have_text(
        re.compile(rf"^\d+ results?\. First: {re.escape(first.inner_text())}$")
    )
    put_back(page)
