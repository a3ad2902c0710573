"""Inline SVG icons: Octicons and two more from a folder of Material's, and a few drawn here."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
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
    "link": "link",
    "list": "list-ordered",
    "live": "broadcast",
    "go-live": "rocket",
    "lock": "lock",
    "hourglass": "hourglass",
    "meeting": "comment-discussion",
    "menu": "three-bars",
    "metrics": "graph",
    "moon": "moon",
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
    "sun": "sun",
    "tag": "tag",
    "test": "beaker",
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


def icons_in(folder: Path) -> Callable[[str], Markup]:
    """Return the function that gives an icon by its name; `folder` is Material's `.icons`."""

    @cache
    def icon(name: str) -> Markup:
        if name in _BARS:
            return _svg("".join(_bar(index, lit=index < _BARS[name]) for index in range(3)))
        if name in _DRAWN:
            return _svg(_DRAWN[name])
        drawn = f"material/{_MATERIAL[name]}" if name in _MATERIAL else f"octicons/{_OCTICONS[name]}-16"
        file = folder / f"{drawn}.svg"
        drawing = file.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg" ', "")
        return Markup(drawing.replace("<svg ", '<svg class="cb-icon" aria-hidden="true" ', 1))

    return icon


def _svg(shapes: str) -> Markup:
    return Markup(f'<svg class="cb-icon" viewBox="0 0 16 16" aria-hidden="true">{shapes}</svg>')


def _bar(index: int, *, lit: bool) -> str:
    dim = "" if lit else ' opacity=".28"'
    return f'<rect x="{1 + index * 5}" y="{10 - index * 4}" width="4" height="{5 + index * 4}" rx="1"{dim}/>'
