"""What a hand-written page asks of Jinja that nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jinja2
from jinja2 import meta, nodes
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from changebook.names import did_you_mean

_AS_IT_IS = "put literal braces between {% raw %} and {% endraw %}"


def mistakes_in(markdown: str, page: Page, config: MkDocsConfig) -> Iterator[tuple[int, str]]:
    """Yield each wrong brace, unknown filter and unknown name of a page's text, with its line in it.

    A page whose front matter says `render_macros: false` has none: its braces are text. Names that the page sets
    itself, in its front matter, a loop or a macro of its own, are known there.
    """
    plugin: Any = config.plugins["macros"]
    if not _is_rendered(page, plugin):
        return
    known = {*plugin.env.globals, *plugin.variables, *page.meta}
    try:
        tree = plugin.env.parse(markdown)
        unknown = meta.find_undeclared_variables(tree) - known - set(_may_be_missing(tree))
    except jinja2.TemplateSyntaxError as error:
        yield error.lineno, f"{str(error.message).rstrip('.')}; fix the braces, or {_AS_IT_IS}"
        return
    for name in tree.find_all(nodes.Name):
        if name.ctx == "load" and name.name in unknown:
            yield name.lineno, f"no macro or variable {name.name!r}; {did_you_mean(name.name, known)}; {_AS_IT_IS}"


def _may_be_missing(tree: nodes.Template) -> Iterator[str]:
    """Yield each name that a page asks for with `default`, or tests with `is defined`: there may be none."""
    for asked in tree.find_all((nodes.Filter, nodes.Test)):
        if asked.name in ("default", "d", "defined", "undefined") and isinstance(asked.node, nodes.Name):
            yield asked.node.name


def _is_rendered(page: Page, plugin: Any) -> bool:
    """Return whether mkdocs-macros evaluates a page: what the page itself says goes first."""
    said = page.meta.get("render_macros")
    if said is False or said is True or plugin.config["render_by_default"]:
        return said is not False
    return bool(plugin.force_page_rendering(page.file.src_path))
