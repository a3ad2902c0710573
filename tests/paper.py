"""What a page of the site prints: its sides of paper, and the text of each."""

from __future__ import annotations

import io
import re
from typing import Any

from playwright.sync_api import Page
from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, NameObject

# Chromium places each letter by itself. On one line, that says no more than the letters do: spaces are letters too.
_NEXT_LETTER = re.compile(rb"> Tj\n-?[\d.]+ 0 Td <")
_END = b"ET\n"


def printed(page: Page, **how: Any) -> list[PageObject]:
    """Return each side of paper that a page prints, on the paper of its style unless `how` says another."""
    return list(PdfReader(io.BytesIO(page.pdf(**{"prefer_css_page_size": True, **how}))).pages)


def text_of(side: PageObject, *, first: int | None = None) -> str:
    """Return the text of a side, or its `first` pieces: those in its margin come before its own."""
    content = ContentStream(side["/Contents"].get_object(), side.pdf, "bytes")
    pieces = content.get_data().split(_END)
    content.set_data(_END.join([*(_NEXT_LETTER.sub(b"", piece) for piece in pieces[:first]), b""]))
    side[NameObject("/Contents")] = content
    return side.extract_text()
