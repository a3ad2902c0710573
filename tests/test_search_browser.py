"""Search in a real browser: by keyboard, by touch, by its address, accessible, and quiet until it is wanted."""

from __future__ import annotations

import re
import shutil
import time
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from accessibility import Kinds, violations
from browsing import SIZES, open_page, put_back, serve
from building import build
from changebook.book import Book
from changebook.checking.searching import index_of
from conftest import GOOD, SAMPLE, SMALL, project

FIELD = ".cb-search__field:visible"
PLAYBOOK = "changes/fhir-patient-lookup-r4/playbooks/failed-patient-lookup/"
LOADED = "performance.getEntriesByType('resource').some(one => one.name.includes('start.json'))"
# No page fits any of these well; the last two say nothing that any page has.
UNSURE = [
    "lab giraffe",
    "greenhouse watering schedule dim",
    "it's not working",
    "quagga zebu",
    "???",
]


def ask(page: Page, words: str) -> None:
    """Type into the page's search and wait for its whole list."""
    field = page.locator(FIELD)
    field.focus()
    field.fill(words)
    page.wait_for_function(
        "words => document.querySelector('.cb-results:not([hidden])')?.dataset.ready === words", arg=words
    )


def titles(page: Page) -> list[str]:
    return page.locator(".cb-result__name:visible").all_inner_texts()


def test_nothing_of_search_is_fetched_before_the_field_has_focus(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, f"{address}handbook/")
    asked: list[str] = []
    page.wait_for_load_state("networkidle")  # the browser's own request for an icon comes late
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.wait_for_timeout(300)
    assert asked == []
    with page.expect_request("**/symptoms-0.json"):
        page.locator(FIELD).focus()
    page.wait_for_function(LOADED)
    folder = asked[-1].split("/")[1]
    expected = ["assets/js/search.js", "assets/js/private.js", "search/start.json", f"search/{folder}/symptoms-0.json"]
    assert asked == expected
    page.context.close()


def test_a_list_takes_up_the_icons_of_those_before_it(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address)
    page.evaluate("window.seen = new Set()")
    new = """() => [...document.querySelectorAll(".cb-results:not([hidden]) .cb-icon")]
        .filter(one => !seen.has(one) && seen.add(one)).length"""
    fresh = []
    for words in ("cant find a patient", "lab result is late") * 3:
        ask(page, words)
        fresh.append(page.evaluate(new))
    assert fresh[0] > 2
    assert fresh[-1] == 0
    page.context.close()


def test_what_is_between_two_marks_is_one_piece_of_text(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address)
    ask(page, "cant find a patient")
    pieces = page.evaluate(
        """() => [...document.querySelectorAll(".cb-results:not([hidden]) .cb-result__name")].map(name =>
            [...name.childNodes].map(one => [one.nodeName === "MARK", one.textContent]))"""
    )
    assert any(marked for row in pieces for marked, _ in row)
    assert all(text for row in pieces for _, text in row)
    assert not any(not one[0] and not two[0] for row in pieces for one, two in pairwise(row))
    page.context.close()


def test_the_keyboard_walks_from_slash_to_the_playbook(chromium: Browser, address: str) -> None:
    page, complaints = open_page(chromium, f"{address}handbook/")
    page.keyboard.press("Control+/")
    assert page.evaluate("document.activeElement === document.body")
    page.keyboard.press("/")
    page.keyboard.type("cant find a patient")
    page.wait_for_function("document.querySelector('.cb-results').dataset.ready === 'cant find a patient'")
    field = page.locator(FIELD)
    assert field.get_attribute("aria-expanded") == "true"
    first = field.get_attribute("aria-activedescendant")
    page.keyboard.press("ArrowDown")
    second = field.get_attribute("aria-activedescendant")
    assert first != second
    assert page.locator(f"#{second}").get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") == first
    # Up from the first is the last, and down from that the first again.
    page.keyboard.press("ArrowUp")
    last = page.locator(".cb-results [role=option]").last.get_attribute("id")
    assert field.get_attribute("aria-activedescendant") == last
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == first
    assert page.locator("#cb-status").inner_text().count(" results. First: ") == 1
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}{PLAYBOOK}")
    assert complaints == []
    put_back(page)


