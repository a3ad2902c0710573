"""Markdown as every text of a record is read: to HTML, and to what that HTML says."""

from __future__ import annotations

from functools import lru_cache
from html.parser import HTMLParser


@lru_cache(maxsize=1 << 15)  # a text is checked, searched, then shown on several pages; 2,000 changes have 12,000
def as_html(text: str) -> str:
    """Return Markdown text as HTML, which is not safe to show yet; see `render.prose`."""
    # Only here: what reads records that were kept reads no Markdown, and waits for none of it.
    from changebook.model.converter import converter  # noqa: PLC0415

    return converter().reset().convert(text)


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
