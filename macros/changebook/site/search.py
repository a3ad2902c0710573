"""The index of search, as files of the site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from mkdocs.structure.files import Files

from changebook.search.hand import HandSection, page_sections
from changebook.search.index import Index
from changebook.site.adding import Adding
from changebook.site.build import Build
from changebook.site.page import BookPage


def add_index(adding: Adding, files: Files, build: Build) -> None:
    """Add the index of the book and of the hand-written pages, whose text and anchors are known by now."""
    for path, content in Index(build.book, _hand_sections(files)).published().items():
        adding.add(path, content)


def _hand_sections(files: Files) -> Iterator[HandSection]:
    paths = {PurePosixPath(file.src_uri): file.page for file in files.documentation_pages()}
    for path, page in sorted(paths.items()):
        if page and not isinstance(page, BookPage):
            yield from page_sections(path, page.url, page.meta, page.content or "")
