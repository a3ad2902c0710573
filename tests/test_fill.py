"""Blanks in a real browser: times fill themselves, words are filled in place, and what is shown is what is copied."""

from __future__ import annotations

from datetime import datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import SIZES, open_page, put_back
from paper import printed, text_of

PLAYBOOK = "playbooks/late-result/"
MOMENT = "2026-12-03T02:10-06:00"


def opened(
    chromium: Browser, address: str, *, moment: str = MOMENT, size: str = "desktop", script: bool = True
) -> Page:
    """Open a page at a moment by the reader's clock, in another zone than the book's, with the clipboard at hand."""
    page, _ = open_page(chromium, address, size=size, zone="Asia/Kolkata", script=script, moment=moment)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page


def copied(page: Page) -> str:
    """Press the button in the block Say, and return what the clipboard holds then."""
    page.locator("article").get_by_role("button", name="Copy response").first.click()
    expect(page.locator("#cb-status")).to_have_text("Copied")
    return str(page.evaluate("navigator.clipboard.readText()"))


def seen(page: Page) -> str:
    """Return a first response as a reader sees it: what is typed in a field is part of it."""
    return str(
        page.evaluate(
            """() => {
                const text = document.getElementById("first-response");
                const parts = [...text.querySelectorAll("p")].map((part) => [...part.childNodes].map((node) =>
                    node.querySelector?.("input")?.value ?? node.innerText ?? node.textContent).join(""));
                return parts.join("\\n\\n");
            }"""
        )
    )


def test_a_time_is_shown_and_copied_as_it_is_now_in_the_books_zone(chromium: Browser, harbor_address: str) -> None:
    page = opened(chromium, harbor_address + PLAYBOOK)
    page.get_by_role("textbox", name="number").fill("4417")
    assert page.locator(".cb-fill__time").all_inner_texts() == ["02:30 CST"]
    text = copied(page)
    assert text == seen(page)
    assert "I call you by 02:30 CST; your number is 4417." in text
    put_back(page)


def test_a_time_goes_with_the_clock_while_the_page_is_open(chromium: Browser, harbor_address: str) -> None:
    page = opened(chromium, harbor_address + PLAYBOOK)
    page.route("**/late-result/", lambda route: route.fulfill(body=route.fetch().text().replace("data-cb-now ", "")))
    page.reload()
    page.get_by_role("textbox", name="number").fill("4417")
    page.clock.run_for("06:00")
    assert page.locator(".cb-fill__time").inner_text() == "02:40 CST"
    page.clock.set_system_time(datetime.fromisoformat("2026-12-03T23:50-06:00"))  # no timer runs in a tab that sleeps
    assert "by Fri 4 Dec, 00:10 CST; your number" in copied(page)
    assert page.locator(".cb-fill__time").inner_text() == "Fri 4 Dec, 00:10 CST"
    put_back(page)


def test_an_empty_blank_is_named_marked_and_focused_and_nothing_is_copied(
    chromium: Browser, harbor_address: str
) -> None:
    page = opened(chromium, harbor_address + PLAYBOOK)
    page.evaluate("navigator.clipboard.writeText('before')")
    field, note = page.get_by_role("textbox", name="number"), page.locator("[data-cb-left]")
    assert note.inner_text() == "1 blank to fill"
    page.locator("article").get_by_role("button", name="Copy response").click()
    expect(page.locator("#cb-status")).to_have_text("Not copied. Fill in: number")
    expect(field).to_be_focused()
    assert field.get_attribute("aria-invalid") == "true"
    assert note.inner_text() == "Fill in: number"
    assert page.evaluate("navigator.clipboard.readText()") == "before"
    page.keyboard.type("4417")
    assert field.get_attribute("aria-invalid") is None
    assert note.inner_text() == "Ready to send"
    page.keyboard.press("Enter")
    expect(page.locator("#cb-status")).to_have_text("Copied")
    put_back(page)


def test_the_same_blank_is_filled_once_and_text_never_becomes_markup(chromium: Browser, harbor_address: str) -> None:
    page = opened(chromium, harbor_address + PLAYBOOK)
    page.route(
        "**/late-result/",
        lambda route: route.fulfill(
            body=route.fetch().text().replace("your number is", 'the <span class="cb-fill">[number]</span> is', 1),
            content_type="text/html",
        ),
    )
    page.reload()
    page.get_by_role("textbox", name="number").first.fill("<b>4417</b>")
    assert page.get_by_role("textbox", name="number").last.input_value() == "<b>4417</b>"
    assert "the <b>4417</b> is <b>4417</b>." in copied(page)
    assert page.locator("#first-response b").count() == 0
    put_back(page)


def test_a_clipboard_that_is_closed_leaves_the_text_for_the_keyboard(chromium: Browser, harbor_address: str) -> None:
    page = opened(chromium, harbor_address + PLAYBOOK)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.get_by_role("textbox", name="number").fill("4417")
    page.locator("article").get_by_role("button", name="Copy response").click()
    expect(page.locator("#cb-status")).to_have_text("Selected: press Ctrl+C")
    page.keyboard.press("Control+c")
    other = page.context.new_page()
    other.goto(harbor_address)
    assert "by 02:30 CST; your number is 4417." in str(other.evaluate("navigator.clipboard.readText()"))
    other.close()
    put_back(page)


def test_without_script_a_time_is_in_words_that_a_person_fills_in(chromium: Browser, harbor_address: str) -> None:
    page = opened(chromium, harbor_address + PLAYBOOK, script=False)
    assert (
        "I call you by [time, 20 min from now]; your number is [number]."
        in page.locator("#first-response").inner_text()
    )
    put_back(page)


def test_paper_has_the_brackets_and_a_line_to_write_on(chromium: Browser, harbor_address: str) -> None:
    page = opened(chromium, harbor_address + PLAYBOOK)
    page.get_by_role("textbox", name="number").fill("4417")
    text = " ".join(" ".join(text_of(side) for side in printed(page, format="A4")).split())
    assert "[time, 20 min from now]" in text
    assert "[number]" in text
    assert "02:30" not in text
    assert "4417" not in text
    page.emulate_media(media="print")
    line = "getComputedStyle(document.querySelector('#first-response .cb-fill'), '::after').borderBottomStyle"
    assert page.evaluate(line) == "solid"
    put_back(page)


@pytest.mark.parametrize("size", ["desktop", "small phone"])
def test_responses_fill_their_blanks_each_for_itself(chromium: Browser, harbor_address: str, size: str) -> None:
    page = opened(chromium, f"{harbor_address}responses/", size=size)
    fields = page.get_by_role("textbox", name="number")
    assert page.locator(".cb-fill__time").count() > fields.count() > 0
    assert "[" not in page.locator(".cb-say__text").first.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    put_back(page)


def test_search_says_and_copies_the_time_and_names_what_is_left_to_fill(chromium: Browser, harbor_address: str) -> None:
    page = opened(chromium, harbor_address)
    page.locator(".cb-search__field:visible").fill("late result")
    row = page.locator(".cb-result[aria-selected=true]")
    row.wait_for()
    assert "[number]" in row.inner_text()
    assert "02:30 CST" in row.inner_text()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#cb-status")).to_have_text("Copied what to say, fill in: number")
    assert "by 02:30 CST; your number is [number]." in page.evaluate("navigator.clipboard.readText()")
    put_back(page)
