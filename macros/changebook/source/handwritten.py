"""Which hand-written pages of `docs/` a site has, and at which address: by the rules of MkDocs, without it."""

from __future__ import annotations

import importlib
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

import yaml
from pathspec import GitIgnoreSpec

from changebook.errors import Problem
from changebook.source import unreadable
from changebook.source.entries import files_below
from changebook.source.front_matter import front_matter, wrong_front_matter

# What MkDocs takes for a page, and what it never publishes.
ENDINGS = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
_NEVER = (".*", "/templates/")
OTHER_DOCS = "docs_dir: hand-written pages are read, checked and searched in docs/; delete the line"


# Where the functions are that make anchors. Other Python code that settings name is not run.
_SLUGS = ("pymdownx.slugs", "markdown.extensions.toc")


class _Loader(yaml.CSafeLoader):
    """Reads a site's settings; a value that names Python code is None, unless it makes anchors."""


def _code(loader: _Loader, suffix: str, node: yaml.Node) -> object:
    how, _, name = suffix.rpartition("python/")[2].partition(":")
    module, _, function = name.rpartition(".")
    if module not in _SLUGS:
        return None
    found = getattr(importlib.import_module(module), function, None)
    if how != "object/apply" or not isinstance(node, yaml.MappingNode):
        return found
    return found(**loader.construct_mapping(node, deep=True).get("kwds", {})) if found else None


_Loader.add_multi_constructor("", _code)
_Loader.add_multi_constructor("!", _code)


@dataclass(frozen=True)
class HandPage:
    """A hand-written page that is published: its file below `docs`, its address, front matter and text."""

    path: PurePosixPath
    address: str
    meta: dict[str, Any] = field(hash=False)
    text: str


def hand_files(docs: Path) -> list[Path]:
    """Return every file below `docs` that MkDocs takes for a page, published or not, by path; none is hidden."""
    return [file for file in files_below(docs) if file.suffix in ENDINGS]


def hand_pages(docs: Path) -> Iterator[HandPage]:
    """Yield the pages below `docs` that are published, by path; the settings are those beside it."""
    paths = [path for path in _wanted(docs) if path.suffix in ENDINGS]
    indexes = {path.parent for path in paths if path.stem == "index"}
    for path in paths:
        if not (path.stem == "README" and path.parent in indexes):
            meta, text = front_matter((docs / path).read_text("utf-8-sig", "replace"))
            yield HandPage(path, page_address(path), meta, text)


def wrong_addresses(docs: Path, shown_as: Path, made: Container[str]) -> Iterator[Problem]:
    """Yield each file below `docs` that would be published where another one is: MkDocs loses one of them in silence.

    The other one lies below `docs` too, or is `made` from the records; those are named by where they are published,
    such as `changes/portal/index.html`.
    """
    taken: dict[str, PurePosixPath] = {}
    # MkDocs takes an index before a README, and a file as it lies before a page.
    for path in sorted(_wanted(docs), key=lambda path: (path.suffix in ENDINGS, path.stem == "README")):
        # Two that differ by case alone are one on Windows and on a Mac.
        where = (f"{page_address(path)}index.html" if path.suffix in ENDINGS else _quoted(path)).casefold()
        if other := taken.get(where):
            yield Problem(shown_as / path, 1, 1, f"has the address of {shown_as / other}; rename one of the two")
        elif where in made:
            address = where.removesuffix("index.html")
            yield Problem(shown_as / path, 1, 1, f"the book already makes /{address}; rename or delete the file")
        taken.setdefault(where, path)


def _wanted(docs: Path) -> list[PurePosixPath]:
    """Return every file below `docs` that the settings do not leave out, by its path there."""
    settings = site_settings(docs)
    lines = [
        *_NEVER,
        *(line for key in ("exclude_docs", "draft_docs") for line in str(settings.get(key) or "").split("\n")),
    ]
    left_out = GitIgnoreSpec.from_lines(lines)
    paths = (PurePosixPath(file.relative_to(docs).as_posix()) for file in files_below(docs))
    return [path for path in paths if not left_out.match_file(str(path))]


def hidden_in_pages(docs: Path, shown_as: Path) -> Iterator[Problem]:
    """Yield what keeps a page below `docs` from being read as what its author sees; `shown_as` is how they name it."""
    for file in (file for file in files_below(docs) if file.suffix in (*ENDINGS, ".html")):
        try:
            text = file.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            continue  # named elsewhere
        if "\0" not in text:  # named elsewhere, as no text
            shown = shown_as / file.relative_to(docs)
            yield from unreadable(text, shown)
            if file.suffix in ENDINGS:
                yield from (Problem(shown, 1, 1, message) for message in wrong_front_matter(text))


def page_address(path: PurePosixPath) -> str:
    """Return the address of the page that a file below `docs` makes; the first page's is empty."""
    folder = path.parent if path.stem in ("index", "README") else path.with_suffix("")
    return "" if folder == PurePosixPath() else f"{_quoted(folder)}/"


def _quoted(path: PurePosixPath) -> str:
    # A name may have bytes that are no UTF-8; that is told elsewhere.
    return quote(str(path), errors="surrogateescape")


def settings_files(docs: Path) -> list[Path]:
    """Return the file with the site's own settings, beside `docs`, where there is one."""
    return [file for file in (docs.parent / "mkdocs.yml",) if file.is_file()]


def other_docs(docs: Path) -> str:
    """Return what is wrong with settings that place pages elsewhere than in `docs`, and what to do; else ""."""
    named = site_settings(docs).get("docs_dir") or docs.name
    return "" if (docs.parent / str(named)).resolve() == docs.resolve() else OTHER_DOCS


def theme_folder(docs: Path) -> Path:
    """Return the folder beside `docs` with the site's own theme files, as its settings name it."""
    theme = site_settings(docs).get("theme")
    named = theme.get("custom_dir") if isinstance(theme, dict) else None
    return docs.parent / str(named or "overrides")


def site_settings(docs: Path) -> dict[str, Any]:
    """Return what `mkdocs.yml` beside `docs` says, nothing where it cannot be read: the build says why."""
    try:
        return _settings((docs.parent / "mkdocs.yml").read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return {}


@lru_cache(maxsize=1)  # a check asks for them three times
def _settings(text: str) -> dict[str, Any]:
    settings = yaml.load(text, Loader=_Loader)
    return settings if isinstance(settings, dict) else {}
