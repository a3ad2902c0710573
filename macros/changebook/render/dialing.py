"""Telephone numbers in a page's prose, as links that dial them."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Mapping
from functools import lru_cache

from changebook.render.linking import CLOSED, COPIED

# Nor is anything linked in what changed, which is read and not called from, and in a drawing.
_CLOSED = re.compile(
    rf"<(?:({'|'.join((*CLOSED, 'del', 'ins', 'svg'))})\b[^>]*>.*?</\1>|(\w+)\b[^>]*\sid=\"([^\"]+)\"[^>]*>)", re.S
)


def with_numbers(html: str, dialed: Mapping[str, str]) -> str:
    """Return a page's HTML with each number of `dialed` in its prose linked to the address that dials it.

    Nothing is linked where `with_links` links nothing.
    """
    found = list(_said(tuple(dialed)).finditer(html)) if dialed else []
    closed = list(_closed(html)) if found else []
    made, at = list[str](), 0
    for start, end in (one.span(2) for one in found):
        around = bisect(closed, (start, start)) - 1
        if around < 0 or closed[around][1] <= start:
            made += html[at:start], f'<a href="{dialed[html[start:end]]}">{html[start:end]}</a>'
            at = end
    return "".join((*made, html[at:]))


def _closed(html: str) -> Iterator[tuple[int, int]]:
    """Yield from where to where nothing is linked, in order."""
    copied, last = set(COPIED.findall(html)), 0
    for found in _CLOSED.finditer(html):
        if found.start() >= last and (not found[2] or found[3] in copied):
            last = html.find(f"</{found[2]}>", found.end()) if found[2] else found.end()
            yield found.start(), last


@lru_cache(maxsize=4)
def _said(numbers: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds one of `numbers` in prose, after the sign before it: begun with that, it is found soon."""
    heads = re.escape("".join({number[0] for number in numbers}))
    names = "|".join(re.escape(number) for number in sorted(numbers, key=len, reverse=True))
    # Part of an amount, a code, a time or an address is no number to call, and what is in a tag is no prose.
    return re.compile(rf"([\s(>])(?<!\d[\s,])(?=[{heads}])({names})(?![\w/@%]|[-.,:]\w|</a>)(?=[^<>]*(?:<|$))")
