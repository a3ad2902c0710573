"""Hand-written pages as search sees them: the parts of a page under its headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from changebook.language.pages import is_english, spoken_meta, spoken_page
from changebook.search.parts import parts_of
from changebook.search.unbuilt import UNKNOWN, html_of, markdown_of
from changebook.source.handwritten import HandPage, site_pages
from changebook.source.settings import language_of, site_settings


@dataclass(frozen=True)
class HandSection:
    """A part of a hand-written page under one heading: its address, heading, page's title, and paragraphs."""

    address: str
    title: str
    page: str
    paragraphs: tuple[str, ...]


def hand_sections(docs: Path) -> list[HandSection]:
    """Return the sections of the pages below `docs`, by path, as far as they are known before the site is built.

    What macros put on a page is not: a heading with one in it has the address of its page.
    """
    markdown, language = markdown_of(site_settings(docs)), language_of(docs.parent / "changes")
    return [
        section
        for page in (_in_language(page, language) for page in site_pages(docs))
        for section in page_sections(page.path, page.address, page.meta, html_of(page, markdown))
    ]


def _in_language(page: HandPage, language: str) -> HandPage:
    if is_english(str(page.path)):
        return page
    return replace(page, meta=spoken_meta(page.meta, language), text=spoken_page(page.text, language))


def page_sections(path: PurePosixPath, address: str, meta: Mapping[str, Any], html: str) -> Iterator[HandSection]:
    """Yield the sections of a page whose body is `html`, in their order.

    There are none of the first page, which holds the search, and of one whose front matter says
    `search: {exclude: true}`.
    """
    search = meta.get("search")
    if not address or (isinstance(search, dict) and search.get("exclude")):
        return
    parts = parts_of(html)
    first = next((part for part in parts if part.level == 1), None)
    own = (parts[0],) if first is parts[0] or not first else (parts[0], first)
    stem = path.parent.name if path.stem in ("index", "README") else path.stem
    title = _known(first.title if first else "") or stem.replace("-", " ").replace("_", " ").capitalize()
    page = str(meta.get("title") or title)
    paragraphs = tuple(filter(None, (_known(text) for part in own for text in part.paragraphs)))
    yield HandSection(address, title if first else page, page, paragraphs)
    for part in parts[1:]:
        paragraphs = tuple(filter(None, map(_known, part.paragraphs)))
        if part is not first and paragraphs:
            anchor = f"#{part.anchor}" if part.anchor and UNKNOWN not in part.title else ""
            yield HandSection(f"{address}{anchor}", _known(part.title) or page, page, paragraphs)


def _known(text: str) -> str:
    return " ".join(text.replace(UNKNOWN, " ").split())
