"""Telephone numbers in a page's prose, as links that dial them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from changebook.render.linking import CLOSED, COPIED

# Nor is anything linked in what changed, which is read and not called from, and in a drawing.
_CLOSED = rf"({'|'.join((*CLOSED, 'del', 'ins', 'svg'))})\b[^>]*>.*?</\1>"


def with_numbers(html: str, dialed: Mapping[str, str]) -> str:
    """Return a page's HTML with each number of `dialed` in its prose linked to the address that dials it.

    Nothing is linked where `with_links` links nothing.
    """
    numbers = "|".join(re.escape(number) for number in sorted(dialed, key=len, reverse=True))
    # Part of an amount, a code, a time or an address is no number to call, and what is in a tag is no prose.
    said = re.compile(rf"(?<=[\s(>])(?<!\d[\s,])(?:{numbers})(?![\w/@%]|[-.,:]\w)(?=[^<>]*(?:<|$))")
    if not dialed or not said.search(html):
        return html

    def linked(prose: str) -> str:
        return said.sub(lambda found: f'<a href="{dialed[found[0]]}">{found[0]}</a>', prose)

    ids = "|".join(map(re.escape, {*COPIED.findall(html)}))
    copied = rf'|(\w+)[^>]*\sid="(?:{ids})"[^>]*>.*?</\2>' if ids else ""
    made, at = list[str](), 0
    for closed in re.finditer(rf"<(?:{_CLOSED}{copied})", html, re.S):
        made += linked(html[at : closed.start()]), closed[0]
        at = closed.end()
    return "".join((*made, linked(html[at:])))