def test_escape_closes_the_list_then_empties_the_field(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address)
    ask(page, "lab late")
    page.keyboard.press("Escape")
    expect(page.locator(".cb-results:visible")).to_have_count(0)
    assert page.locator(FIELD).input_value() == "lab late"
    page.keyboard.press("Escape")
    assert page.locator(FIELD).input_value() == ""
    put_back(page)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_open_list_is_accessible_and_whole(chromium: Browser, address: str, kinds: Kinds, size: str) -> None:
    width, height = SIZES[size]
    for dark in (False, True):
        page, complaints = open_page(chromium, address, size=size, dark=dark)
        for words in ("cant find patient", "mpi lookup upgrade", UNSURE[0], "quagga zebu"):
            ask(page, words)
            # What a list has besides its colors is the same in dark and light.
            assert violations(page, kinds, colors=dark) == [], (words, dark)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (words, dark)
            panel = page.locator(".cb-results:visible").bounding_box()
            assert panel
            assert panel["x"] >= 0
            assert panel["x"] + panel["width"] <= width
            assert panel["y"] + panel["height"] <= height, (words, dark)
        assert complaints == []
        put_back(page)


FOUND = [
    *("cant find patient", "she reads lkp 504", "orders are delayed", "fhir patient lookup r4", "what score is safe"),
    *("RTE-245", "ALR-409", "message could not be read 245"),
]


def test_the_browser_lists_what_python_finds(chromium: Browser, address: str, sample: Book) -> None:
    page, _ = open_page(chromium, address)
    index = index_of(sample, SAMPLE)
    assets = {asset[3]: asset[0] for one in index.documents.symptoms for asset in one.card.get("assets", ())}
    for words in FOUND:
        ask(page, words)
        rows = page.evaluate("[...document.querySelectorAll('.cb-result__name')].map(one => one.textContent)")
        hits = index.ask(words, shown=8 + sum(hit.pinned for hit in index.ask(words).hits)).hits
        expected = [
            assets.get(hit.document.address, hit.document.title) if hit.pinned else hit.document.title for hit in hits
        ]
        assert rows == expected[: len(rows)], words
        assert len(rows) >= min(8, len(expected)), words
    put_back(page)


def test_a_row_names_the_changes_that_add_to_its_playbook(chromium: Browser, address: str) -> None:
    page, complaints = open_page(chromium, f"{address}changes/")
    ask(page, "duplicate record")
    rows = page.locator(".cb-result")
    assert rows.nth(0).locator(".cb-result__meta").inner_text() == "New with FHIR Patient Lookup R4, Lookup Hyphen Fix"
    titles = page.locator(".cb-result__name").all_inner_texts()
    assert titles.count(titles[0]) == 1
    ask(page, "orders are delayed")
    chips = page.locator(".cb-results__facets .cb-chip").all_inner_texts()
    assert sum(text.startswith("Playbooks") for text in chips) == 1
    assert complaints == []
    put_back(page)


def test_the_selected_playbook_says_what_its_page_says(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "cant find patient")
    triad = page.locator(".cb-result[aria-selected=true] dd").all_inner_texts()
    page.keyboard.press("Control+Enter")
    page.wait_for_function("document.getElementById('cb-status').textContent === 'Copied what to say'")
    copied = page.evaluate("navigator.clipboard.readText()")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}{PLAYBOOK}")
    assert page.locator(".cb-checks__do").first.inner_text().startswith(triad[0])
    assert copied == page.locator("#first-response").inner_text().strip()
    assert " ".join(copied.split()).startswith(triad[1].strip("\u201c\u201d\u2026").rpartition(" ")[0])
    assert triad[2].startswith(page.locator(".cb-call .cb-duty__now .cb-duty__who").first.inner_text())
    put_back(page)


def triad_of(page: Page) -> dict[str, str]:
    """Return what the row that is chosen says under Do, Say and Call."""
    parts = page.locator(".cb-result[aria-selected=true] .cb-triad > div").all()
    return {part.locator("dt").inner_text(): part.locator("dd").inner_text() for part in parts}


def test_a_code_opens_its_playbook_at_the_check_that_names_it(chromium: Browser, address: str) -> None:
    page, complaints = open_page(chromium, address)
    ask(page, "lkp 504")
    triad = triad_of(page)
    assert list(triad) == ["Do", "Say", "Call"]
    assert titles(page)[1].startswith("LKP-504: ")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}{PLAYBOOK}#check-4")
    check = page.locator("#check-4")
    row = check.locator(".cb-outcome__what", has_text="LKP-504")
    sign = row.locator("b").inner_text()
    assert triad["Do"].startswith(f"{check.locator('.cb-checks__do').inner_text()} {sign} ")
    box, header = check.bounding_box(), page.locator(".cb-header").bounding_box()
    assert box
    assert header
    assert header["y"] + header["height"] <= box["y"] < page.viewport_size["height"]
    assert complaints == []
    put_back(page)


