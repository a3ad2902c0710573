"""What happens in a build: load the book, add its pages, fill their slots."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any, Literal

import jinja2
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from changebook.errors import BookError
from changebook.git.repository import edits_since, history_of, trail_since
from changebook.language import spoken
from changebook.language.pages import is_english, spoken_meta, spoken_nav, spoken_page
from changebook.names import source_path
from changebook.pages import pages
from changebook.printing.system import sentence, without_docstrings
from changebook.printing.visible import visible
from changebook.render import Renderer
from changebook.render.icons import SPRITE, icon, sprite
from changebook.render.tables import named_tables
from changebook.site.adding import Adding
from changebook.site.braces import mistakes_in
from changebook.site.build import ICONS, Build, build_of, root_of, source_line
from changebook.site.downtime import add_downtime
from changebook.site.feeds import add_feeds, feed_link
from changebook.site.lean import add_theme
from changebook.site.ledgers import add_calendars, add_ledgers
from changebook.site.loading import book_of_site
from changebook.site.now import add_now
from changebook.site.page import BookPage, edit_line, with_hubs
from changebook.site.parts import write_parts
from changebook.site.redirects import add_redirects, site_folder
from changebook.site.schemas import add_schemas
from changebook.site.scripts import join_scripts
from changebook.site.search import add_index
from changebook.site.settings import wrong_settings
from changebook.site.slots import TOKEN, Slots
from changebook.site.styles import join_styles
from changebook.site.theme import dress
from changebook.site.whole import whole_page
from changebook.views.audit import AUDITED
from changebook.views.since import KEPT

_ID = re.compile(r'id="([^"]+)"')
_LOG = get_plugin_logger("changebook")


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Refuse to build only the pages whose files changed: they all show what other files say."""
    if dirty:
        raise PluginError("--dirty would leave pages as they were that show a changed record; leave it out")


@event_priority(100)  # before mkdocs-macros copies `extra`
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load the book; a problem in it ends the build before anything is touched."""
    if why := without_docstrings():
        raise PluginError(why)
    if "build" in config.extra:
        raise PluginError(
            "mkdocs.yml:1:1: hooks: the plugin changebook does what hooks/book.py does; leave one of the two out"
        )
    if refused := list(wrong_settings(config)):
        raise PluginError("\n".join(["mkdocs.yml cannot be built:", *(f"mkdocs.yml:1:1: {said}" for said in refused)]))
    folder = Path(config.config_file_path).parent / "changes"
    try:
        loaded = book_of_site(folder)
    except OSError as error:
        raise PluginError(sentence(error)) from error
    if (wrong := loaded.problems) or not loaded.book:
        raise PluginError(f"{len(wrong)} problem{'s' if len(wrong) != 1 else ''} in the book:\n{BookError(wrong)}")
    config.theme["language"], config.nav = spoken(), spoken_nav(config.nav)
    # Material prints them as they are, in every page.
    config.site_name = str(escape(unescape(config.site_name)))
    config.site_description = config.site_description and str(escape(unescape(config.site_description)))
    now = loaded.book.now
    book = replace(loaded.book, past=edits_since(folder, now - KEPT), trail=trail_since(folder, now - AUDITED))
    config.extra["book"] = book
    renderer = Renderer(book, icon)
    history = history_of(folder.parent, ("changes", "docs"), book.desk.settings.zone)
    if history.unknown:
        _LOG.info("%s", visible(history.missed))
    elif folder.is_symlink():
        _LOG.info("Records do not say when they were last changed: changes/ is a symbolic link; put the folder there")
    config.extra["build"] = Build(book, renderer, Slots(renderer), loaded.places, history)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the book's pages and files; a hand-written file with the address of one would be lost: an error."""
    build = build_of(config)
    adding = build.adding = Adding(files, config)
    add_downtime(adding, files, config, build)
    join_styles(adding, files, config, build.book.desk.settings)
    join_scripts(adding, files, build)
    add_theme(adding, ICONS.parent / "assets" / "stylesheets")
    for page in pages.pages_of(build.book):
        if file := adding.add(source_path(page.address), page.call):
            BookPage(page, file, config)
    add_ledgers(adding, build)
    add_feeds(adding, build, site=config.site_url or "")
    add_now(adding, build)
    add_calendars(adding, config, build)
    adding.add(SPRITE, sprite(ICONS))
    add_schemas(adding, files, build)
    add_redirects(adding, config, build)
    adding.finish()
    return files


@event_priority(100)  # before mkdocs-macros evaluates the page
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Name every unknown macro of a hand-written page, with its line, and what only a macro may place there."""
    build = build_of(config)
    page.update_date = build.book.now.date().isoformat()  # in the sitemap, whatever the clock says
    if isinstance(page, BookPage):
        return markdown
    for token in TOKEN.finditer(markdown):
        line = markdown.count("\n", 0, token.start()) + 1
        build.mistake(
            page, source_line(page, line), f"{token[0]!r} is what a macro leaves behind; call the macro instead"
        )
    for line, message in mistakes_in(markdown, page, config):
        build.mistake(page, source_line(page, line), message)
    if build.problems or is_english(page.file.src_uri):
        return markdown if not build.problems else ""
    page.meta = spoken_meta(page.meta)
    return spoken_page(markdown)


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Report every mistake of the hand-written pages, before any page is written; else search knows them now."""
    build = build_of(config)
    if build.problems:
        raise PluginError(f"mistakes in pages:\n{BookError(build.problems)}")
    assert build.adding
    add_index(build.adding, files, build)
    build.adding.finish()
    build.theme = env
    dress(env, build, Path(config.docs_dir))
    return env


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Fill the page's slots, and give the theme the headings that they brought."""
    build, root, html = build_of(config), root_of(page.url), page.content or ""
    # The theme turns pages by these at the touch of n, p, a dot or a comma: who speaks to a browser types by chance.
    page.previous_page = page.next_page = None
    page.content = filled = with_hubs(page, build, named_tables(build.slots.fill(html, root=root)))
    if filled != html:
        ids = Counter(_ids(filled))
        page.present_anchor_ids = (page.present_anchor_ids or set()) | set(ids)
        for name in [name for name, count in ids.items() if count > 1]:
            message = "is on this page twice; reword the heading, or put one of the macros on its own page"
            _LOG.warning(f"docs/{page.file.src_uri}:1:1: the anchor {name!r} {message}")
    context["search"] = build.search(root)
    context["edit"], context["feeds"] = edit_line(page, build, root), feed_link(page.url, build, root)
    if isinstance(page, BookPage):
        context["local"] = build.local(page.made, root)
        if "template" in page.meta:
            context["whole"] = whole_page(context, page, build)
    return context


def _ids(html: str) -> Iterator[str]:
    """Yield every id that a tag has. Text may speak of one, so that the tag is looked for, but only before one: to
    look through every tag takes ten times as long.
    """
    for found in _ID.finditer(html):
        at = found.start()
        if html[at - 1].isspace() and html.rfind("<", 0, at) > html.rfind(">", 0, at):
            yield found[1]


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    """Give a page that answers at any address, as 404.html does, the search field and its line."""
    build, root = build_of(config), site_folder(config)
    context |= {"search": build.search(root), "edit": build.missing(root), "moved": build.moved}
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Write the parts of a long page, and let go of what is written: a thousand changes would be held twice."""
    # A title that no nav gives is read from the text: the tabs of other pages show it.
    page.title = page.title
    page.content = page.markdown = None
    return write_parts(output, Path(config.site_dir, page.file.dest_uri).parent)
