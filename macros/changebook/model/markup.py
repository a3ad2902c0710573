"""Markdown as every text of a record is read: to HTML, and to what that HTML says."""

from __future__ import annotations

import re
from functools import lru_cache
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

import markdown
from markdown.inlinepatterns import InlineProcessor

from changebook.model.typed import IMAGE

# Python-Markdown's own ways to raw HTML, images and the like: taken out, so that their text stays text.
_REFUSED_BLOCKS = ("html_block",)
_REFUSED_INLINE = ("html", "image_link", "image_reference", "short_image_ref")
# The scheme of an image's address until the page is known from which its way to docs/assets/ begins.
ASSET = "cb-asset:"


class _Image(InlineProcessor):
    """An image of the book's own: `![what it shows](file.png)`."""

    def handleMatch(self, found: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]
        """Return the image that was found, and where it begins and ends."""
        return Element("img", {"alt": found[1], "src": f"{ASSET}{found[2]}"}), found.start(), found.end()


@lru_cache(maxsize=1 << 15)  # a text is checked, searched, then shown on several pages; 2,000 changes have 12,000
def as_html(text: str) -> str:
    """Return Markdown text as HTML, which is not safe to show yet; see `render.prose`."""
    return _converter().reset().convert(text)


@lru_cache(maxsize=1)
def _converter() -> markdown.Markdown:
    converter = markdown.Markdown(extensions=["admonition", "fenced_code", "sane_lists", "tables"])
    # A list that begins with 3 is shown so: the number may be a date, or a step after some text.
    converter.lazy_ol = False  # type: ignore[attr-defined]
    for name in _REFUSED_BLOCKS:
        converter.preprocessors.deregister(name)
    for name in _REFUSED_INLINE:
        converter.inlinePatterns.deregister(name)
    converter.inlinePatterns.register(_Image(IMAGE.pattern), "book_image", 155)
    return converter


def says(html: str) -> str:
    """Return every character that HTML shows, without spaces; an item of a numbered list has its number."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join("".join(reader.parts).split())


class _Reader(HTMLParser):
    """Collects text, and counts the items of lists."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.numbers: list[int | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ol", "ul"):
            self.numbers.append(int(dict(attrs).get("start") or 1) if tag == "ol" else None)
        elif tag == "li" and self.numbers and (number := self.numbers[-1]) is not None:
            self.parts.append(f"{number}.")
            self.numbers[-1] = number + 1

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ol", "ul") and self.numbers:
            self.numbers.pop()

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