def test_a_code_that_escalates_calls_the_team_of_its_own_result(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address)
    first = {}
    for code in ("ACC-403", "GTW-403"):  # of one check, the one harmless, the other not
        ask(page, code)
        triad = triad_of(page)
        assert triad["Do"].startswith("Ask for the code.")
        assert code in triad["Do"]
        first[code] = triad["Call"]
    assert "Interoperability Platform, 4410" in first["GTW-403"]
    assert "Interoperability Platform" not in first["ACC-403"]
    put_back(page)


def test_a_question_has_what_to_say_ready_to_copy_and_whom_to_call(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "what score is safe")
    triad = triad_of(page)
    assert list(triad) == ["Say", "Call"]
    assert "Interoperability Platform, 4410" in triad["Call"]
    page.keyboard.press("Control+Enter")
    page.wait_for_function("document.getElementById('cb-status').textContent === 'Copied what to say'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(triad["Say"].strip("\u201c\u201d\u2026").rpartition(" ")[0])
    page.keyboard.press("Enter")
    page.wait_for_url("**/faq/#q-what-score-is-safe-to-pick")
    answer = " ".join(page.locator("#q-what-score-is-safe-to-pick .cb-qa__answer p").first.inner_text().split())
    assert answer.startswith(copied)
    put_back(page)


def test_a_code_among_other_results_has_do_say_and_call(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address)
    ask(page, "message could not be read 245")
    names = titles(page)
    number = next(at for at, title in enumerate(names) if title.startswith("RTE-"))
    for _ in range(number):
        page.keyboard.press("ArrowDown")
    assert list(triad_of(page)) == ["Do", "Say", "Call"]
    put_back(page)


def test_a_former_name_is_explained_and_leads_to_all_of_the_change(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, f"{address}changes/")
    ask(page, "mpi lookup upgrade")
    assert (
        page.locator(".cb-results__note").inner_text()
        == "\u201cMPI lookup upgrade\u201d is now called FHIR Patient Lookup R4."
    )
    assert titles(page)[0] == "FHIR Patient Lookup R4"
    assert {"Release note", "FAQ", "Launch", "Data contract"} <= set(titles(page))
    put_back(page)


def test_filters_narrow_count_and_clear_and_stand_in_the_address(chromium: Browser, address: str) -> None:
    page, complaints = open_page(chromium, address)
    ask(page, "result is late")
    chip = page.get_by_role("button", name=re.compile("^Playbooks"))
    count = int(chip.locator(".cb-chip__count").inner_text())
    chip.click()
    expect(page.locator(".cb-result")).to_have_count(min(count, 8))
    assert chip.get_attribute("aria-pressed") == "true"
    page.get_by_label("Any status").select_option("live")
    page.wait_for_function("location.search.includes('status=live')")
    assert page.locator(".cb-result .cb-status--live").count() == page.locator(".cb-result").count() > 0
    again, _ = open_page(chromium, page.url)
    again.wait_for_function("document.querySelector('.cb-results:not([hidden])')?.dataset.ready")
    assert titles(again) == titles(page)
    page.get_by_role("button", name="Clear filters").click()
    page.wait_for_function("!location.search.includes('status')")
    assert page.get_by_role("button", name="Clear filters").count() == 0
    assert complaints == []
    put_back(again)
    put_back(page)


@pytest.mark.parametrize("leave", ["Escape", "elsewhere", "typed over"])
def test_a_filter_ends_with_its_search(chromium: Browser, address: str, leave: str) -> None:
    page, _ = open_page(chromium, address)
    ask(page, "result is late")
    page.get_by_label("Any status").select_option("live")
    page.wait_for_function("location.search.includes('status=live')")
    if leave == "Escape":
        page.keyboard.press("Escape")
    elif leave == "elsewhere":
        page.locator("footer").first.click()
    if leave != "typed over":
        expect(page.locator(".cb-results:visible")).to_have_count(0)
    page.locator(f"{FIELD}:visible").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("worklist empty")
    page.wait_for_function("location.search.includes('q=worklist')")
    assert "status" not in page.url
    assert page.get_by_role("button", name="Clear filters").count() == 0
    put_back(page)


def test_on_a_touch_screen_whom_to_call_shows_over_the_keyboard(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address)
    page.locator(f"{FIELD}:visible").tap()
    page.wait_for_function("scrollY > 0")
    page.locator(f"{FIELD}:visible").fill("lab result late")
    call = page.locator(".cb-result[aria-selected=true] .cb-triad > div").last
    line = call.evaluate(
        "part => { const { top } = part.getBoundingClientRect(); return [part.innerText.slice(0, 4), top + 16]; }"
    )
    assert line[0] == "Call"
    assert line[1] < 430  # where the keyboard of such a phone begins
    context.close()


def rows_of(page: Page, place: str) -> dict[str, str]:
    """Return each term and what it says, such as Do, Say and Call, of the first `place` that is shown."""
    parts = page.locator(f"{place}:visible").first.locator(".cb-triad > div").all()
    return {part.locator("dt").inner_text(): part.locator("dd").inner_text() for part in parts}


def test_without_a_good_match_the_list_shows_the_nearest_that_the_terminal_prints(
    chromium: Browser, address: str, sample: Book
) -> None:
    page, complaints = open_page(chromium, address)
    index, shown = index_of(sample, SAMPLE), 0
    for words in UNSURE:
        ask(page, words)
        found = index.ask(words)
        assert not found.good, words
        assert page.locator(".cb-results__verdict:visible").inner_text().startswith(found.verdict)
        assert titles(page) == [hit.document.title for hit in found.near]
        shown += len(found.near)
        for number, hit in enumerate(found.near):
            if hit.document.scenario:
                assert list(rows_of(page, f"#cb-option-{number}")) == ["Do", "Say", "Call"]
        asked = rows_of(page, ".cb-results__triage")
        assert asked["Ask"].split("\n") == list(sample.desk.settings.triage)
        assert asked["Call"].startswith("Now: Desk Lead, 4401")
        assert page.locator(".cb-results__triage a").first.get_attribute("href") == "tel:4401"
    assert shown > 5
    assert complaints == []
    put_back(page)


def test_the_nearest_are_counted_chosen_and_opened_like_any_result(
    chromium: Browser, address: str, sample: Book
) -> None:
    page, _ = open_page(chromium, f"{address}changes/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    near = [hit.document for hit in index_of(sample, SAMPLE).ask(UNSURE[0]).near]
    ask(page, UNSURE[0])
    said = page.locator("#cb-status").inner_text()
    assert said == f"Only some of your words were found. Nearest: {len(near)}. First: {near[0].title}"
    options = page.get_by_role("listbox").get_by_role("option")
    assert options.count() == len(near) > 1
    assert options.first.get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowDown")
    assert options.nth(1).get_attribute("aria-selected") == "true"
    page.keyboard.press("Control+Enter")
    page.wait_for_function("document.getElementById('cb-status').textContent.startsWith('Copied what to say')")
    assert page.evaluate("navigator.clipboard.readText()")[:40] == near[1].card["say"][:40]
    page.keyboard.press("Enter")
    page.wait_for_url(address + near[1].address)
    put_back(page)


def test_on_a_phone_the_nearest_playbook_is_whole_in_the_first_view_below_the_field(
    chromium: Browser, address: str
) -> None:
    page, _ = open_page(chromium, address, size="phone")
    ask(page, UNSURE[0])
    field, scroll = page.locator(FIELD).bounding_box(), page.locator(".cb-results__scroll:visible").bounding_box()
    call = page.locator(".cb-result .cb-triad").first.locator("dd").last.bounding_box()
    assert field
    assert scroll
    assert call
    assert 0 <= field["y"] < scroll["y"] < call["y"]
    assert call["y"] + call["height"] <= scroll["y"] + scroll["height"] <= SIZES["phone"][1]
    # What to ask is below the last of them, one swipe away.
    page.locator(".cb-results__triage a").first.scroll_into_view_if_needed()
    assert page.locator(FIELD).bounding_box() == field
    put_back(page)


def test_what_is_not_this_desks_says_whom_to_call_in_its_row_and_opens_on_call(chromium: Browser, address: str) -> None:
    page, complaints = open_page(chromium, f"{address}changes/")
    own = {
        "address": "on-call/#interop-platform",
        "phone": "4900",
        "hours": "24/7",
        "kind": "page",
        "title": "Cold room",
    }
    own |= {"label": "Not this desk", "line": "Facilities, 4900, 24/7. Wear a coat."}

    def replaced(route: Route) -> None:
        route.fulfill(json=[own for _ in route.fetch().json()])

    page.route("**/symptoms-cards-0.json", replaced)
    ask(page, "duplicate record")
    row = page.locator(".cb-result").first
    assert row.inner_text().split("\n") == ["Cold room", "Not this desk: Facilities, 4900, 24/7. Wear a coat."]
    assert row.locator("a").count() == 0
    assert violations(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}on-call/#interop-platform")
    assert complaints == []
    put_back(page)


def test_an_unanswered_search_is_kept_listed_and_deleted(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address)
    formulas = [f"{sign}quagga wombat zebu" for sign in "+-=@"]
    for words in ("quagga zebu", "quagga zebu", *formulas):
        ask(page, words)
        if page.locator(".cb-result").count():
            page.get_by_role("button", name="Keep this search").click()
        else:
            page.keyboard.press("Enter")
    page.goto(f"{address}symptoms/#unanswered")
    expect(page.locator("#unanswered-words")).to_have_text("\n".join(["quagga zebu (2 times)", *formulas]))
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    text = Path(download.value.path()).read_text("utf-8")
    assert '"quagga zebu","2",' in text
    assert all(f'"\'{words}"' in text for words in formulas)
    page.get_by_role("button", name="Delete the list").click()
    expect(page.get_by_text("This browser has kept no searches")).to_be_visible()
    put_back(page)


def test_patient_data_in_a_search_is_kept_nowhere(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address)
    ask(page, "quagga zebu MRN 4471902")
    expect(page).to_have_url(re.compile(r"q=quagga\+zebu$"))
    if page.locator(".cb-result").count():
        page.get_by_role("button", name="Keep this search").click()
    else:
        page.keyboard.press("Enter")
    kept = page.evaluate(
        "JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), location.href])"
    )
    assert "quagga zebu [mrn]" in kept
    assert "4471902" not in kept
    put_back(page)


def test_a_search_that_cannot_be_read_points_to_the_symptoms(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address)
    page.route("**/search/**", lambda route: route.abort())
    page.locator(FIELD).focus()
    page.locator(FIELD).fill("patient")
    expect(page.get_by_text("Search doesn't work here.")).to_be_visible()
    put_back(page)


def test_a_page_left_open_over_a_new_book_finds_in_the_new_one(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address)
    page.route(re.compile(r"/search/[0-9a-f]{12}/"), lambda route: route.fulfill(status=404), times=1)
    page.locator(FIELD).focus()
    ask(page, "cant find patient")
    assert titles(page)[0] == "Patient not found in lookup"
    put_back(page)


def test_a_known_outage_stands_above_what_is_found(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address)
    ask(page, "lakeside order late")
    note = page.locator(".cb-results__note--known").inner_text()
    assert note.startswith("Lakeside Imaging Feed is slow or partly failing.")
    assert "Partner Integration, 4483" in note
    ask(page, "cant find patient")
    assert page.locator(".cb-results__note--known").count() == 0
    for name in ("systems/lakeside-imaging-feed/", "changes/imaging-order-routing/playbooks/order-not-received/"):
        page.goto(address + name)
        assert page.locator(".cb-known").inner_text().startswith("Lakeside Imaging Feed is slow or partly failing.")
    put_back(page)


def test_a_code_that_was_misheard_is_one_click_from_the_right_one(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address)
    ask(page, "mpi 402 no record")
    page.get_by_role("button", name="MPI-204").click()
    page.wait_for_function("document.querySelector('.cb-results:not([hidden])')?.dataset.ready === 'MPI-204'")
    assert titles(page)[0] == "Patient not found in lookup"
    put_back(page)


def test_back_comes_to_the_list_again(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address)
    ask(page, "cant find patient")
    before = titles(page)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}{PLAYBOOK}")
    page.go_back()
    page.wait_for_function("document.querySelector('.cb-results:not([hidden])')?.dataset.ready === 'cant find patient'")
    assert titles(page) == before
    put_back(page)


def test_all_counts_what_all_lists_whatever_kind_is_chosen(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, f"{address}?q=results&kind=answer")
    ready = "document.querySelector('.cb-results:not([hidden])')?.dataset.ready === 'results'"
    page.wait_for_function(ready)
    counts = ".cb-results:not([hidden]) .cb-chip__count"
    told = page.locator(counts).all_inner_texts()
    page.evaluate("delete document.querySelector('.cb-results:not([hidden])').dataset.ready")
    page.get_by_role("button", name=re.compile("^All ")).click()
    page.wait_for_function(ready)
    assert "kind=" not in page.url  # what is chosen is in the address at once
    assert page.locator(counts).first.inner_text() == told[0]
    assert int(told[0]) == sum(map(int, page.locator(counts).all_inner_texts()[1:]))
    put_back(page)


def test_show_more_adds_as_many_as_it_says(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address)
    ask(page, "LKP-504")
    while (more := page.locator("[data-cb-more]:visible")).count():
        rows, said = len(titles(page)), int(more.inner_text().split()[1])
        page.evaluate("delete document.querySelector('.cb-results:not([hidden])').dataset.ready")
        more.click()
        page.wait_for_function("document.querySelector('.cb-results:not([hidden])')?.dataset.ready === 'LKP-504'")
        assert len(titles(page)) == rows + said
    assert len(titles(page)) > 16
    put_back(page)


def test_the_keys_work_in_a_list_that_an_address_opens(chromium: Browser, address: str) -> None:
    page, complaints = open_page(chromium, f"{address}changes/?q=lab+late")
    page.wait_for_function("document.activeElement.matches('.cb-search__field')")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".cb-result").nth(1)).to_have_attribute("aria-selected", "true")
    assert complaints == []
    put_back(page)


