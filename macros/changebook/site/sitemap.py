"""A sitemap of more addresses than crawlers take in one file, as an index of several."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

# What sitemaps.org allows in a file.
MOST = 50_000
_URL = re.compile(r"<url>.*?</url>", re.S)
_OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<{0} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{1}\n</{0}>\n'
)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Write the parts of a sitemap that is too long for one file."""
    if template_name != "sitemap.xml":
        return output_content
    files = sitemap_files(output_content, config.site_url or "")
    for name, text in files.items():
        if name != template_name:
            Path(config.site_dir, name).write_text(text, encoding="utf-8")
    return files[template_name]


def sitemap_files(sitemap: str, site: str, most: int = MOST) -> Mapping[str, str]:
    """Return the files of a sitemap: it alone, or `sitemap.xml` as an index of others with at most so many addresses.

    `site` is the address of the site.
    """
    urls = _URL.findall(sitemap)
    if len(urls) <= most:
        return {"sitemap.xml": sitemap}
    groups = [urls[first : first + most] for first in range(0, len(urls), most)]
    parts = {f"sitemap-{number}.xml": _OPEN.format("urlset", "\n".join(part)) for number, part in enumerate(groups, 1)}
    index = "\n".join(f"<sitemap><loc>{site}{name}</loc></sitemap>" for name in parts)
    return {"sitemap.xml": _OPEN.format("sitemapindex", index), **parts}
