"""An edition of staff or of a partner, written as files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import Markup

from changebook.book import Book
from changebook.book.told import own_words
from changebook.feeds import NoteMoments, feed_files, feeds_of
from changebook.feeds.calendars import ics_files
from changebook.feeds.entries import UNKNOWN_ENTRIES, CalendarEntries, CalendarSite
from changebook.feeds.ics import ics_of
from changebook.language import gettext as _
from changebook.language.scripts import one_script, spoken_script
from changebook.model import Settings
from changebook.model.change import Audience
from changebook.names import change_address
from changebook.outside.facts import STATUS
from changebook.outside.links import without_lost_links
from changebook.outside.pages import TABS, OutsidePage, leading_on, outside_pages
from changebook.privacy.masking import masking_script
from changebook.render import Block, Renderer
from changebook.render.icons import SPRITE, icon, sprite
from changebook.render.policy import header_files
from changebook.render.prose import plain_markdown, plain_prose
from changebook.render.sheets import paper_of, without_comments
from changebook.render.tables import named_tables
from changebook.views.change import asked
from changebook.views.made import made_line

_OWN = Path(__file__).parent / "assets"
# The scripts of the desk's pages that these pages have too; `pages` is their search.
SCRIPTS = ("answers", "clock", "filters", "hidden", "keys", "made", "print", "slash", "times")
_IMAGE = re.compile(r'<img\b[^>]*\ssrc="(?:\.\./)*assets/([^"]+)"')
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="#0b5788" d="M5 2h14v20H5z"/>'
    '<path d="m8 11 3 3 5-6" fill="none" stroke="#fff" stroke-width="2"/></svg>\n'
)


@dataclass(frozen=True)
class Shell:
    """What is around the content of a page: whose edition it is, its tabs, and the desk to call."""

    title: str
    summary: str
    tab: str
    whose: str
    settings: Settings
    content: Markup
    tabs: tuple[tuple[str, str], ...] = field(default_factory=lambda: tuple((_(name), to) for name, to in TABS))

    @property
    def home(self) -> str:
        """The title of the first page."""
        return self.tabs[0][0]


@dataclass(frozen=True)
class Gone:
    """An address that leads on."""

    title: str
    target: str


@dataclass(frozen=True)
class EditionLook:
    """What the pages look like: the theme's style sheets, our own folders of styles, fonts and scripts, the pictures of
    the book, and Material's icons.
    """

    theme: tuple[Path, ...]
    assets: tuple[Path, ...]
    styles: tuple[str, ...]
    pictures: Path
    icons: Path

    def asset(self, name: str) -> Path:
        """Return the file `name` of the first folder that has it."""
        return next(folder / name for folder in self.assets if (folder / name).is_file())

    @property
    def fonts(self) -> list[str]:
        """The names of the fonts and of their licenses."""
        return sorted({file.name for folder in self.assets if folder.is_dir() for file in folder.glob("fonts/*")})


def edition_files(
    book: Book,
    look: EditionLook,
    *,
    partner: str,
    closed: tuple[str, ...],
    site: str = "",
    moments: NoteMoments | None = None,
    entries: CalendarEntries = UNKNOWN_ENTRIES,
) -> dict[str, bytes]:
    """Return the files of an edition by their path. `book` is emptied for its readers already: staff, or the `partner`
    with that id. Links that begin with one of `closed` become text. `site` is the address of the edition, "" where
    nobody says, `moments` when each release note last said something else to these readers, `entries` what git knows of
    their calendar.
    """
    renderer = Renderer(book, icon)
    whose = _("For {partner}", partner=book.desk.partners[partner].name) if partner else _("For staff")
    pages = list(outside_pages(book, partner=bool(partner)))
    olds = {address: Gone(title, target) for address, title, target in leading_on(book)}
    followed = dict(_followed(book, renderer, moments or {}, entries, site=site, partner=bool(partner)))
    known = {*(page.address for page in pages), *olds, *followed}
    texts: dict[str, str] = {}
    for page in pages:
        root = "../" * page.address.count("/") or "./"
        texts[f"{page.address}index.html"] = _page(page, book, renderer, whose=whose, root=root)
    for address, gone in olds.items():
        texts[f"{address}index.html"] = renderer.html(Block("edition/moved", gone), root="../" * address.count("/"))
    texts = {path: _linked(path, text, known, closed) for path, text in texts.items()}
    lost = OutsidePage("", _("Page not found"), _("Page not found."), "", Block("edition/missing"))
    # It answers at any depth; the edition is at the top of its host.
    texts["404.html"] = _page(lost, book, renderer, whose=whose, root="/")
    texts["search.json"] = json.dumps(list(_found(book)), ensure_ascii=False, separators=(",", ":"))
    texts |= header_files()
    shown = {name for text in texts.values() for name in _IMAGE.findall(text)}
    files = {path: text.encode() for path, text in texts.items()}
    return files | followed | dict(_assets(book, look, shown))


def _followed(
    book: Book, renderer: Renderer, moments: NoteMoments, entries: CalendarEntries, *, site: str, partner: bool
) -> Iterator[tuple[str, bytes]]:
    """Yield what programs follow: feeds, and calendars."""
    reader: Audience = "partners" if partner else "staff"
    whose = book.desk.settings.organization
    feeds = feeds_of(book, moments, reader=reader, ids=entries.first)
    yield from feed_files(feeds, renderer, whose=whose, site=site, now=book.now)
    of = CalendarSite(site, whose, "release-note", STATUS, entries)
    yield from ((path, ics_of(book, path, site=of)) for path in ics_files(book, reader=reader))


def _page(page: OutsidePage, book: Book, renderer: Renderer, *, whose: str, root: str) -> str:
    content = Markup(named_tables(renderer.html(page.block, root=root)))
    shell = Shell(page.title, page.summary, page.tab, whose, book.desk.settings, content)
    return renderer.html(Block("edition/page", shell), root=root)


def _linked(path: str, text: str, known: set[str], closed: tuple[str, ...]) -> str:
    return without_lost_links(text, path.removesuffix("index.html"), known, closed=closed)


def _found(book: Book) -> Iterator[Mapping[str, str]]:
    """Yield what search knows of each page and answer."""
    for change in book.changes.values():
        address, line = change_address(change.id, "release-note"), plain_prose(own_words(change))
        seen = (text for item in change.visible for text in (item.what, item.before, item.after) if text)
        said = [line, *change.former_names, *change.unchanged, *seen, *filter(None, (change.why,))]
        codes = [answer.code for exchange in change.contract for answer in exchange.answers]
        yield {"title": change.name, "address": address, "line": line, "text": plain_prose(" ".join([*said, *codes]))}
        for item in asked(book, change):
            told = plain_markdown(item.question.answer)
            place = f"{address}#{item.anchor}"
            yield {
                "title": item.question.question,
                "address": place,
                "line": change.name,
                "text": f"{change.name} {told}",
            }


def _assets(book: Book, look: EditionLook, pictures: set[str]) -> Iterator[tuple[str, bytes]]:
    sheets = [*look.theme, *(look.asset(f"css/{name}") for name in look.styles), _OWN / "edition.css"]
    styles = [without_comments(sheet.read_text("utf-8")) for sheet in sheets]
    yield "assets/css/edition.css", "\n".join([*styles, paper_of(book.desk.settings), ""]).encode()
    files = {name: look.asset(f"js/page/{name}.js") for name in SCRIPTS} | {"pages": _OWN / "pages.js"}
    scripts = {name: spoken_script(file.read_text("utf-8")) for name, file in files.items()}
    yield "assets/js/edition.js", one_script(scripts).encode()
    yield "assets/js/private.js", masking_script(look.asset("js/private.js").read_text("utf-8")).encode()
    yield "assets/js/early.js", (made_line(book) + look.asset("js/early.js").read_text("utf-8")).encode()
    yield "assets/icon.svg", _ICON.encode()
    yield SPRITE, sprite(look.icons).encode()
    for font in look.fonts:
        yield f"assets/fonts/{font}", look.asset(f"fonts/{font}").read_bytes()
    for name in sorted(pictures):
        yield f"assets/{name}", (look.pictures / name).read_bytes()
