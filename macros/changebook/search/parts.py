"""The body of a page in HTML, cut at its headings."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

_LEVELS = {"h1": 1, "h2": 2, "h3": 3}
# Where one paragraph ends and another begins, and where words do.
_BREAKS = {*_LEVELS, *"p ul ol dl table blockquote div pre hr h4 h5 h6 details summary".split()}
_APART = {"li", "td", "th", "tr", "dt", "dd", "br"}
# Nobody searches for what these hold.
_UNSAID = {"pre", "script", "style", "svg"}


@dataclass
class PagePart:
    """What is under one heading: its level (0 before the first), anchor, title, and paragraphs of plain text."""

    level: int = 0
    anchor: str = ""
    title: str = ""
    paragraphs: list[str] = field(default_factory=list)


def parts_of(html: str) -> list[PagePart]:
    """Return the parts of `html`; the first is what comes before any heading."""
    return [*_parts_of(html)]


@lru_cache(maxsize=256)  # most pages are the same from one save to the next
def _parts_of(html: str) -> tuple[PagePart, ...]:
    parser = _Parser()
    parser.feed(html)
    parser.close()
    parser.end_paragraph()
    return tuple(parser.parts)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts = [PagePart()]
        self.words: list[str] = []
        self.unsaid = 0
        self.link = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag in _BREAKS:
            self.end_paragraph()
        elif tag in _APART:
            self.words.append(" ")
        if tag in _LEVELS:
            self.parts.append(PagePart(_LEVELS[tag], attributes.get("id") or ""))
        self.unsaid += tag in _UNSAID
        # The sign beside a heading that leads to it.
        self.link = tag == "a" and "headerlink" in (attributes.get("class") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _LEVELS and self.parts[-1].level == _LEVELS[tag] and not self.parts[-1].title:
            self.parts[-1].title = self.take_words()
        elif tag in _BREAKS:
            self.end_paragraph()
        elif tag in _APART:
            self.words.append(" ")
        self.unsaid -= tag in _UNSAID
        self.link = self.link and tag != "a"

    def handle_data(self, data: str) -> None:
        if not self.unsaid and not self.link:
            self.words.append(data)

    def take_words(self) -> str:
        """Return the words since the last break, and start over."""
        text = " ".join("".join(self.words).split())
        self.words.clear()
        return text

    def end_paragraph(self) -> None:
        """Keep the words since the last break as a paragraph."""
        if text := self.take_words():
            self.parts[-1].paragraphs.append(text)