def test_a_filter_that_every_object_has_as_a_property_is_shown_as_written(chromium: Browser, address: str) -> None:
    page, complaints = open_page(chromium, f"{address}?q=lab+late&system=__proto__")
    expect(page.get_by_label("All systems").locator("option:checked")).to_have_text("__proto__ (0)")
    assert complaints == []
    put_back(page)


def test_the_next_caller_begins_without_the_last_ones_filter(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address)
    ask(page, "result is late")
    page.get_by_label("Any status").select_option("live")
    page.wait_for_function("location.search.includes('status=live')")
    page.keyboard.press("/")
    page.keyboard.type("wristband is wrong")
    page.wait_for_function(
        "document.querySelector('.cb-results:not([hidden])')?.dataset.ready === 'wristband is wrong'"
    )
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    ask(page, "wristband is wrong")
    assert "status" not in page.url
    put_back(page)


def test_a_row_without_words_to_say_says_so(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address)
    ask(page, "FHIR Patient Lookup R4")
    page.keyboard.press("Control+Enter")
    page.wait_for_function("document.getElementById('cb-status').textContent === 'Nothing to copy here'")
    put_back(page)


def test_what_an_address_leads_to_is_not_under_the_header(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, f"{address}changes/lab-results-routing-v3/contract/#code-rte-241")
    row, header = page.locator("#code-rte-241").bounding_box(), page.locator(".cb-header").bounding_box()
    assert row
    assert header
    assert row["y"] >= header["y"] + header["height"]
    put_back(page)


