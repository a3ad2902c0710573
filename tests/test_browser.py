"""Every kind of page in a real browser: quiet, whole, accessible, answering first, and right on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from playwright.sync_api import Browser, Locator, Page, Route

from accessibility import Kinds, violations
from browsing import SIZES, open_page, put_back
from changebook.book import Book
from changebook.names import SCREEN
from changebook.pages import pages_of
from changebook.views.announcement import announced
from changebook.views.lists import duties
from conftest import ROOT
from paper import printed, text_of

CHANGE = "changes/fhir-patient-lookup-r4/"
PLAYBOOK = f"{CHANGE}playbooks/failed-patient-lookup/"
# A page of every kind, of the tests' own book, which has every field and status.
OWN = "changes/score-search/"
PAGES = [
    "",
    "404.html",
    "symptoms/",
    "changes/",
    "readiness/",
    "playbooks/",
    "playbooks/patient-not-found/",
    "systems/",
    "systems/engine/",
    "groups/",
    "groups/clerks/",
    "partners/",
    "partners/far-labs/",
    "responses/",
    "known-errors/",
    "faq/",
    "on-call/",
    "now/",
    "screen/",
    "outages/",
    "since/",
    "calendar/",
    "calendar/2026-12/",
    "upkeep/",
    "release-notes/",
    OWN,
    "changes/quiet-index/",
    "changes/fax-end/",
    "changes/lab-codes-r5/",
    f"{OWN}release-note/",
    f"{OWN}updates/",
    f"{OWN}playbooks/patient-not-found/",
    f"{OWN}faq/",
    f"{OWN}contract/",
    f"{OWN}readiness/",
    "changes/portal-move/readiness/",
    "metrics/",
    "changes/quiet-index/retrospective/",
    f"{OWN}launch/",
    "handbook/",
    "handbook/analysts/",
    "handbook/fields/",
    "handbook/first-record/",
]
# Each look, whether it is dark, and whether the page is loaded fresh for it: a page also lives on in another window.
LOOKS = [
    ("desktop", True, True),
    ("phone", True, False),
    ("small phone", False, True),
    ("phone", False, False),
    ("desktop", False, False),
]
# Its colors, its width and how many titles it has.
LOOK = """document.fonts.ready.then(() => [document.body.dataset.mdColorScheme,
    document.documentElement.scrollWidth, document.querySelectorAll("h1").length])"""


@pytest.fixture(scope="session")
def tab(chromium: Browser, harbor_address: str) -> tuple[Page, list[str]]:
    """One page for all that are looked at in each look, and what it complains of: to open one costs half a page."""
    page, complaints = open_page(chromium, harbor_address)
    page.add_init_script("localStorage.clear(); sessionStorage.clear()")  # there the theme keeps the look before
    # Who answers, and with that the length of a page, follows from the reader's clock.
    page.clock.set_fixed_time("2026-12-03T15:00:00Z")
    return page, complaints


@pytest.mark.parametrize("name", PAGES, ids=lambda name: name or "home")
def test_a_page_is_quiet_whole_and_accessible(
    tab: tuple[Page, list[str]], harbor_address: str, kinds: Kinds, name: str
) -> None:
    page, complaints = tab
    complaints.clear()
    seen: set[str] = set()
    for size, dark, fresh in LOOKS:
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        if fresh:
            page.emulate_media(color_scheme="dark" if dark else "light")
            page.goto(harbor_address + name, wait_until="load")
        scheme, wide, headings = page.evaluate(LOOK)
        assert scheme == ("slate" if dark else "default")
        assert complaints == [], size
        assert wide <= width, size
        assert headings == 1
        # What a page has besides its colors is the same in dark and light.
        assert violations(page, kinds, colors=size in seen, width=size == "small phone") == [], (size, dark)
        seen.add(size)


def test_a_page_of_every_kind_is_looked_at(harbor: Book) -> None:
    kinds = {page.call.partition("(")[0]: page.address for page in pages_of(harbor)}
    seen = {page.call.partition("(")[0] for page in pages_of(harbor) if page.address in PAGES}
    assert {kinds[kind] for kind in kinds.keys() - seen} == set()
    # Those of the handbook are of one kind.
    files = {file.relative_to(ROOT / "docs").with_suffix("") for file in (ROOT / "docs").rglob("*.md")}
    written = {f"{file}/".removesuffix("index/") for file in files if file.parts[0] != "handbook"}
    assert written | {SCREEN} <= set(PAGES)


def test_every_element_that_breaks_a_rule_is_named(chromium: Browser) -> None:
    page = chromium.new_context().new_page()
    wrong = '<p style="color: #ccc; background: #fff">Pale</p><img src="data:,">'
    page.set_content(f'<html lang="en"><title>A</title><main><h1>A</h1>{wrong * 2}</main>')
    assert [(rule, len(where)) for rule, where in violations(page)] == [("color-contrast", 2), ("image-alt", 2)]
    page.context.close()


PALE = """<html lang="en"><title>A</title><style>
  p { color: #111; background: #fff }
  @media (max-width: 400px) { p { color: #ccc } }
  @media (prefers-color-scheme: dark) { p { background: #222 } }
  .menu { display: none; color: #ccc }
  @media (max-width: 400px) { .menu { display: block } }
</style><main><h1>A</h1><p>One</p><p>Two</p><div class="menu">Menu</div></main>"""


def test_a_color_that_only_another_look_has_is_measured_there(chromium: Browser) -> None:
    page, known = chromium.new_context(color_scheme="light").new_page(), Kinds()
    page.set_content(PALE)
    assert violations(page, known) == []
    # Everywhere, one text of each kind.
    page.emulate_media(color_scheme="dark")
    assert violations(page, known, colors=True) == [("color-contrast", [["p:nth-child(2)"]])]
    assert violations(page, known, colors=True) == []
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 390, "height": 844})
    assert violations(page, known) == [("color-contrast", [["p:nth-child(2)"], ["div"]])]
    page.locator("h1").evaluate("at => at.remove()")
    assert [rule for rule, _ in violations(page, known)] == ["page-has-heading-one"]
    page.context.close()


@pytest.mark.parametrize("name", [PLAYBOOK, "playbooks/order-not-received/", "playbooks/partner-downtime/"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_playbook_answers_in_its_first_view(chromium: Browser, address: str, name: str, size: str) -> None:
    page, _ = open_page(chromium, address + name, size=size)
    parts = {
        "worst sign": page.locator(".cb-alarm li").first,
        "first check": page.locator(".cb-checks__do").first,
        "first outcome": page.locator(".cb-outcome").first,
        "owner": page.locator(".cb-plate .cb-call__no").first,
        "copy": page.locator("[data-cb-copy=first-response]:visible").last,
    }
    for part, where in parts.items():
        assert in_view(where, SIZES[size][1]), part
    put_back(page)


def in_view(where: Locator, height: int) -> bool:
    """Return whether an element is wholly in the first view."""
    box = where.bounding_box()
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= height


def test_the_four_questions_keep_their_order(chromium: Browser, address: str) -> None:
    for size in ("desktop", "phone"):
        page, _ = open_page(chromium, address + PLAYBOOK, size=size)
        tops = [page.locator(f"#{part}").bounding_box() for part in ("is", "do", "say", "call", "worse")]
        places = [box["y"] for box in tops if box]
        assert len(places) == 5
        if size == "phone":
            assert places == sorted(places)
        else:
            assert places[0] < places[1] == places[2] < min(places[3:])
            lefts = [box["x"] for box in tops if box]
            assert lefts[1] == lefts[4] < lefts[2] == lefts[3]
        put_back(page)


@pytest.mark.parametrize("name", ["", CHANGE, PLAYBOOK, "handbook/first-record/"])
def test_the_keyboard_reaches_content_and_shows_where_it_is(chromium: Browser, address: str, name: str) -> None:
    page, _ = open_page(chromium, address + name)
    if name:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.classList.contains('md-skip')")
        page.keyboard.press("Enter")
        assert page.evaluate("document.querySelector('article').parentElement.querySelector(location.hash) !== null")
    else:  # home begins in its search field
        assert page.evaluate("document.activeElement.classList.contains('cb-search__field')")
    for stop in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            assert stop > 0
            break  # the page has no more stops
        shown = page.evaluate(
            "(() => { const at = document.activeElement;"
            # The ring of a search field is around its box.
            " const s = getComputedStyle(at.closest('.cb-search__box:has(:focus-visible)') ?? at);"
            " return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; })()"
        )
        assert shown, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    put_back(page)


def test_a_page_has_its_landmarks(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address + PLAYBOOK)
    for role in ("banner", "main", "contentinfo"):
        assert page.get_by_role(role).count() == 1, role  # type: ignore[arg-type]
    for name in ("Sections", "Breadcrumb", "Everything under FHIR Patient Lookup R4"):
        assert page.get_by_role("navigation", name=name).count() == 1, name
    put_back(page)


@pytest.mark.parametrize(
    "name",
    [
        PLAYBOOK,
        CHANGE,
        *(f"{CHANGE}{page}/" for page in ("release-note", "contract", "readiness")),
        "playbooks/",
        "readiness/",
    ],
)
def test_paper_holds_the_content_and_nothing_else(chromium: Browser, address: str, name: str) -> None:
    page, _ = open_page(chromium, address + name)
    page.emulate_media(media="print")
    for gone in (
        ".cb-header",
        ".cb-tabs",
        ".cb-strip",
        ".cb-local",
        ".cb-footer",
        ".md-sidebar",
        ".cb-bar",
        ".cb-button",
    ):
        assert page.locator(f"{gone}:visible").count() == 0, gone
    cut = page.evaluate(
        "[...document.querySelectorAll('table, .cb-play, .cb-facts')]"
        ".filter(e => e.scrollWidth > e.clientWidth + 1 || e.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert cut == 0
    assert page.locator(".cb-paper").inner_text().endswith(name)
    paper = printed(page, format="A4")
    text = " ".join(map(text_of, paper))
    assert page.locator("h1").inner_text().split()[0] in text
    assert len(paper) <= 4
    put_back(page)


def test_a_copied_first_response_is_what_the_page_shows(chromium: Browser, address: str) -> None:
    page, complaints = open_page(chromium, address + PLAYBOOK)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("article").get_by_role("button", name="Copy response").click()
    page.wait_for_function("document.getElementById('cb-status').textContent === 'Copied'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#first-response").inner_text().strip()
    assert complaints == []
    put_back(page)


def test_a_mail_is_copied_whole_though_the_note_says_it_already(chromium: Browser, address: str, sample: Book) -> None:
    page, _ = open_page(chromium, f"{address}{CHANGE}release-note/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    change = sample.change("fhir-patient-lookup-r4")
    buttons = page.get_by_role("button", name="Copy email")
    versions = announced(sample, change).versions
    assert buttons.count() == len(versions) == 3
    for number, version in enumerate(versions):
        buttons.nth(number).click()
        page.wait_for_function(
            "text => navigator.clipboard.readText().then(copied => copied === text)", arg=version.whole
        )
        assert not page.locator(f"#mail-{version.audience}").is_visible()
    put_back(page)


def test_the_hub_of_the_largest_change_is_an_index(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address + CHANGE)
    assert page.evaluate("document.documentElement.scrollHeight") <= 2000
    page.evaluate("document.querySelectorAll('article details').forEach(at => at.open = true)")
    words = re.findall(r"\S*[^\W_]\S*", page.locator("article").inner_text())
    assert len(words) <= 700
    put_back(page)


def test_seven_tabs_lead_to_what_the_site_is_for(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address)
    tabs = page.locator(".cb-tabs__link").all_inner_texts()
    assert tabs == ["Desk", "Playbooks", "Changes", "Release notes", "FAQ", "On call", "Handbook"]
    for name, tab in (
        ("playbooks/failed-patient-lookup/", "Playbooks"),
        ("known-errors/", "Playbooks"),
        ("systems/patient-index/", "Changes"),
        ("partners/meridian-clearing/", "Changes"),
        (f"{CHANGE}faq/", "Changes"),
    ):
        page.goto(address + name)
        assert page.locator(".cb-tabs__link[aria-current]").all_inner_texts() == [tab], name
    put_back(page)


def test_the_address_of_an_answer_opens_it(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, f"{address}{CHANGE}faq/")
    last = page.locator(".cb-qa details").last
    assert last.get_attribute("open") is None
    # Some programs write an address with more percent signs than it needs.
    name = (last.get_attribute("id") or "").replace("-", "%2D")
    page.goto(f"{address}{CHANGE}faq/#{name}")
    assert "%" in page.url
    page.wait_for_function("[...document.querySelectorAll('.cb-qa details')].at(-1).open")
    put_back(page)


# Facts are as the page had them at first, as a board is that is followed.
REPLACED = """() => {
    const facts = document.querySelector(".cb-facts"), fresh = facts.cloneNode(true);
    for (const own of fresh.querySelectorAll(".cb-own-time")) own.remove();
    facts.replaceWith(fresh);
    dispatchEvent(new Event("cb-board"));
}"""


def test_a_reader_elsewhere_sees_their_own_time_beside(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address + CHANGE, zone="Europe/Berlin")
    facts = page.locator(".cb-facts").inner_text()
    assert "Wed 2 Dec, 21:00\u201323:00 CST" in facts
    assert "(Thu 04:00 your time)" in facts
    page.evaluate(REPLACED)
    assert page.locator(".cb-facts").inner_text() == facts
    put_back(page)
    page, _ = open_page(chromium, address + CHANGE, zone="America/Chicago")
    assert "your time" not in page.locator("body").inner_text()
    assert "Ended 10 hours ago" in page.locator(".cb-facts").inner_text()
    put_back(page)


def test_a_clock_on_utc_shows_its_time_only_when_the_reader_asks(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address + CHANGE, zone="UTC")
    assert page.locator(".cb-own-time").count() == 0
    page.get_by_role("button", name="Times in your zone").click()
    assert "(Thu 03:00 UTC)" in page.locator(".cb-facts").inner_text()
    page.reload()
    assert page.locator(".cb-own-time").count() > 0  # what was chosen is kept
    page.get_by_role("button", name="Times in your zone").click()
    assert page.locator(".cb-own-time").count() == 0
    put_back(page)
    page, _ = open_page(chromium, address + CHANGE, zone="America/Chicago")
    assert not page.locator("[data-cb-own-times]").is_visible()
    put_back(page)


NIGHT = "2026-12-06T03:00-06:00"  # a Sunday


def at(moment: str) -> Callable[[Route], None]:
    """Return what serves a page of the sample as if it were read at `moment`."""

    def serve(route: Route) -> None:
        html = route.fetch().text()
        assert "data-cb-now " in html
        route.fulfill(body=html.replace("data-cb-now ", f'data-cb-now datetime="{moment}" '), content_type="text/html")

    return serve


@pytest.mark.parametrize("moment", [NIGHT, "2026-12-07T17:30-06:00", "2026-12-05T12:00-06:00"])
def test_who_answers_is_decided_when_the_page_is_read(
    chromium: Browser, address: str, sample: Book, moment: str
) -> None:
    page, _ = open_page(chromium, f"{address}playbooks/", zone="Asia/Kolkata", moment=moment)
    read = replace(sample, now=datetime.fromisoformat(moment))
    wanted = [list(map(str, duty.told)) for duty in duties(read)]
    cells = page.locator(".cb-duty__now").all()
    assert [[f"{row}." for row in cell.inner_text().split("\n")] for cell in cells] == wanted
    assert len({rows[0] for rows in wanted}) > 1
    assert page.get_by_role("columnheader", name="Answers").inner_text() == "Answers now"
    put_back(page)


def test_without_a_script_the_page_says_who_answered_when_it_was_built(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, f"{address}playbooks/", script=False)
    assert page.get_by_role("columnheader", name="Answers").inner_text() == "Answers at Thu 3 Dec, 09:42 CST"
    assert page.locator(".cb-duty").first.inner_text().startswith("Now: ")
    put_back(page)


def test_a_word_that_falls_due_after_the_build_is_shown_as_overdue(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address)
    assert page.locator(".cb-due--overdue:visible").count() == 0
    page.route(address, at(NIGHT))
    page.goto(address)
    assert page.locator(".cb-due--overdue").first.is_visible()
    assert page.locator(".cb-due--ok:visible").count() == 0
    put_back(page)


def test_a_section_lists_its_pages_beside_each_and_shows_where_it_is(chromium: Browser, address: str) -> None:
    for size in ("desktop", "phone"):
        page, _ = open_page(chromium, f"{address}handbook/checks/", size=size)
        links = page.get_by_role("navigation", name="Handbook", exact=True).get_by_role("link")
        assert {"Handbook", "For analysts", "Every check"} <= set(links.all_inner_texts())
        box = page.locator(".cb-local [aria-current]").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= SIZES[size][0]
        put_back(page)


def test_the_first_page_says_once_what_is_live(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address)
    assert page.locator(".cb-strip").count() == 0
    put_back(page)
    page, _ = open_page(chromium, f"{address}symptoms/")
    assert page.locator(".cb-strip").is_visible()
    put_back(page)
