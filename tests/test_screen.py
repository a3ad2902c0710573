"""The screen on the wall: every update has its turn, and nothing is cut off or too small to read from four meters."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from browsing import open_page, put_back
from changebook.book import Book
from changebook.site.now import screen_of
from changebook.views.now import going_on

TURN = 12_000
# The smallest letters are a fiftieth of the picture's width: two centimeters on a screen that is one meter wide.
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.cb-screen__board :is(h2, p, .cb-told__state)')]
  .filter(item => item.checkVisibility()).map(item => parseFloat(getComputedStyle(item).fontSize)))"""
CUT_OFF = (
    "() => { const board = document.querySelector('[data-cb-board]'); return board.scrollHeight - board.clientHeight; }"
)


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_of_three_updates_each_shows_its_words_in_turn(
    chromium: Browser, harbor_address: str, harbor: Book, width: int, height: int
) -> None:
    names, texts = [item.name for item in going_on(harbor).told], screen_of(harbor).texts
    assert len(texts) == 3
    page, _ = open_page(chromium, f"{harbor_address}screen/", size=(width, height), moment="2026-12-03T15:00+00:00")
    seen = []
    for _ in texts:
        shown = page.locator(".cb-told__text:visible").all_inner_texts()
        seen += shown
        assert len(shown) == 1
        assert page.locator(".cb-told h2:visible").all_inner_texts() == names
        assert page.evaluate(CUT_OFF) <= 0
        assert page.evaluate(SMALLEST) >= width / 50
        page.clock.run_for(TURN)
    assert seen == texts
    assert page.locator(".cb-told__text:visible").all_inner_texts() == texts[:1]
    put_back(page)
