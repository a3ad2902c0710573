"""A tab that stays open: who answers goes by the clock; so do due times and ages, unless the book is pinned."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from browsing import open_page, put_back
from changebook.book import Book
from changebook.views.lists import duties

MONDAY = "2026-12-07T16:58-06:00"  # minutes before the desk's day teams go home
AFTER = "2026-12-07T17:03-06:00"


def unpinned(route: Route) -> None:
    """Serve a page of the sample as if its book had no pinned today."""
    route.fulfill(body=route.fetch().text().replace("data-cb-now ", ""), content_type="text/html")


def opened(chromium: Browser, address: str, moment: str, *, pinned: bool = False) -> Page:
    """Open a page at `moment` by the browser's clock."""

    def prepare(page: Page) -> None:
        if not pinned:
            page.route(address, unpinned)

    page, _ = open_page(chromium, address, moment=moment, prepare=prepare)
    return page


def answering(page: Page) -> list[str]:
    """Return who answers, scenario by scenario."""
    return [text.replace("\n", ". ") + "." for text in page.locator(".cb-duty").all_inner_texts()]


def on_duty(sample: Book, moment: str) -> list[str]:
    """Return who answers at `moment`, by the book."""
    read = replace(sample, now=datetime.fromisoformat(moment))
    return [" ".join(map(str, duty.told)) for duty in duties(read)]


def test_who_answers_changes_with_the_shift(chromium: Browser, address: str, sample: Book) -> None:
    page = opened(chromium, f"{address}playbooks/", MONDAY)
    assert answering(page) == on_duty(sample, MONDAY) != on_duty(sample, AFTER)
    page.clock.run_for("05:00")
    assert answering(page) == on_duty(sample, AFTER)
    put_back(page)


def test_a_tab_that_slept_is_right_when_it_is_looked_at(chromium: Browser, address: str, sample: Book) -> None:
    page = opened(chromium, f"{address}playbooks/", MONDAY)
    page.clock.set_system_time(datetime.fromisoformat(AFTER))  # no timer runs in a tab that sleeps
    assert answering(page) == on_duty(sample, MONDAY)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert answering(page) == on_duty(sample, AFTER)
    put_back(page)


def test_the_time_of_a_pinned_book_stands_still(chromium: Browser, address: str) -> None:
    page = opened(chromium, f"{address}changes/fhir-patient-lookup-r4/", MONDAY, pinned=True)
    states = page.locator("article :is([data-cb-age], [data-cb-due])")
    before = states.all_inner_texts()
    assert before
    page.clock.fast_forward("23:55:00")
    page.clock.run_for("05:00")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert states.all_inner_texts() == before
    put_back(page)


def test_who_answers_goes_by_the_readers_clock_also_in_a_pinned_book(
    chromium: Browser, address: str, sample: Book
) -> None:
    # Its numbers are dialed today, whatever day its changes are told of.
    page = opened(chromium, f"{address}playbooks/", MONDAY, pinned=True)
    assert answering(page) == on_duty(sample, MONDAY)
    page.clock.run_for("05:00")
    assert answering(page) == on_duty(sample, AFTER)
    put_back(page)


def test_an_update_falls_overdue_while_the_tab_is_open(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, "2026-12-03T09:42-06:00")
    assert page.locator(".cb-due--overdue:visible").count() == 0
    page.clock.fast_forward("23:55:00")
    page.clock.run_for("05:00")
    assert page.locator(".cb-due--overdue:visible").count() > 0
    put_back(page)


def test_ages_grow_while_the_tab_is_open(chromium: Browser, address: str, sample: Book) -> None:
    change = "changes/fhir-patient-lookup-r4/"
    body = '<p><span data-cb-age="2026-12-03T11:59-06:00">then</span></p></article>'

    def aged(route: Route) -> None:
        text = route.fetch().text().replace("data-cb-now ", "").replace("</article>", body)
        route.fulfill(body=text, content_type="text/html")

    page, _ = open_page(
        chromium,
        address + change,
        moment="2026-12-03T12:00-06:00",
        prepare=lambda page: page.route(address + change, aged),
    )
    age = page.locator("[data-cb-age]").last
    assert age.inner_text() == "1 minute ago"
    page.clock.run_for("03:00")
    assert age.inner_text() == "4 minutes ago"
    put_back(page)


