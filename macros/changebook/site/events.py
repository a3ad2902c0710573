"""What happens in a build: load the book, add its pages, fill their slots."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Any, cast

import jinja2
import material
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from changebook import frame, pages
from changebook.book import Book
from changebook.checking import check_book
from changebook.errors import BookError, Problem
from changebook.icons import icons_in
from changebook.names import did_you_mean, source_path
from changebook.render import Renderer
from changebook.repository import history_of
from changebook.shells import Shells
from changebook.site.build import Build, build_of, root_of, source_line
from changebook.site.downtime import add_downtime
from changebook.site.ledgers import add_ledgers
from changebook.site.page import BookPage
from changebook.site.redirects import add_redirects
from changebook.site.search import add_search
from changebook.site.styles import join_styles
from changebook.slots import Slots
from changebook.system import sentence
from changebook.visible import visible

_LOG = logging.getLogger("mkdocs.changebook")
_ID = re.compile(r'\sid="([^"]+)"')


@event_priority(100)  # before mkdocs-macros copies `extra`
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load the book; a problem in it ends the build before anything is touched."""
    folder = Path(config.config_file_path).parent / "changes"
    try:
        loaded = check_book(folder, shown_as=Path("changes"), clock=lambda: datetime.now(UTC))
    except OSError as error:
        raise PluginError(sentence(error)) from error
    wrong = [problem for problem in loaded.problems if not problem.gap]
    if wrong or not loaded.book:
        raise PluginError(f"{len(wrong)} problem{'s' if len(wrong) != 1 else ''} in the book:\n{BookError(wrong)}")
    icon = icons_in(Path(material.__file__).parent / "templates" / ".icons")
    config.extra["book"] = loaded.book
    renderer = Renderer(loaded.book.now, icon)
    history = history_of(folder.parent, ("changes", "docs"), loaded.book.desk.settings.zone)
    if history.unknown:
        _LOG.info("Pages do not say when they were last changed: %s", visible(history.unknown))
    config.extra["build"] = Build(loaded.book, renderer, Slots(renderer), loaded.places, history)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the book's pages and its search; a page that a hand-written one already is would be lost: an error."""
    build = build_of(config)
    add_downtime(files, config, build)
    join_styles(files, config)
    add_search(files, config, build)
    for page in pages.pages_of(build.book):
        path = source_path(page.address)
        if taken := files.get_file_from_path(path):
            raise PluginError(f"docs/{taken.src_uri}:1:1: the book makes this page itself; rename or delete the file")
        file = File.generated(config, path, content=page.call)
        files.append(file)
        BookPage(page, file, config)
    add_ledgers(files, config, build)
    add_redirects(files, config, build)
    return files


@event_priority(100)  # before mkdocs-macros evaluates the page
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Name every unknown macro of a hand-written page, with its line."""
    if isinstance(page, BookPage):
        return markdown
    build, known = build_of(config), _known_names(config)
    try:
        tree = jinja2.Environment().parse(markdown)
    except jinja2.TemplateSyntaxError as error:
        build.mistake(page, source_line(page, error.lineno), f"{error.message}; mend the braces")
        return ""
    assigned = {name.name for name in tree.find_all(jinja2.nodes.Name) if name.ctx != "load"}
    for name in tree.find_all(jinja2.nodes.Name):
        if name.ctx == "load" and name.name not in known | assigned:
            message = f"no macro or variable {name.name!r}; {did_you_mean(name.name, known)}"
            build.mistake(page, source_line(page, name.lineno), message)
    return markdown if not build.problems else ""


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Report every mistake of the hand-written pages, before any page is written."""
    build = build_of(config)
    if build.problems:
        raise PluginError(f"mistakes in pages:\n{BookError(build.problems)}")
    build.theme = env
    env.globals["icon"] = build.renderer.environment.globals["icon"]
    env.filters["time_words"] = build.renderer.environment.filters["time"]
    return env


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Fill the page's slots, and give the theme the headings that they brought."""
    build, root, html = build_of(config), root_of(page.url), page.content or ""
    page.content = filled = build.slots.fill(html, root=root)
    if filled != html:
        page.present_anchor_ids = (page.present_anchor_ids or set()) | set(_ID.findall(filled))
    context["strip"], context["search"] = build.strip(root), build.search(root)
    origin = page.made.spot if isinstance(page, BookPage) else PurePath(page.file.src_uri)
    context["edit"] = build.edit(origin, root) if origin else ""
    if isinstance(page, BookPage):
        context["local"] = build.local(page.made, root)
        if "template" in page.meta:
            context["whole"] = _whole(context, page, build)
    return context


def _whole(context: Mapping[str, Any], page: BookPage, build: Build) -> str:
    """Return the page as the theme renders it, from the shell of all pages like it."""
    facts = {
        "title": str(page.title),
        "summary": page.meta["description"],
        "address": str(page.canonical_url),
        "local": context["local"],
        "content": str(page.content),
        "edit": context["edit"],
    }

    def render(marks: Mapping[str, str]) -> str:
        model = copy(page)
        model.title, model.content, model.canonical_url = marks["title"], marks["content"], marks["address"]
        model.meta = {**page.meta, "description": marks["summary"]}
        assert build.theme
        around = {name: marks[name] for name in ("local", "edit")}
        return build.theme.get_template("main.html").render({**context, **around, "page": model})

    # Links in the theme are relative to the page: they are alike below the same folder, as deep.
    folder = page.made.address.partition("/")[0]
    return build.shells.page((folder, bool(page.made.change), context["base_url"]), facts, render)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Let go of what is written: a thousand changes would be held twice."""
    page.content = page.markdown = None
    return output


def _known_names(config: MkDocsConfig) -> set[str]:
    plugin: Any = config.plugins["macros"]
    return {*plugin.env.globals, *plugin.variables}
