"""Icons as one file that every page refers to: Octicons and two more from a folder of Material's, and a few drawn here.

A page says which icon, not what it looks like: drawn in full they were a quarter of each page.
"""

from __future__ import annotations

import re
from pathlib import Path

from markupsafe import Markup

_OCTICONS = {
    "alert": "alert",
    "arrow": "arrow-right",
    "cancelled": "circle-slash",
    "calendar": "calendar",
    "check": "check",
    "checklist": "checklist",
    "clock": "clock",
    "download": "download",
    "closed": "archive",
    "contract": "log",
    "copy": "copy",
    "dash": "dash",
    "done": "check-circle",
    "emergency": "zap",
    "feed": "rss",
    "escalate": "arrow-up-right",
    "expedited": "stopwatch",
    "go": "arrow-right",
    "next": "arrow-down",
    "list": "list-ordered",
    "live": "broadcast",
    "go-live": "rocket",
    "lock": "lock",
    "hourglass": "hourglass",
    "meeting": "comment-discussion",
    "menu": "three-bars",
    "metrics": "graph",
    "note": "note",
    "people": "people",
    "question": "question",
    "ready": "check-circle",
    "rolled-back": "undo",
    "search": "search",
    "shield": "shield",
    "skip": "skip",
    "server": "server",
    "stable": "shield-check",
    "standard": "iterations",
    "tag": "tag",
    "x": "x",
}
_MATERIAL = {"phone": "phone", "print": "printer"}
_RING = '<circle cx="8" cy="8" r="{r}" fill="none" stroke="currentColor" stroke-width="{w}"{dash}/>'
_MARK = '<path fill-rule="evenodd" d="{d}"/>'
_DRAWN = {
    "draft": _RING.format(r="6.4", w="1.8", dash=' stroke-dasharray="2.6 2.4"'),
    "sev-1": _MARK.format(
        d="M4.7.5h6.6l4.2 4.2v6.6l-4.2 4.2H4.7L.5 11.3V4.7L4.7.5ZM7.2 4v5h1.6V4H7.2Zm0 6.5v1.6h1.6v-1.6H7.2Z"
    ),
    "sev-2": _MARK.format(
        d="M8 .8c.5 0 .9.3 1.1.7l6.6 12.1c.5.8-.1 1.8-1.1 1.8H1.4C.4 15.4-.2 14.4.3 13.6L6.9 1.5C7.1 1.1 7.5.8 8 .8Z"
        "M7.2 5.5v4.2h1.6V5.5H7.2Zm0 5.4v1.6h1.6v-1.6H7.2Z"
    ),
    "sev-3": _MARK.format(d="M8 0l8 8-8 8-8-8 8-8Zm0 2.4L2.4 8 8 13.6 13.6 8 8 2.4Z"),
    "sev-4": _RING.format(r="6", w="2", dash=""),
}
_BARS = {"medium": 1, "medium-high": 2, "high": 3}
_BOX = "0 0 16 16"
_NAMES = {*_OCTICONS, *_MATERIAL, *_DRAWN, *_BARS}

SPRITE = "assets/icons.svg"
# By its older name: Material's script writes to each `href` when it exchanges pages, and that of an icon is read-only.
_USE = '<use xlink:href="'
# Before an icon's name until the page is known from which the way to the file begins.
_PLACE = f"{_USE}cb-icon:"
_DRAWING = re.compile(r'<svg[^>]* viewBox="([^"]+)"[^>]*>(.*)</svg>', re.S)


def icon(name: str) -> Markup:
    """Return an icon by its name; `with_places` leads it to its drawing. Raises KeyError for an unknown one."""
    if name not in _NAMES:
        raise KeyError(name)
    return Markup(f'<svg class="cb-icon" aria-hidden="true">{_PLACE}{name}"/></svg>')


def with_places(html: str, root: str) -> str:
    """Return HTML whose icons are found from a page; `root` is the relative way from it to the site's top."""
    # Markup's own method would escape what it puts in.
    return str.replace(html, _PLACE, f"{_USE}{root}{SPRITE}#")


def sprite(folder: Path) -> str:
    """Return the file with every icon; `folder` is Material's `.icons`."""
    symbols = "".join(_symbol(name, folder, id=name) for name in sorted(_NAMES))
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>\n'


def with_drawings(html: str, folder: Path) -> str:
    """Return a page that needs no other file: the icons that it shows are drawn in it, once each.

    A browser reads no other file for a page that it opened from a disk.
    """
    shown = re.compile(rf"{_USE}[./]*{re.escape(SPRITE)}#")
    names = sorted({html[found.end() :].partition('"')[0] for found in shown.finditer(html)})
    symbols = "".join(_symbol(name, folder, id=f"icon-{name}") for name in names)
    page = shown.sub(f"{_USE}#icon-", html)
    return page.replace("<body>", f"<body>\n<div hidden><svg>{symbols}</svg></div>", 1)


def _symbol(name: str, folder: Path, *, id: str) -> str:
    box, shapes = _drawn(name, folder)
    return f'<symbol id="{id}" viewBox="{box}">{shapes}</symbol>'


def _drawn(name: str, folder: Path) -> tuple[str, str]:
    """Return the box and the shapes of an icon."""
    if name in _BARS:
        return _BOX, "".join(_bar(index, lit=index < _BARS[name]) for index in range(3))
    if name in _DRAWN:
        return _BOX, _DRAWN[name]
    file = f"material/{_MATERIAL[name]}" if name in _MATERIAL else f"octicons/{_OCTICONS[name]}-16"
    drawing = _DRAWING.fullmatch((folder / f"{file}.svg").read_text("utf-8").strip())
    assert drawing, file
    return drawing[1], drawing[2]


def _bar(index: int, *, lit: bool) -> str:
    dim = "" if lit else ' opacity=".28"'
    return f'<rect x="{1 + index * 5}" y="{10 - index * 4}" width="4" height="{5 + index * 4}" rx="1"{dim}/>'
