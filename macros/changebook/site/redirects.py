"""The old addresses of changes, as small pages that neither navigation, search nor sitemap know."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from changebook.redirects import redirects_of
from changebook.render import Block
from changebook.site.build import Build, root_of


def add_redirects(files: Files, config: MkDocsConfig, build: Build) -> None:
    """Add a page at every old address, unless a hand-written page stands there."""
    # Without the site's own address the old page names the new one as readers reach it, relatively.
    taken = {file.dest_uri for file in files}
    for redirect in redirects_of(build.book):
        root, path = root_of(redirect.address), f"{redirect.address}index.html"
        if path in taken:
            continue
        facts = {"title": redirect.page.title, "target": redirect.page.address, "site": config.site_url or root}
        html = build.renderer.html(Block("redirect", facts), root=root)
        files.append(File.generated(config, path, content=html))
