"""Who answers now, in the browser: by night the team that does is first, by day the owner; paper prints hours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import SIZES, open_page, put_back
from changebook.book import Book

CHANGE = "changes/fhir-patient-lookup-r4/"
PLAYBOOK = f"{CHANGE}playbooks/failed-patient-lookup/"
NIGHT, DAY = "2026-12-03T02:10-06:00", "2026-12-03T10:00-06:00"
FIRST = {NIGHT: ("Integration Operations", "6620"), DAY: ("Interoperability Platform", "4410")}
MOMENTS = pytest.mark.parametrize("moment", [NIGHT, DAY])


@contextmanager
def opened(chromium: Browser, address: str, moment: str, size: str = "desktop") -> Iterator[Page]:
    """Open a page at `moment` by the browser's clock, far from the desk."""
    width, height = SIZES[size]
    page = tab(chromium)
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(media="screen")
    page.clock.set_system_time(datetime.fromisoformat(moment))
    page.goto(address)
    yield page
    page.goto("about:blank")


@cache
def tab(chromium: Browser) -> Page:
    """Return one page for all tests: to open one costs as much as to load it."""
    page = chromium.new_context(timezone_id="Asia/Tokyo").new_page()
    page.clock.install(time=datetime.fromisoformat(NIGHT))
    page.add_init_script("localStorage.clear(); sessionStorage.clear()")
    return page


@MOMENTS
def test_a_playbook_names_who_answers_first(chromium: Browser, address: str, moment: str) -> None:
    name, number = FIRST[moment]
    with opened(chromium, address + PLAYBOOK, moment) as page:
        for place in (".cb-plate", ".cb-call"):
            row = page.locator(f"{place} .cb-duty__who:visible").first
            assert row.inner_text() == f"Now: {name}, {number}"
            assert row.locator("a").get_attribute("href") == f"tel:{number}"
        assert page.locator(".cb-plate .cb-duty__who:visible").count() == 1
        second = page.locator(".cb-call .cb-duty__who:visible").nth(1).inner_text()
        later = "Interoperability Platform, 4410, opens today 07:00"
        assert second == (later if moment == NIGHT else "No answer in 10 minutes: Integration Operations, 6620")


@MOMENTS
def test_the_bar_of_a_phone_dials_who_answers(chromium: Browser, address: str, moment: str) -> None:
    name, number = FIRST[moment]
    with opened(chromium, address + PLAYBOOK, moment, "phone") as page:
        button = page.locator(".cb-bar a")
        assert button.inner_text().split("\n") == [f"Call {number}", name]
        assert button.get_attribute("href") == f"tel:{number}"


@MOMENTS
def test_a_team_that_a_severity_names_is_reached_as_under_call(chromium: Browser, address: str, moment: str) -> None:
    name, number = FIRST[moment]
    with opened(chromium, address + PLAYBOOK, moment) as page:
        rows = page.locator(".cb-triggers .cb-duty").first.locator(".cb-duty__who:visible").all_inner_texts()
        later = ["Interoperability Platform, 4410, opens today 07:00"]
        assert rows == [f"Now: {name}, {number}", *(later if moment == NIGHT else [])]


def test_two_teams_that_one_covers_for_have_its_number_once(chromium: Browser, address: str) -> None:
    with opened(chromium, address + "playbooks/partner-timeout/", NIGHT) as page:
        assert page.locator(".cb-triggers .cb-duty__who:visible").all_inner_texts() == [
            "Now: Integration Operations, 6620",
            "Partner Integration, 4483, opens today 08:00",
            "Interoperability Platform, 4410, opens today 07:00",
        ]


@MOMENTS
def test_search_names_who_answers(chromium: Browser, address: str, moment: str) -> None:
    name, number = FIRST[moment]
    with opened(chromium, address, moment) as page:
        page.locator(".cb-search__field:visible").fill("cant find patient")
        page.locator(".cb-result[aria-selected=true]").wait_for()
        result = page.locator(".cb-result").first
        call, owner = result.locator("dd").last, result.locator(".cb-result__owner")
        assert call.inner_text().startswith(f"Now: {name}, {number}. ")
        assert not owner.is_visible()  # Call says it
        assert result.locator("a").count() == 0  # a row of a list is one choice
        page.clock.set_system_time(datetime.fromisoformat(DAY))
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        assert call.inner_text().startswith("Now: Interoperability Platform")
        page.clock.set_system_time(datetime.fromisoformat(moment))
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        page.keyboard.press("ArrowDown")
        assert owner.inner_text() == f"Now: {name}, {number}."


@MOMENTS
def test_the_go_live_card_names_who_answers(chromium: Browser, address: str, moment: str) -> None:
    with opened(chromium, f"{address}{CHANGE}launch/", moment) as page:
        rows = page.locator("table [data-cb-line^=interop-platform]").first.locator(".cb-duty__who:visible")
        assert rows.first.inner_text() == "Now: {}, {}".format(*FIRST[moment])


@MOMENTS
def test_a_label_that_says_what_a_team_is_for_needs_no_now(chromium: Browser, address: str, moment: str) -> None:
    with opened(chromium, f"{address}{CHANGE}launch/", moment) as page:
        lead, decides = (row.inner_text().split("\n")[0] for row in page.locator("[data-cb-named]").all())
        assert lead == "Desk Lead, 4401"
        assert decides == "{}, {}".format(*FIRST[moment])


