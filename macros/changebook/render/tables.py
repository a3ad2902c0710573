"""Every table of a page has a name, for readers who hear it: that of the heading it comes after."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_PART = re.compile(r"<(h[1-6]|summary)\b([^>]*)>(.*?)</\1>|<table\b(?![^>]*\baria-label)([^>]*)>(\s*<caption\b)?", re.S)
_ID = re.compile(r'\bid="([^"]+)"')
_TAG = re.compile(r'<svg\b.*?</svg>|<a class="headerlink".*?</a>|<[^>]+>', re.S)


def named_tables(page: str) -> str:
    """Return the HTML of a page, each table without a caption or a label labeled by the heading above it.

    A table before any heading, as in a text that is shown alone, stays as it is.
    """
    if "<table" not in page:
        return page
    label = ""

    def named(found: re.Match[str]) -> str:
        nonlocal label
        tag, attributes, inside, own, caption = found.groups()
        if tag:
            words = " ".join(Markup(_TAG.sub("", inside)).unescape().split())
            place = _ID.search(attributes)
            label = f'aria-labelledby="{place[1]}"' if place else f'aria-label="{escape(words)}"'
            return found[0]
        return found[0] if caption or not label else f"<table {label}{own}>"

    return _PART.sub(named, page)
