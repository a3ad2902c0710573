"""One style sheet instead of many: a reader's browser asks once."""

from __future__ import annotations

import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from changebook.site.adding import Adding

JOINED = "assets/css/changebook.css"


def join_styles(adding: Adding, files: Files, config: MkDocsConfig) -> None:
    """Replace the style sheets that `extra_css` lists by one file with all of them, in that order."""
    parts = []
    for path in config.extra_css:
        if sheet := files.get_file_from_path(path):
            parts.append(re.sub(r"/\*.*?\*/\s*", "", sheet.content_string, flags=re.S))
            adding.drop(sheet)
    adding.add(JOINED, "\n".join(parts))
    config.extra_css = [JOINED]