def test_first_words_say_the_time_by_which_callers_hear(chromium: Browser, address: str) -> None:
    with opened(chromium, f"{address}{CHANGE}launch/", "2026-12-04T02:10-06:00") as page:
        card = page.locator("[data-cb-team]")
        page.emulate_media(media="print")
        assert "by [time, 30 min from now]" in card.inner_text()
        page.emulate_media(media="screen")
        expect(card).to_be_hidden()
        # On the screen the card leads to them.
        page.get_by_role("link", name="Copy the first response from the playbook").click()
        said = page.locator("[data-cb-team]:visible").first
        assert "by 02:40 CST." in said.inner_text()
        assert "[" not in said.inner_text()


@MOMENTS
@pytest.mark.parametrize("name", [CHANGE, f"{CHANGE}launch/", "changes/"])
def test_the_sentence_of_a_change_names_who_answers_first(
    chromium: Browser, address: str, sample: Book, moment: str, name: str
) -> None:
    with opened(chromium, address + name, moment) as page:
        said = page.locator(".cb-duty--told[data-cb-line^=interop-platform]").first.locator("xpath=..")
        own = sample.change("fhir-patient-lookup-r4").sentence
        assert said.inner_text() == "{} Escalate to {}, {}.".format(own, *FIRST[moment])
        page.emulate_media(media="print")
        assert "Escalate to Interoperability Platform, 4410; after hours and holidays" in said.inner_text()
        assert "Now:" not in said.inner_text()


def test_a_change_among_results_calls_who_answers(chromium: Browser, address: str) -> None:
    with opened(chromium, address, NIGHT) as page:
        page.locator(".cb-search__field:visible").fill("fhir patient lookup r4")
        row = page.locator(".cb-result[aria-selected=true]")
        row.wait_for()
        assert "4410" not in row.locator(".cb-result__line").inner_text()
        assert row.locator("dd").last.inner_text().startswith("Now: Integration Operations, 6620. ")


def test_the_bar_leads_to_the_page_where_nobody_answers(chromium: Browser, address: str) -> None:
    with opened(chromium, address + PLAYBOOK, NIGHT, "phone") as page:
        page.evaluate(
            """() => {
                const bar = document.querySelector(".cb-bar [data-cb-dial]");
                bar.dataset.cbLine = "interop-platform";
                changebook.desk.lead = null;
                changebook.tell(bar);
            }"""
        )
        button = page.locator(".cb-bar a")
        assert button.inner_text().split("\n") == ["Nobody on call", "Put it in queue IOP-PLATFORM"]
        assert button.get_attribute("href") == "#call"


def test_paper_prints_hours_and_no_now(chromium: Browser, address: str) -> None:
    with opened(chromium, address + PLAYBOOK, NIGHT) as page:
        page.emulate_media(media="print")
        rows = page.locator(".cb-call .cb-duty").first.locator(".cb-duty__who:visible").all_inner_texts()
        assert rows == [
            "Interoperability Platform, 4410, Mon\u2013Fri 07:00\u201318:00",
            "No answer in 10 minutes: Integration Operations, 6620, 24/7",
        ]
        # So does a check that escalates.
        verbs = page.locator(".cb-verb--escalate")
        assert {paper.count(" 6620") for paper in verbs.all_inner_texts() if "4410" in paper} == {1}
        assert not page.locator(".cb-verb__to").first.is_visible()


def test_without_a_script_hours_stand_beside_the_numbers(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address + PLAYBOOK, script=False)
    first = page.locator(".cb-plate .cb-duty__who").first
    assert first.inner_text() == "Interoperability Platform, 4410, Mon\u2013Fri 07:00\u201318:00"
    put_back(page)


def test_the_list_of_teams_begins_with_the_lead_and_those_who_always_answer(
    chromium: Browser, address: str, sample: Book
) -> None:
    with opened(chromium, f"{address}on-call/", NIGHT) as page:
        hours = page.locator("table").first.locator("td[data-h=Hours]").all_inner_texts()
        always = [text == "24/7" for text in hours]
        assert always == sorted(always, reverse=True)
        assert len(hours) == len(sample.desk.teams)
        assert page.locator("tbody th").first.inner_text().startswith("Desk Lead")
        row = page.locator("#interop-platform .cb-duty__who:visible")
        assert row.first.inner_text() == "Now: Integration Operations, 6620"
        assert "Fri 25 Dec (Christmas Day)" in page.locator("article").inner_text()
        heads = page.locator("table").first.locator("th[scope=col]:visible")
        assert heads.nth(3).inner_text() == "Covering now"
        page.emulate_media(media="print")
        assert heads.nth(3).inner_text() == "After-hours coverage"


def test_what_is_not_the_desks_is_folded_and_its_address_unfolds_it(chromium: Browser, address: str) -> None:
    with opened(chromium, f"{address}on-call/", DAY, "phone") as page:
        row = page.locator("#not-printers")
        assert not row.is_visible()
        page.goto(f"{address}on-call/#not-printers")
        assert row.is_visible()
        # What it is, a note, then whom to call in one line, in words.
        assert "Print Services, 4720, Mon" in row.evaluate("""at => [...at.cells].map((cell) =>
            getComputedStyle(cell, "::before").content.replace(/none|"/g, "") + cell.innerText).join("")""")
