"""Old addresses: as tables, and where the host can do nothing with these, as small pages that nothing lists."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig

from changebook.pages.moved import moved_files, moved_parts
from changebook.pages.redirects import FORMER_PAGES, Redirect, redirects_of
from changebook.render import Block
from changebook.site.adding import Adding
from changebook.site.build import Build, root_of

# A refresh alone drops what follows the address: which answer of a page, and what was searched. A page that is a part
# of another now opens that part: its own anchors may be gone. The link that people see says where to, so that the
# script is the same on every page, and the policy allows it once.
LEAD_ON = (
    'const to = document.querySelector("a"); to.search = location.search; '
    "if (!to.hash) to.hash = location.hash; location.replace(to.href)"
)


# The setting under `extra` in mkdocs.yml.
REDIRECT_PAGES = "redirect_pages"


@dataclass(frozen=True)
class Moved:
    """A page that has moved, the address of the site, and the script that leads on."""

    redirect: Redirect
    site: str
    script: Markup


def has_redirect_pages(config: MkDocsConfig) -> bool:
    """Return whether every old address is a page of its own: for a host that reads no table and serves no 404.html."""
    return bool(config.extra.get(REDIRECT_PAGES))


def site_folder(config: MkDocsConfig) -> str:
    """Return where the site is on its host: `/`, or `/kb/`."""
    return f"{urlsplit(config.site_url or '').path.rstrip('/')}/"


def add_redirects(adding: Adding, config: MkDocsConfig, build: Build) -> None:
    """Add every old address; those of hand-written pages only where the site has the new page alone."""
    by_hand = [Redirect(old, title, new) for old, (title, new) in FORMER_PAGES.items()]
    moved = [item for item in by_hand if adding.has(item.page) and not adding.has(item.address)]
    found = [*redirects_of(build.book), *moved]
    if not has_redirect_pages(config):
        found = [redirect for redirect in found if not adding.has(redirect.address)]
        build.moved = moved_parts(len(found))
        for path, text in moved_files(found, site_folder(config)).items():
            adding.add(path, text)
        return
    for redirect in found:
        root = root_of(redirect.address)
        # Without the site's own address the old page names the new one as readers reach it, relatively.
        page = Moved(redirect, config.site_url or root, Markup(LEAD_ON))
        adding.add(f"{redirect.address}index.html", build.renderer.html(Block("redirect", page), root=root))