def test_a_filter_does_not_stand_in_the_way_of_a_name(chromium: Browser, address: str) -> None:
    page, complaints = open_page(chromium, address)
    ask(page, "result is late")
    page.get_by_role("button", name=re.compile("^Playbooks")).click()
    ask(page, "FHIR Patient Lookup R4")
    assert titles(page)[0] == "FHIR Patient Lookup R4"
    assert complaints == []
    put_back(page)


def slowly(route: Route) -> None:
    time.sleep(0.5)
    route.continue_()


def test_enter_opens_what_was_typed_last(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address)
    ask(page, "lab late")
    page.route("**/more*", slowly)
    page.locator(FIELD).fill("what score is safe")
    page.keyboard.press("Enter")
    page.wait_for_url("**/faq/#q-what-score-is-safe-to-pick")
    put_back(page)


@pytest.mark.parametrize("leave", ["Escape", "Clear", "Tab"])
def test_a_list_that_was_left_does_not_open_late(chromium: Browser, address: str, leave: str) -> None:
    page, _ = open_page(chromium, f"{address}changes/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/symptoms-0.json", hold)
    page.locator(FIELD).focus()
    page.wait_for_function(LOADED)
    page.locator(FIELD).fill("lab late")
    if leave == "Clear":
        page.locator(".cb-search__clear:visible").click()
    else:
        page.keyboard.press(leave)
    if leave == "Tab":
        page.keyboard.press("Tab")
    page.wait_for_timeout(200)
    assert held  # until now
    for route in held:
        route.continue_()
    page.wait_for_timeout(500)
    assert page.locator(".cb-results:visible").count() == 0
    assert "?q=" not in page.url
    put_back(page)


