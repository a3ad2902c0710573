"""The search of the site: its index as files, and its script with the ranking and the icons in it."""

from __future__ import annotations

import json
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from changebook.search.engine import ASKING, scripts
from changebook.search.hand import hand_sections
from changebook.search.index import Index
from changebook.site.build import Build

SCRIPT = "assets/js/search.js"
ICONS = (
    *("alert", "checklist", "contract", "go-live", "list", "meeting", "megaphone", "note", "people"),
    *("question", "server", "tag"),
    *("draft", "ready", "live", "stable", "closed", "rolled-back", "cancelled"),
)


def add_search(files: Files, config: MkDocsConfig, build: Build) -> None:
    """Add the index of the book and of the hand-written pages, and join the script: a browser asks once."""
    index = Index(build.book, hand_sections(Path(config.docs_dir)))
    for path, content in index.published().items():
        files.append(File.generated(config, path, content=content))
    if own := files.get_file_from_path(SCRIPT):
        files.remove(own)
        icon = build.renderer.environment.globals["icon"]
        icons = json.dumps({name: str(icon(name)) for name in ICONS})  # type: ignore[operator]
        joined = f"{scripts(ASKING)}\nconst icons = {icons};\n{own.content_string}"
        files.append(File.generated(config, SCRIPT, content=joined))
