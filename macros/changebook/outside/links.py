"""Links of a page that lead to what an edition lacks, as plain text."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import unquote, urljoin, urlsplit

from markupsafe import Markup

_LINK = re.compile(r'<a\b([^>]*?)\shref="([^"]*)"([^>]*)>(.*?)</a>', re.S)
# Where a page lies while its links are followed.
_SITE = "https://edition.invalid/"


def without_lost_links(html: str, address: str, pages: Collection[str], *, closed: Collection[str] = ()) -> str:
    """Return the HTML of the page at `address` with each link as its text that leads to no one of `pages`, or to an
    address that begins with one of `closed`: what only the desk can open.
    """

    def kept(link: re.Match[str]) -> str:
        target = str(Markup(link[2]).unescape())
        if target.startswith(tuple(closed)):
            return link[4]
        whole = urlsplit(urljoin(f"{_SITE}{address}", target))
        own = f"{whole.scheme}://{whole.netloc}/" == _SITE
        return link[4] if own and unquote(whole.path).lstrip("/") not in pages else link[0]

    return _LINK.sub(kept, html)