def test_what_is_typed_before_search_is_there_counts_more_than_the_address(chromium: Browser, address: str) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    asked = f"{address}changes/?q=lab+late"
    page, _ = open_page(chromium, asked, prepare=lambda tab: tab.route("**/search.js", hold))
    page.locator(FIELD).fill("worklist empty")
    page.wait_for_timeout(100)
    assert held
    for route in held:
        route.continue_()
    page.wait_for_url("**/changes/?q=worklist+empty")
    assert page.locator(FIELD).input_value() == "worklist empty"
    put_back(page)


def test_escape_closes_from_a_filter_too(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address)
    ask(page, "result is late")
    page.get_by_label("Any status").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".cb-results:visible")).to_have_count(0)
    assert page.evaluate("document.activeElement.classList.contains('cb-search__field')")
    put_back(page)


def test_cards_that_are_gone_are_asked_for_once_more_then_said(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address)
    page.route("**/*-cards-*", lambda route: route.fulfill(status=404), times=1)
    ask(page, "cant find patient")
    assert titles(page)[0] == "Patient not found in lookup"
    page.route("**/search/**", lambda route: route.fulfill(status=404))
    page.reload()
    page.locator(FIELD).focus()
    page.locator(FIELD).fill("lab late")
    expect(page.get_by_text("Search doesn't work here.")).to_be_visible()
    field = page.locator(FIELD)
    assert field.get_attribute("aria-expanded") == "true"
    assert page.locator(f"#{field.get_attribute('aria-controls')}").count() == 1
    page.keyboard.press("Enter")
    assert page.url.startswith(f"{address}?q=") or page.url == address
    put_back(page)


