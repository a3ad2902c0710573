"""One style sheet instead of many: a reader's browser asks once."""

from __future__ import annotations

from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel

from changebook.model import Settings
from changebook.names import did_you_mean
from changebook.render.sheets import paper_of, without_comments
from changebook.site.adding import Adding

_FOLDER = "assets/css/"
JOINED = f"{_FOLDER}changebook.css"


def join_styles(adding: Adding, files: Files, config: MkDocsConfig, settings: Settings) -> None:
    """Replace our own style sheets in `extra_css` by one file with all of them, at the place of the first.

    Every other entry stays as it is: an author's own sheet, whose relative addresses hold only where it lies, and one
    that another server has. Raises PluginError for an entry that is no file.
    """
    parts, kept, missing = [], [], []
    for path in dict.fromkeys(map(str, config.extra_css)):
        sheet = _file(path, files)
        if sheet and path.startswith(_FOLDER) and sheet.src_dir != config.docs_dir:
            parts.append(without_comments(sheet.content_string))
            adding.drop(sheet)
            kept.append(JOINED)
        elif sheet or _is_elsewhere(path):
            kept.append(path)
        else:
            near = did_you_mean(path, [file.src_uri for file in files.css_files()])
            missing.append(f"mkdocs.yml:1:1: extra_css: no file {path!r} in docs/ or overrides/; {near}")
    if missing:
        raise PluginError("\n".join(["mkdocs.yml cannot be built:", *missing]))
    if parts:
        adding.add(JOINED, "\n".join([*parts, paper_of(settings)]))
    config.extra_css = list(dict.fromkeys(kept))


def _file(path: str, files: Files) -> File | None:
    """Return the published file that an entry names."""
    file = files.get_file_from_path(urlsplit(path).path)
    return file if file and file.inclusion != InclusionLevel.EXCLUDED else None


def _is_elsewhere(path: str) -> bool:
    """Return whether an entry names what the server has, or another one."""
    parts = urlsplit(path)
    return bool(parts.scheme or parts.netloc) or path.startswith("/")
