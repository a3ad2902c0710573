"""A text to send as HTML, and back: helpdesks keep paragraphs in their own ways."""

from __future__ import annotations

import html
from html.parser import HTMLParser

_APART = {"p", "div", "li", "ul", "ol", "br", "tr", "h1", "h2", "h3", "blockquote"}


def to_html(text: str) -> str:
    """Return a text as paragraphs of HTML; quotes stay, so that a helpdesk's placeholders do."""
    return "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in text.split("\n\n"))


def from_html(text: str) -> str:
    """Return the words of HTML, a line for each of its blocks."""
    parser = _Words()
    parser.feed(text)
    parser.close()
    return "".join(parser.words)


def lines_said(text: str) -> list[str]:
    """Return the lines of a text that say something, single spaces between their words."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _APART:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _APART:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        # A line break in HTML's source is a space.
        self.words.append(" ".join(data.split("\n")))
