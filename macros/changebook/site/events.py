"""What happens in a build: load the book, add its pages, fill their slots."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
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

from changebook.cache.notes import begin
from changebook.errors import BookError
from changebook.names import source_path
from changebook.pages import pages
from changebook.printing.system import without_docstrings
from changebook.printing.visible import visible
from changebook.render.icons import SPRITE, sprite
from changebook.render.tables import named_tables
from changebook.site.adding import Adding
from changebook.site.braces import mistakes_in
from changebook.site.build import ICONS, build_of, root_of, source_line
from changebook.site.downtime import take_binder
from changebook.site.feeds import feed_link
from changebook.site.lean import add_theme
from changebook.site.loading import PREVIEWED, Previewed, build_from, share_build
from changebook.site.making import EARLIER, INDEX, make
from changebook.site.page import BookPage, edit_line, linked, pages_by_hand
from changebook.site.parts import write_parts
from changebook.site.redirects import site_folder
from changebook.site.scripts import join_scripts
from changebook.site.settings import wrong_settings
from changebook.site.slots import TOKEN
from changebook.site.styles import join_styles
from changebook.site.theme import dress, list_shown
from changebook.site.whole import whole_page
from changebook.site.words import page_in_words, speak_in_menus, with_english_marked

_ID = re.compile(r'id="([^"]+)"')
_LOG = get_plugin_logger("changebook")


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Refuse to build only the pages whose files changed: they all show what other files say."""
    if dirty:
        raise PluginError("--dirty would leave pages as they were that show a changed record; leave it out")
    PREVIEWED.set(Previewed() if command == "serve" else None)


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
    build = build_from(folder)
    share_build(build, config)
    speak_in_menus(config)
    list_shown(config.theme)
    # Material prints them as they are, in every page.
    config.site_name = str(escape(unescape(config.site_name)))
    config.site_description = config.site_description and str(escape(unescape(config.site_description)))
    if build.history.unknown:
        _LOG.info("%s", visible(build.history.missed))
    elif folder.is_symlink():
        _LOG.info("Records do not say when they were last changed: changes/ is a symbolic link; put the folder there")
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the book's pages and files; a hand-written file with the address of one would be lost: an error."""
    build = build_of(config)
    adding = build.adding = Adding(files, config)
    take_binder(adding, files, build)
    join_styles(adding, files, config, build.book.desk.settings)
    join_scripts(adding, files, build)
    add_theme(adding, ICONS.parent)
    for page in pages.pages_of(build.book):
        if file := adding.add(source_path(page.address), page.call):
            BookPage(page, file, config)
    adding.add(SPRITE, sprite(ICONS))
    for name in EARLIER:
        make(name, adding, files, config)
    adding.finish()
    return files


@event_priority(100)  # before mkdocs-macros evaluates the page
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Name every unknown macro of a hand-written page, with its line, and what only a macro may place there."""
    build = build_of(config)
    begin(build.notes_of(page.file.src_uri))
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
    return page_in_words(page, markdown) if not build.problems else ""


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Report every mistake of the hand-written pages, before any page is written; else search knows them now."""
    build = build_of(config)
    if build.problems:
        raise PluginError(f"mistakes in pages:\n{BookError(build.problems)}")
    begin(None)
    build.files = files
    build.by_hand = {page.file.src_uri: page.content or "" for page in pages_by_hand(files)}
    assert build.adding
    make(INDEX, build.adding, files, config)
    build.adding.finish()
    build.theme = env
    dress(env, build, Path(config.docs_dir))
    return env


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Fill the page's slots, and give the theme the headings that they brought."""
    build, root, html = build_of(config), root_of(page.url), page.content or ""
    begin(build.notes_of(page.file.src_uri))
    build.nav = nav
    # The theme turns pages by these at the touch of n, p, a dot or a comma: who speaks to a browser types by chance.
    page.previous_page = page.next_page = None
    page.content = filled = linked(page, build, named_tables(build.slots.fill(html, root=root)))
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
    build, name = build_of(config), page.file.src_uri
    # A title that no nav gives is read from the text: the tabs of other pages show it.
    if "title" not in vars(page):
        build.untitled.add(name)
        page.title = page.title
    page.content = page.markdown = None
    begin(None)
    folder = Path(config.site_dir, page.file.dest_uri).parent
    whole, build.parts[name] = write_parts(with_english_marked(page, output), folder, build.parts.get(name, ()))
    return whole