def test_search_holds_when_pages_are_exchanged_without_loading(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = project(tmp_path_factory.mktemp("instant") / "project", SMALL, handbook=False)
    shutil.copy(GOOD / "complete-change.yaml", folder / "changes")
    config = (folder / "mkdocs.yml").read_text("utf-8")
    config = config.replace("navigation.tabs", "navigation.tabs, navigation.instant")
    with serve(folder / "site") as address:
        config = re.sub(r"site_url: .*", f"site_url: {address}", config)
        (folder / "mkdocs.yml").write_text(config, "utf-8")
        assert build(folder).returncode == 0
        page, complaints = open_page(chromium, f"{address}faq/")
        page.evaluate("window.kept = true")
        for words, title in (
            ("there is no score", "No score beside the name"),
            ("the lab says it is done", "Result is late"),
        ):
            ask(page, words)
            page.keyboard.press("Enter")
            page.wait_for_function("title => document.querySelector('h1')?.textContent.includes(title)", arg=title)
        assert page.evaluate("window.kept")
        assert complaints == []
        put_back(page)


def test_hostile_text_stays_text_in_the_list(chromium: Browser, tmp_path: Path) -> None:
    hostile = "</script><img src=x onerror=alert(1)>"
    folder = project(tmp_path / "project", SMALL, handbook=False)
    text = (GOOD / "complete-change.yaml").read_text("utf-8")
    saying = "      - there is no score\n"
    assert saying in text
    record = folder / "changes" / "complete-change.yaml"
    record.write_text(text.replace(saying, f'{saying}      - "quagga zebu {hostile}"\n'), "utf-8")
    assert build(folder).returncode == 0
    with serve(folder / "site") as address:
        page, complaints = open_page(chromium, address)
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        ask(page, "quagga zebu")
        assert hostile in page.locator(".cb-result__line").first.inner_text()
        assert page.locator(".cb-results img, .cb-results script").count() == 0
        assert complaints == []
        page.context.close()


def test_paper_shows_no_search(chromium: Browser, address: str) -> None:
    page, _ = open_page(chromium, address)
    page.emulate_media(media="print")
    assert page.locator(".cb-search:visible").count() == 0
    put_back(page)
