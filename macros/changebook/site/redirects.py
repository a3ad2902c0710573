"""Old addresses, as small pages that neither navigation, search nor sitemap know."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig

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


@dataclass(frozen=True)
class Moved:
    """A page that has moved, the address of the site, and the script that leads on."""

    redirect: Redirect
    site: str
    script: Markup


def add_redirects(adding: Adding, config: MkDocsConfig, build: Build) -> None:
    """Add a page at every old address; those of hand-written pages only where the site has the new page alone."""
    by_hand = [Redirect(old, title, new) for old, (title, new) in FORMER_PAGES.items()]
    moved = [item for item in by_hand if adding.has(item.page) and not adding.has(item.address)]
    for redirect in (*redirects_of(build.book), *moved):
        root = root_of(redirect.address)
        # Without the site's own address the old page names the new one as readers reach it, relatively.
        page = Moved(redirect, config.site_url or root, Markup(LEAD_ON))
        adding.add(f"{redirect.address}index.html", build.renderer.html(Block("redirect", page), root=root))
