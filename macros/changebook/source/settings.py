"""What `mkdocs.yml` says, read without MkDocs; a site of the plugin takes from the package what it leaves out."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Hashable
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from changebook.language import ENGLISH, LANGUAGES
from changebook.shipped import shipped_path

OTHER_DOCS = "docs_dir: hand-written pages are read, checked and searched in docs/; delete the line"
PLUGIN = "changebook"
# What a site takes from the package: lists are added to, everything else is taken where the site says nothing.
_ADDED = ("extra_css", "extra_javascript", "markdown_extensions")
_TAKEN = ("nav", "not_in_nav", "validation")
SHIPPED_KEYS = (*_ADDED, *_TAKEN)

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
    said = loader.construct_mapping(node, deep=True).get("kwds") or {}
    plain = isinstance(said, dict) and all(isinstance(value, Hashable) for value in said.values())
    return _made(found, tuple(said.items())) if found and plain else None


@lru_cache(maxsize=8)  # settings that say the same make anchors with one function
def _made(function: Callable[..., object], said: tuple[tuple[str, Any], ...]) -> object:
    return function(**dict(said))


_Loader.add_multi_constructor("", _code)
_Loader.add_multi_constructor("!", _code)


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


def look_folders(docs: Path) -> tuple[Path, ...]:
    """Return the folders with the site's theme files, its own before the package's: the first that has a file wins."""
    own, ours = theme_folder(docs), shipped_path("overrides")
    return (own, ours) if takes_shipped(site_settings(docs)) and own.resolve() != ours.resolve() else (own,)


def takes_shipped(settings: dict[str, Any]) -> bool:
    """Return whether a site is made by the plugin, and so has the pages, the look and the settings of the package."""
    plugins = settings.get("plugins")
    return PLUGIN in plugins or any(isinstance(one, dict) and PLUGIN in one for one in plugins) if plugins else False


def site_settings(docs: Path) -> dict[str, Any]:
    """Return what `mkdocs.yml` beside `docs` says, nothing where it cannot be read: the build says why.

    A site of the plugin says besides what the package's own settings do, where it does not say otherwise.
    """
    own = _read(docs.parent / "mkdocs.yml")
    if not takes_shipped(own):
        return own
    ours = _read(shipped_path("mkdocs.yml"))
    taken = {key: ours[key] for key in _TAKEN if key in ours and key not in own}
    if "nav" in taken:
        # A page of the book's own is found by search until its nav names it.
        taken["validation"] = {**ours["validation"], "nav": {**ours["validation"]["nav"], "omitted_files": "info"}}
    added = {key: [*ours[key], *(own.get(key) or ())] for key in _ADDED}
    return {**own, **taken, **added, "theme": {**_theme(ours), **_theme(own)}}


def language_of(changes: Path) -> str:
    """Return the language of the book in `changes`, by its two letters, before it is loaded: what is found wrong in it
    is told later, and that in English.
    """
    said = str(_read(changes / "desk" / "book.yaml").get("language") or ENGLISH)
    return said if said in LANGUAGES else ENGLISH


def _theme(settings: dict[str, Any]) -> dict[str, Any]:
    """Return what settings say of the theme; the folder of a site's files is its own to name."""
    theme = settings.get("theme")
    return theme if isinstance(theme, dict) else {"name": theme} if theme else {}


def _read(file: Path) -> dict[str, Any]:
    try:
        return _settings(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return {}


@lru_cache(maxsize=2)  # a check asks for them three times
def _settings(text: str) -> dict[str, Any]:
    settings = yaml.load(text, Loader=_Loader)
    return settings if isinstance(settings, dict) else {}
