"""The index of search, as files of the site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from mkdocs.structure.files import Files

from changebook.search.hand import HandSection, page_sections
from changebook.search.index import Index
from changebook.site.adding import Adding
from changebook.site.build import Build
from changebook.site.page import pages_by_hand


def add_index(adding: Adding, files: Files, build: Build) -> None:
    """Add the index of the book and of the hand-written pages, whose text and anchors are known by now."""
    build.index = Index(build.book, _hand_sections(files, build), after=build.index)
    for path, content in build.index.published().items():
        adding.add(path, content)


def _hand_sections(files: Files, build: Build) -> Iterator[HandSection]:
    for path, page in sorted((PurePosixPath(page.file.src_uri), page) for page in pages_by_hand(files)):
        yield from page_sections(path, page.url, page.meta, build.by_hand[page.file.src_uri])
