"""Markdown in a record: a page shows all that was typed, or the check says what it would not show."""

from __future__ import annotations

import html
import re

import pytest
import yaml

from changebook.model.markup import as_html, says
from changebook.model.meaning import meaning_fault
from conftest import ROOT

TEXTS = yaml.load((ROOT / "tests" / "markdown.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
# Marks that are no text, and escapes: what is left of a text without them is on its page.
MARKS = re.compile(r"(?m:^\s*[0-9]+\. )|\]\([^\s]*\)|[\s*_`#>|\[\]~!\\<-]|\b(?:note|tip|json)\b")


@pytest.mark.parametrize("text", TEXTS["kept"])
def test_an_honest_text_is_taken_and_shown_whole(text: str) -> None:
    assert meaning_fault(text) is None
    shown = re.sub(r"\s", "", html.unescape(says(as_html(text))))
    letters = [letter for letter in MARKS.sub("", html.unescape(text)) if letter.isalnum()]
    # In their order, each letter and digit is on the page.
    rest = iter(shown)
    assert [letter for letter in letters if letter not in rest] == []


@pytest.mark.parametrize("text", TEXTS["lost"])
def test_a_text_that_a_page_would_change_is_refused_with_a_remedy(text: str) -> None:
    assert "; " in (meaning_fault(text) or "")


@pytest.mark.parametrize(
    "text", [text for text in TEXTS["lost"] if "\n" not in text and "`" not in text and text[0] not in "->#1&!["]
)
def test_between_back_ticks_a_line_is_shown_as_it_is(text: str) -> None:
    assert meaning_fault(f"`{text}`") is None
    assert says(as_html(f"`{text}`")) == re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    "text", [text for text in TEXTS["lost"] if r"write \*" in (meaning_fault(text) or "") and "**" not in text]
)
def test_a_star_with_a_backslash_stays_a_star(text: str) -> None:
    advised = text.replace("*", r"\*")
    assert meaning_fault(advised) is None
    assert says(as_html(advised)) == re.sub(r"\s", "", text)
