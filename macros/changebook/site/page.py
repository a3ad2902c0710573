"""A page that MkDocs knows and the book made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import PurePath

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from changebook.book import Book
from changebook.cache.notes import noting
from changebook.language import gettext as _
from changebook.names import change_address
from changebook.pages import pages
from changebook.pages.filling import block_of
from changebook.render.dialing import with_numbers
from changebook.render.linking import with_links
from changebook.site.build import Build, build_of, root_of
from changebook.site.feedback import Shown
from changebook.views.dialed import dialed

_CODE, _OPTION = re.compile(r"<code>[^<]*</code>"), re.compile(r"(?<![\w-])--[\w-]+")


class BookPage(Page):
    """A page made from the book: one macro call, whose HTML needs no Markdown."""

    def __init__(self, made: pages.Page, file: File, config: MkDocsConfig) -> None:
        # Material prints title and description as they are, unescaped.
        super().__init__(str(escape(made.title)), file, config)
        self.made = made

    def read_source(self, config: MkDocsConfig) -> None:
        """Leave what the page's macro places in a slot: that takes no template of its own."""
        build = build_of(config)
        with noting(build.notes_of(self.file.src_uri)):
            self.markdown = build.slots.put(block_of(self.made, build.book))
        self.meta = {
            "render_macros": False,
            "description": str(escape(self.made.summary)),
            "tab": self.made.tab,
            "says": self.made.says,
        }
        if config.extra.get("shells", True):
            self.meta["template"] = "made.html"

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Keep the slot's token: what fills it is HTML already."""
        self.content = self.markdown
        # The theme leads its skip link to the first entry.
        self.toc = TableOfContents([AnchorLink(_("Content"), "content", 1)])
        self.present_anchor_ids = set()
        self.links_to_anchors = {}


def pages_by_hand(files: Files) -> Iterator[Page]:
    """Yield the hand-written pages of a site."""
    for file in files.documentation_pages():
        if file.page and not isinstance(file.page, BookPage):
            yield file.page


def edit_line(page: Page, build: Build, root: str) -> str:
    """Return the line under a page: where it is edited, and where to say what is wrong with it."""
    made = page.made if isinstance(page, BookPage) else None
    by_hand = page.file.edit_uri and PurePath(page.file.src_uri)
    origin = made.spot if made else by_hand
    name = build.book.changes[made.change].name if made and made.change else ""
    shown = Shown(unescape(str(page.title)), page.canonical_url or f"/{page.url}", name)
    return build.edit(origin, root, shown, inside=not made or made.reader == "desk") if origin or not made else ""


def linked(page: Page, build: Build, html: str) -> str:
    """Return the HTML of a page, its first mention of each other change linked to that change's hub, and each number to
    what dials it; in one by hand, no option of a command is broken at its hyphens.
    """
    html = with_numbers(html, numbers_on(build.book))
    if not isinstance(page, BookPage):
        return _CODE.sub(lambda code: _OPTION.sub(r'<span class="cb-option">\g<0></span>', code[0]), html)
    root = root_of(page.url)
    return with_links(html, {name: f"{root}{address}" for name, address in hubs_on(page.made, build.book).items()})


def hubs_on(made: pages.Page, book: Book) -> dict[str, str]:
    """Return the addresses of the other changes that a page names, by their names."""
    with noting():  # a page is made again when they differ, and not whenever a text is read for them
        return {one.name: change_address(one.id) for one in pages.named_on(made, book) if one.id != made.change}


def numbers_on(book: Book) -> dict[str, str]:
    """Return the addresses that dial the numbers of a page, which is made again when they differ."""
    with noting():
        return dialed(book)
