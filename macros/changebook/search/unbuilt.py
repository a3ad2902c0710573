"""A hand-written page as HTML before the site is built: without its macros, by the site's own Markdown extensions."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import jinja2
import markdown

from changebook.source.handwritten import HandPage

# Stands for what a macro says: a private character, which no page has.
UNKNOWN = "\ue000"
_BUILT_IN = ("toc", "tables", "fenced_code")
# It reads other files, which a page's headings are not worth.
_LEFT_OUT = {"pymdownx.snippets"}


def markdown_of(settings: Mapping[str, Any]) -> markdown.Markdown:
    """Return what turns a page into HTML as the site does: the extensions that `settings` name, and how it makes
    anchors.
    """
    named = dict(_named(settings.get("markdown_extensions")))
    toc = named.get("toc") or named.get("markdown.extensions.toc") or {}
    said = tuple((key, value) for key, value in toc.items() if isinstance(value, Hashable) and value is not None)
    return _converter(tuple(dict.fromkeys([*_BUILT_IN, *named])), said)


@lru_cache(maxsize=2)  # a review has the settings of before and after
def _converter(named: tuple[str, ...], toc: tuple[tuple[str, Any], ...]) -> markdown.Markdown:
    extensions = [name for name in named if name not in _LEFT_OUT and _is_installed(name)]
    return markdown.Markdown(extensions=extensions, extension_configs={"toc": dict(toc)})


def html_of(page: HandPage, converter: markdown.Markdown) -> str:
    """Return the body of `page` as HTML, `UNKNOWN` where a macro is."""
    return _html(page.text if page.meta.get("render_macros") is False else _without_macros(page.text), converter)


@lru_cache(maxsize=256)  # most pages are the same before and after
def _html(text: str, converter: markdown.Markdown) -> str:
    converter.reset()
    return converter.convert(text)


def _without_macros(text: str) -> str:
    """Return `text` with `UNKNOWN` in place of each expression, and without statements and comments."""
    try:
        tokens = list(jinja2.Environment().lex(text))
    except jinja2.TemplateSyntaxError:
        return text
    said = {"data", "variable_begin"}
    return "".join(value if kind == "data" else UNKNOWN for _, kind, value in tokens if kind in said)


def _named(extensions: object) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each extension with its settings: a name, or a name with settings, or a mapping of them."""
    for item in (
        extensions.items() if isinstance(extensions, dict) else extensions if isinstance(extensions, list) else ()
    ):
        pairs = item.items() if isinstance(item, dict) else [item if isinstance(item, tuple) else (item, None)]
        yield from ((str(name), config if isinstance(config, dict) else {}) for name, config in pairs)


def _is_installed(name: str) -> bool:
    """Return whether Markdown or its extensions know `name`."""
    try:
        markdown.Markdown(extensions=[name])
    except (ImportError, AttributeError, TypeError, ValueError):
        return False
    return True
