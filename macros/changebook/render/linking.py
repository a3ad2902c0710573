"""Names of changes in a page's prose, as links to their hubs."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PART = re.compile(r"<[^>]*>|[^<]+")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)")
# Nothing is linked in these: links, headings, code, what is copied or pressed, and what is no prose.
CLOSED = (
    "a",
    "button",
    "code",
    "h1",
    "h2",
    "h3",
    "h4",
    "label",
    "option",
    "pre",
    "script",
    "style",
    "summary",
    "textarea",
)
# What a script copies has an id, which its button names.
COPIED = re.compile(r'data-cb-copy="([^"]+)"')
_ID = re.compile(r'\sid="([^"]+)"')
_VOID = frozenset(("area", "br", "col", "hr", "img", "input", "link", "meta", "path", "source", "wbr"))


def with_links(html: str, addresses: Mapping[str, str]) -> str:
    """Return a page's HTML with the first mention of each name in its prose linked to that name's address.

    Nothing is linked in headings, in code, in links, and in what is copied to be sent.
    """
    waiting = {name: address for name, address in addresses.items() if name in html}
    if not waiting:
        return html
    copied = set(COPIED.findall(html))
    names = "|".join(re.escape(name) for name in sorted(waiting, key=len, reverse=True))
    # As in `naming.finder`, a name inside an address or a longer code is none.
    named = re.compile(rf"(?<![\w./@-])(?:{names})(?![\w/@]|[-.]\w)")
    made: list[str] = []
    closed: list[str] = []  # the elements around a part in which nothing is linked, with those inside them

    def linked(found: re.Match[str]) -> str:
        address = waiting.pop(found[0], "")
        return f'<a href="{address}">{found[0]}</a>' if address else found[0]

    for part in _PART.findall(html):
        if tag := _TAG.match(part):
            _follow(closed, part, tag, copied)
        prose = waiting and not closed and not part.startswith("<")
        made.append(named.sub(linked, part) if prose else part)
    return "".join(made)


def _follow(closed: list[str], part: str, tag: re.Match[str], copied: set[str]) -> None:
    """Keep in `closed` which elements are open after `part`, from the first in which nothing is linked."""
    ends, name = tag.groups()
    if ends:
        if name in closed:
            while closed.pop() != name:
                pass
    elif name not in _VOID and not part.endswith("/>"):
        given = _ID.search(part)
        if closed or name in CLOSED or (given and given[1] in copied):
            closed.append(name)
