"""The brief of a change: the pages that its kind asks for, in its order, printed as one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from playwright.sync_api import Browser

from browsing import open_page, put_back
from changebook.book import Book
from changebook.model.kinds import Part
from changebook.names import change_address
from changebook.pages import pages_of
from changebook.views.brief import Brief, brief_of, is_written, parts_lacking
from changebook.views.sheet import sheet_page

PARTS: tuple[Part, ...] = get_args(Part)
ALWAYS = {"names", "contacts"}
COMPLETE = "complete-change"
# Of the harbor book: its kind's brief has columns to fill in by hand.
BY_HAND = "lab-codes-r5"


def with_parts(book: Book, *parts: Part) -> Book:
    """Return the book whose kinds all make their brief of `parts`."""
    kinds = {}
    for name, kind in book.desk.kinds.items():
        made = kind.artifact.model_copy(update={"parts": {part: f"Heading of {part}" for part in parts}})
        kinds[name] = kind.model_copy(update={"artifact": made})
    return replace(book, desk=replace(book.desk, kinds=kinds))


def brief(book: Book, change: str) -> Brief:
    """Return the brief of a change that has one."""
    found = brief_of(book, book.change(change))
    assert found
    return found


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_a_full_record_is_on_a_page_of_the_change(book: Book, part: Part) -> None:
    made = {page.address for page in pages_of(book) if page.change == COMPLETE}
    pages = brief(with_parts(book, part), COMPLETE).pages
    assert pages
    assert {page.address for page in pages} <= made


@pytest.mark.parametrize("part", [part for part in PARTS if part not in ALWAYS])
def test_a_part_that_the_record_lacks_is_named_on_the_readiness_page(book: Book, part: Part) -> None:
    other = with_parts(book, part)
    change = other.change("six-lines")
    assert not is_written(part, change)
    assert brief(other, change.id).pages == []
    assert sheet_page(other, change).lacking == parts_lacking(other, change) == [f"Heading of {part}"]
    assert parts_lacking(other, other.change(COMPLETE)) == []


def test_the_pages_keep_the_kinds_order_and_each_is_there_once(book: Book) -> None:
    parts: tuple[Part, ...] = ("tests", "answers", "rules", "visible", "playbooks", "first_responses", "data_set")
    found = [page.title for page in brief(with_parts(book, *parts), COMPLETE).pages]
    assert found == ["Readiness", "Data contract", "Release note", "No score beside the name"]


def test_what_no_part_asks_for_or_another_page_has_is_left_out(book: Book) -> None:
    bare = brief(with_parts(book, "names"), COMPLETE)
    assert bare.left_out == ("watch", "rules", "announcement", "rollback", "touches")
    parts: tuple[Part, ...] = ("watch", "queue_rules", "announcement", "rollback", "visible", "playbooks")
    assert brief(with_parts(book, *parts), COMPLETE).left_out == ("touches", "see", "errors")


def test_a_cancelled_change_has_no_brief(book: Book) -> None:
    assert brief_of(book, book.change(COMPLETE).model_copy(update={"status": "cancelled"})) is None


def test_the_hub_has_one_button_that_prints_the_pages_of_the_brief(
    chromium: Browser, harbor: Book, harbor_address: str
) -> None:
    made = brief(harbor, BY_HAND)
    assert made.by_hand
    page, complaints = open_page(chromium, harbor_address + change_address(BY_HAND))
    # Paper is the browser's affair: what would be printed is looked at instead.
    page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    assert page.get_by_text("Print these pages").is_hidden()
    page.get_by_role("button", name=f"Print the {made.name}").click()
    page.wait_for_function("window.printed")
    assert page.locator(".cb-brief").is_hidden()
    page.emulate_media(media="print")
    assert page.locator(".cb-brief > article").count() == len(made.pages)
    assert page.locator("body > :not(.cb-brief):visible").count() == 0
    assert page.locator(".cb-brief [id]").count() == 0
    assert page.locator(".cb-brief details:not([open], .cb-more--asked)").count() == 0
    # The briefing says again what the release note and the playbooks do; a card is there wherever a launch page is.
    launches = [link for link in made.pages if link.address.endswith("/launch/")]
    assert page.locator(".cb-brief .cb-sheet").count() == len(launches) == 1
    paper = page.locator(".cb-brief").inner_text()
    assert "How users notice" not in paper
    assert "Changes that could cause this" not in paper
    assert "What it touches" not in paper
    for row in page.locator(".cb-brief .cb-table tr").all():
        assert row.locator(".cb-hand-cell:not(.cb-hand-cell--paper)").count() == len(made.by_hand)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".cb-brief").count() == 0
    assert complaints == []
    put_back(page)


@pytest.mark.parametrize("script", [True, False])
def test_where_nothing_can_be_fetched_the_brief_is_a_list_of_pages(
    chromium: Browser, harbor: Book, harbor_site: Path, harbor_address: str, script: bool
) -> None:
    hub = change_address(BY_HAND)
    opened = (harbor_site / hub / "index.html").as_uri() if script else harbor_address + hub
    page, _ = open_page(chromium, opened, script=script)
    section = page.locator("section[aria-labelledby=brief]")
    assert section.get_by_text("Print these pages").is_visible()
    assert section.get_by_role("button").count() == 0
    assert section.get_by_role("link").all_inner_texts() == [link.title for link in brief(harbor, BY_HAND).pages]
    put_back(page)


def test_a_page_that_cannot_be_fetched_brings_the_list_back(chromium: Browser, harbor_address: str) -> None:
    page, _ = open_page(chromium, harbor_address + change_address(BY_HAND))
    page.route("**/changes/**", lambda route: route.abort())
    page.locator("[data-cb-brief]").click()
    page.get_by_text("Print these pages").wait_for()
    assert page.locator("[data-cb-brief]").is_hidden()
    page.context.close()