def test_a_time_zone_that_the_browser_does_not_know_leaves_the_built_words(chromium: Browser, address: str) -> None:
    page = chromium.new_context(timezone_id="America/Chicago").new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.clock.install(time=datetime.fromisoformat(AFTER))

    def elsewhere(route: Route) -> None:
        text = route.fetch().text().replace("America/Chicago", "Mars/Olympus")
        route.fulfill(body=text, content_type="text/javascript")

    page.route("**/changebook.js", elsewhere)
    built, _ = open_page(chromium, f"{address}playbooks/", script=False)
    page.goto(f"{address}playbooks/")
    assert answering(page) == answering(built)
    assert page.get_by_role("columnheader", name="Answers").inner_text() == "Answers at Thu 3 Dec, 09:42 CST"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.matches('.cb-search__field')")
    assert errors == []
    page.context.close()
    put_back(built)


@pytest.mark.parametrize("mark", ["{isComposing: true}", "{keyCode: 229}"])
def test_keys_that_compose_a_letter_are_left_alone(chromium: Browser, address: str, mark: str) -> None:
    page, _ = open_page(chromium, f"{address}symptoms/", size="phone")
    press = (
        f"(key) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', "
        f"{{key, bubbles: true, cancelable: true, ...{mark}}}))"
    )
    assert page.evaluate(press, "/")
    assert page.evaluate("document.activeElement === document.body")
    field = page.locator(".cb-search__field:visible")
    field.fill("cant find patient")
    page.locator(".cb-result[aria-selected=true]").wait_for()
    chosen = field.get_attribute("aria-activedescendant")
    for key in ("ArrowDown", "Enter", "Escape"):
        assert page.evaluate(press, key), key
    assert page.locator(".cb-results:visible").count() == 1
    assert field.get_attribute("aria-activedescendant") == chosen
    assert page.url.startswith(f"{address}symptoms/")
    field.press("Escape")
    page.get_by_role("button", name="Menu").click()
    page.evaluate(press, "Escape")
    assert page.evaluate("document.getElementById('__drawer').checked")
    page.keyboard.press("Escape")
    assert not page.evaluate("document.getElementById('__drawer').checked")
    menu = page.locator("[data-cb-drawer]")
    menu.click()
    assert menu.get_attribute("aria-expanded") == "true"
    page.mouse.click(380, 600)  # beside the drawer
    expect(menu).to_have_attribute("aria-expanded", "false")
    put_back(page)


def test_the_menu_on_a_phone_is_worked_by_keyboard_alone(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, f"{address}symptoms/", size="phone")
    at = "(document.activeElement.closest('a, label')?.innerText ?? '').trim()"
    seen = """(() => { const at = document.activeElement, { left, top, width, height } = at.getBoundingClientRect();
        return at.contains(document.elementFromPoint(left + width / 2, top + height / 2)); })()"""

    def tab_through(last: str) -> list[str]:
        stops = [page.evaluate(at)]
        while stops[-1] != last:
            page.keyboard.press("Tab")
            page.wait_for_function(seen)
            stops.append(page.evaluate(at))
            assert len(stops) < 10, stops
        return stops

    page.get_by_role("button", name="Menu").press("Enter")
    # It opens at the group of the page.
    assert tab_through("Known errors") == ["Symptoms", "All playbooks", "Responses", "Known errors"]
    for _ in range(4):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")  # on its title, which leads back
    assert tab_through("Handbook") == ["Playbooks", "Changes", "Release notes", "FAQ", "On call", "Handbook"]
    page.keyboard.press("Space")
    page.wait_for_function(seen)
    page.keyboard.press("Tab")
    assert tab_through("For analysts") == ["Handbook", "For analysts"]
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('[data-cb-drawer]')")
    # At home, its first line is home's own.
    page.goto(address)
    page.get_by_role("button", name="Menu").press("Enter")
    assert page.evaluate(at) == "Desk"
    # What leads to a place on the page closes it.
    page.goto(f"{address}handbook/hosting/")
    page.get_by_role("button", name="Menu").press("Enter")
    page.locator(".md-nav--secondary a").nth(1).evaluate("link => link.click()")
    page.wait_for_function("location.hash && !document.getElementById('__drawer').checked")
    put_back(page)


@pytest.mark.parametrize("name", ["symptoms/", "handbook/"])
def test_light_and_dark_are_switched_by_the_keys_of_a_button(chromium: Browser, address: str, name: str) -> None:
    page, _ = open_page(chromium, address + name)
    scheme = "document.body.dataset.mdColorScheme"
    assert page.evaluate(scheme) == "default"
    page.locator("input[name=__palette]:checked").focus()
    page.keyboard.press("Enter")
    assert page.evaluate(scheme) == "slate"
    page.keyboard.press("Space")
    assert page.evaluate(scheme) == "default"
    put_back(page)
