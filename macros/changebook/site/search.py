"""The search of the site: its index as files, and its script with the ranking and the icons in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import PurePosixPath

from mkdocs.structure.files import Files

from changebook.search.engine import ASKING, scripts
from changebook.search.hand import HandSection, page_sections
from changebook.search.index import Index
from changebook.site.adding import Adding
from changebook.site.build import Build
from changebook.site.page import BookPage

SCRIPT = "assets/js/search.js"
ICONS = (
    *("alert", "checklist", "contract", "go-live", "list", "meeting", "megaphone", "note", "people"),
    *("question", "server", "tag"),
    *("draft", "ready", "live", "stable", "closed", "rolled-back", "cancelled"),
)


def add_index(adding: Adding, files: Files, build: Build) -> None:
    """Add the index of the book and of the hand-written pages, whose text and anchors are known by now."""
    for path, content in Index(build.book, _hand_sections(files)).published().items():
        adding.add(path, content)


def _hand_sections(files: Files) -> Iterator[HandSection]:
    paths = {PurePosixPath(file.src_uri): file.page for file in files.documentation_pages()}
    for path, page in sorted(paths.items()):
        if page and not isinstance(page, BookPage):
            yield from page_sections(path, page.url, page.meta, page.content or "")


def join_script(adding: Adding, files: Files, build: Build) -> None:
    """Join the script of search with the ranking and the icons: a browser asks once."""
    if own := files.get_file_from_path(SCRIPT):
        adding.drop(own)
        icon = build.renderer.environment.globals["icon"]
        icons = json.dumps({name: str(icon(name)) for name in ICONS})  # type: ignore[operator]
        joined = f"{scripts(ASKING)}\nconst icons = {icons};\n{own.content_string}"
        adding.add(SCRIPT, joined)
