"""The downtime binder as one file that needs no other: styles, fonts and its filter inside."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from changebook.language import gettext as _
from changebook.language.scripts import spoken_script
from changebook.model import Settings
from changebook.names import BINDER
from changebook.render import Block
from changebook.render.icons import with_drawings
from changebook.render.policy import allowed, header_files
from changebook.render.sheets import paper_of, without_comments
from changebook.render.tables import named_tables
from changebook.site.adding import Adding
from changebook.site.build import ICONS, Build, root_of
from changebook.site.feedback import Shown, feedback_address
from changebook.site.redirects import LEAD_ON, has_redirect_pages
from changebook.views.downtime import Binder, binder

_OWN, _FILTER = "assets/css/downtime.css", "assets/js/downtime.js"
_SITE = ("tokens", "base", "status", "blocks", "playbook", "tables", "lists", "sheets", "print")
SHEETS = (*(f"assets/css/{name}.css" for name in _SITE), _OWN)
_FONT = re.compile(r'url\("\.\./(fonts/[^"]+)"\)')


@dataclass(frozen=True)
class BinderFile:
    """The binder, the desk's settings, the site's address if it has one, where to say what is wrong ("" where nobody
    takes it), styles, script and what allows both.
    """

    binder: Binder
    settings: Settings
    site: str | None
    wrong: str
    styles: Markup
    script: Markup
    allowed: Markup


def take_binder(adding: Adding, files: Files, build: Build) -> None:
    """Take the binder's styles and script out of the site: they go into its one file."""
    build.taken |= {_OWN: _styles(files, build.book.desk.settings), _FILTER: ""}
    for path in (_OWN, _FILTER):
        if own := files.get_file_from_path(path):
            if path == _FILTER:
                build.taken[path] = spoken_script(own.content_string)
            adding.drop(own)


def add_downtime(adding: Adding, config: MkDocsConfig, build: Build) -> None:
    """Add the binder and the headers that allow its styles."""
    book, styles, script = build.book, Markup(build.taken[_OWN]), build.taken[_FILTER]
    between = f"\n{styles}\n"
    policy = Markup(f"script-src {allowed(script)}; style-src {allowed(between)}")
    settings, site = book.desk.settings, config.site_url
    wrong = feedback_address(settings, Shown(_("Downtime binder"), f"{site or '/'}{BINDER}"))
    file = BinderFile(binder(book), settings, site, wrong, styles, Markup(script), policy)
    leading = (LEAD_ON,) if has_redirect_pages(config) else ()
    for path, text in header_files(styles=(between,), scripts=(*leading, script)).items():
        adding.add(path, text)
    html = with_drawings(build.renderer.html(Block("downtime", file), root=root_of(BINDER)), ICONS)
    adding.add(f"{BINDER}index.html", named_tables(html))


def _styles(files: Files, settings: Settings) -> Markup:
    sheets = filter(None, map(files.get_file_from_path, SHEETS))
    text = "\n".join(without_comments(sheet.content_string) for sheet in sheets)
    named = _("Downtime binder, page")
    text += f'\n{paper_of(settings)}\n@page {{ @bottom-right {{ content: "{named} " counter(page); }} }}'

    def inside(found: re.Match[str]) -> str:
        font = files.get_file_from_path(f"assets/{found[1]}")
        return f"url(data:font/woff2;base64,{b64encode(font.content_bytes).decode()})" if font else found[0]

    # A font inside the file is never late.
    return Markup(_FONT.sub(inside, text.replace("font-display: optional", "font-display: block")))
