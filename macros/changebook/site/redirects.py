"""The old addresses of changes, as small pages that neither navigation, search nor sitemap know."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig

from changebook.pages.redirects import redirects_of
from changebook.render import Block
from changebook.site.adding import Adding
from changebook.site.build import Build, root_of

# A refresh alone drops what follows the address: which answer of a page, and what was searched. The link that people
# see says where to, so that the script is the same on every page, and the policy allows it once.
LEAD_ON = 'location.replace(document.querySelector("a").href + location.search + location.hash)'


@dataclass(frozen=True)
class Moved:
    """The title and the new address of a page that has moved, the address of the site, and the script that leads on."""

    title: str
    target: str
    site: str
    script: Markup


def add_redirects(adding: Adding, config: MkDocsConfig, build: Build) -> None:
    """Add a page at every old address."""
    # Without the site's own address the old page names the new one as readers reach it, relatively.
    for redirect in redirects_of(build.book):
        root = root_of(redirect.address)
        moved = Moved(redirect.page.title, redirect.page.address, config.site_url or root, Markup(LEAD_ON))
        html = build.renderer.html(Block("redirect", moved), root=root)
        adding.add(f"{redirect.address}index.html", html)
