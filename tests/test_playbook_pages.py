"""A playbook can be used in fifteen seconds: bounds on every playbook page, of the tests' book and of the sample."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import Browser

from bench.playbooks import Measured, lost_in_print, measure, night_page, playbook_pages
from browsing import open_page, put_back, serve
from paper import printed, text_of

PLAYBOOK = "playbooks/order-not-received/"
DO_WORDS, OUTCOME_WORDS, PAGE_WORDS, STOPS = 120, 18, 600, 10


@pytest.fixture(scope="module")
def measured(chromium: Browser, site: Path) -> list[Measured]:
    """Every playbook page of the sample, measured once."""
    return _measured(chromium, site)


@pytest.fixture(scope="module")
def measured_small(chromium: Browser, harbor_site: Path) -> list[Measured]:
    """Every playbook page of the tests' book."""
    return _measured(chromium, harbor_site)


def _measured(chromium: Browser, site: Path) -> list[Measured]:
    with serve(site) as base:
        page = night_page(chromium)
        return [measure(page, base, name) for name in playbook_pages(site)]


def within_bounds(found: list[Measured]) -> None:
    assert found
    assert [item.name for item in found if not item.first_view] == []
    assert [item.name for item in found if item.longest > OUTCOME_WORDS or item.stops > STOPS] == []
    assert [item.name for item in found if item.rows != 1] == []
    assert median(item.said for item in found) <= DO_WORDS
    assert median(item.page for item in found) <= PAGE_WORDS


def test_every_playbook_of_the_tests_book_answers_in_its_first_view(measured_small: list[Measured]) -> None:
    within_bounds(measured_small)


def test_every_playbook_of_the_sample_answers_in_its_first_view(measured: list[Measured]) -> None:
    within_bounds(measured)


def test_an_outcome_a_line_with_its_verb_at_the_right_edge(chromium: Browser, address: str) -> None:
    for size in ("desktop", "phone"):
        page, _ = open_page(chromium, address + PLAYBOOK, size=size)
        edge = page.locator(".cb-checks").evaluate("at => at.getBoundingClientRect().right")
        for verb in page.locator(".cb-verb").all():
            assert abs(verb.evaluate("at => at.getBoundingClientRect().right") - edge) <= 1
            assert verb.inner_text().split()[0] in ("Done", "Next", "Escalate", "Go")
            # Not by color alone: an icon and a word.
            assert verb.locator("svg").count() == 1
        put_back(page)


def test_what_escalates_dials_whoever_the_page_says_to_call(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address + PLAYBOOK)
    numbers = page.locator("#call >> xpath=ancestor::section").locator("[href^='tel:']")
    called = {link.get_attribute("href") for link in numbers.all()}
    links = page.locator(".cb-verb--escalate a")
    assert links.count() > 0
    assert {link.get_attribute("href") for link in links.all()} <= called
    put_back(page)


def test_say_and_call_stay_in_view_on_a_desktop_and_nothing_sticks_at_400_percent(
    chromium: Browser, address: str
) -> None:
    page, _ = open_page(chromium, address + PLAYBOOK)
    page.locator("#worse").evaluate("at => at.scrollIntoView()")
    box = page.locator("[aria-labelledby=say] [data-cb-copy]").bounding_box()
    assert box is not None
    assert 0 <= box["y"] <= 768 - box["height"]
    # 1280 by 1024 at 400 percent, and a desktop of little height.
    for width, height in ((320, 256), (1366, 400)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.locator(".cb-play__side").evaluate("at => getComputedStyle(at).position") == "static"
    put_back(page)


def test_a_phone_reads_and_tabs_in_the_order_of_the_source(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address + PLAYBOOK, size="phone")
    tops = page.eval_on_selector_all(".cb-play h2", "all => all.map((at) => at.getBoundingClientRect().top)")
    assert tops == sorted(tops)
    put_back(page)


@pytest.mark.parametrize("touch", [False, True])
def test_home_begins_in_the_search_field_where_there_is_a_keyboard(
    chromium: Browser, address: str, touch: bool
) -> None:
    context = chromium.new_context(has_touch=touch, is_mobile=touch)
    page = context.new_page()
    page.goto(address)
    focused = page.evaluate("document.activeElement.matches('.cb-search--big .cb-search__field')")
    assert (focused, page.evaluate("scrollY")) == (not touch, 0)
    page.goto(f"{address}#content")
    page.reload()
    assert not page.evaluate("document.activeElement.matches('.cb-search__field')")
    context.close()


@pytest.mark.parametrize("name", [PLAYBOOK, "changes/fhir-patient-lookup-r4/playbooks/failed-patient-lookup/"])
def test_the_first_page_of_a_printed_playbook_holds_do_say_and_call(chromium: Browser, address: str, name: str) -> None:
    page, _ = open_page(chromium, address + name)
    last = page.locator(".cb-outcome__what").last.inner_text()
    words = page.locator(".cb-say__text p").last.inner_text().split()[:3]
    (sheet,) = printed(page, format="Letter", prefer_css_page_size=False, page_ranges="1")
    first = " ".join(text_of(sheet).split())
    for text in ("Do", " ".join(last.split()), "Say", " ".join(words), "Call"):
        assert text in first, text
    queues = page.locator(".cb-call > li").count()
    assert first.count("Queue ") == queues
    put_back(page)


def test_the_longest_playbooks_of_the_sample_print_do_say_and_call_on_their_first_page(
    chromium: Browser, address: str, measured: list[Measured]
) -> None:
    page = chromium.new_page(timezone_id="America/Chicago")
    for item in sorted(measured, key=lambda item: item.shown)[-3:]:
        assert lost_in_print(page, address + item.name) == [], item.name
    page.close()
