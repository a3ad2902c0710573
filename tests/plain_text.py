"""The HTML of a page as lines of plain text: all that a reader sees or hears of it, in reading order.

A block begins a line. A row of a table is one line, its cells parted by ` | `, each after the label that it has on a
phone. Links are `[words](address)`, buttons `(words)`, icons `:name:`; what else a tag says, such as a time for
machines or that something is hidden, stands in braces. Looks (`class`) and wiring (`id`, `aria-labelledby`) are left
out, and so is how a chart is drawn.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import unquote

from markupsafe import Markup

BLOCKS = frozenset(
    "article body details div dl dd dt footer form h1 h2 h3 h4 head header html li main nav ol p pre section summary"
    " table tbody thead title tr ul".split()
)
# Shown as a stroke, as is a block within a line.
STROKES = ("br", "small")
# What a style sets apart from its neighbors, though no space stands between.
APART = ("a", "b", "button", "i", "small", "span", "strong")
QUOTES = {"code": "`", "del": "~~", "ins": "++"}
UNSAID = frozenset(
    "xmlns viewbox transform text-anchor x y dx dy x1 x2 y1 y2 width height "
    "class id role type href lang name charset scope rel aria-labelledby aria-controls aria-hidden data-h".split()
)
_STROKE, _CELL, _INDENT = "\x01", "\x02", "\x03"


def icon(name: str) -> Markup:
    """Return an icon as its name, for a renderer whose HTML is read here."""
    return Markup("<i>:{}:</i>").format(name)


def plain_text(html: str) -> str:
    """Return what a page says, a line a block."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "\n".join(reader.lines())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._text: list[str] = []
        self._open: list[tuple[str, str, bool]] = []
        self._counts: list[int] = []

    def lines(self) -> list[str]:
        """Return the lines that were read, without empty ones."""
        found = ("".join(self._text)).split("\n")
        return [line for line in map(_tidy, found) if line.strip(" -|>#")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag in ("meta", "link"):
            if given.get("http-equiv") == "refresh" or tag == "link":
                self._text.append(f"\n<{tag} {given.get('content') or given['href']}>\n")
            return
        if tag in APART:
            self._text.append("\n" if "cb-asset" in given.get("class", "").split() else " ")
        close = self._begin(tag, given)
        said = [_said(key, value) for key, value in given.items() if key not in UNSAID]
        if said:
            braces = " {" + ", ".join(said) + "} "
            close, now = (f"{close}{braces}", "") if tag in ("a", "button", "time") else (close, braces)
            self._text.append(now)
        if tag in ("ol", "ul"):
            self._counts.append(0 if tag == "ol" else -1)
        if tag not in ("br", "input"):
            self._open.append((tag, close, tag == "pre" or given.get("class") == "cb-mail__body"))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            opened, close, _ = self._open.pop()
            self._text.append(close)
            if opened in ("ol", "ul"):
                self._counts.pop()
            if opened == tag:
                break
        if tag in APART:
            self._text.append(" ")
        if tag == "dt":
            self._text.append(": ")
        elif tag in BLOCKS and tag != "dd":
            self._text.append(self._end())
        elif tag in STROKES:
            self._text.append(_STROKE)

    def handle_data(self, data: str) -> None:
        as_it_stands = any(pre for _, _, pre in self._open)
        self._text.append(data.strip() if as_it_stands else " ".join(data.split()))
        # Spaces at the edges part words; they are tidied later.
        if data[:1].isspace():
            self._text[-1] = f" {self._text[-1]}"
        if data[-1:].isspace():
            self._text[-1] += " "

    def _begin(self, tag: str, given: dict[str, str]) -> str:
        """Show where a tag begins, and return what shows its end."""
        if tag in ("td", "th"):
            self._text.append(_CELL)
            if label := given.get("data-h"):
                self._text.append(f"{label}= ")
        elif tag in STROKES:
            self._text.append(_STROKE)
        elif tag in BLOCKS:
            self._block(tag)
        elif tag == "a" and "href" in given:
            self._text.append("[")
            return f"]({_address(given['href'])})"
        elif tag == "button":
            self._text.append("(")
            return ")"
        elif tag in QUOTES:
            self._text.append(QUOTES[tag])
            return QUOTES[tag]
        return ""

    def _block(self, tag: str) -> None:
        if tag == "dd":
            return
        self._text.append(self._end())
        if re.fullmatch("h[1-6]", tag):
            self._text.append(f"{'#' * int(tag[1])} ")
        elif tag == "summary":
            self._text.append("> ")
        elif tag == "li" and self._counts:
            indent = "" if self._in_line() else _INDENT * (len(self._counts) - 1)
            if self._counts[-1] < 0:
                self._text.append(f"{indent}- ")
            else:
                self._counts[-1] += 1
                self._text.append(f"{indent}{self._counts[-1]}. ")

    def _end(self) -> str:
        return _STROKE if self._in_line() else "\n"

    def _in_line(self) -> bool:
        return any(self._within(tag) for tag in ("tr", "dd", "dt"))

    def _within(self, tag: str) -> bool:
        return any(opened == tag for opened, _, _ in self._open)


def _said(key: str, value: str) -> str:
    key = key.removeprefix("data-").removeprefix("cb-").removeprefix("aria-")
    if key == "datetime":
        return value
    return f"{key}={value}" if value else key


def _address(href: str) -> str:
    """Return a link's address; a mail is shown as it is sent."""
    return " / ".join(unquote(href).split("\n")) if href.startswith("mailto:") else href


def _tidy(line: str) -> str:
    """Return a line with its cells and strokes shown, single spaces, and nothing at its ends."""
    indent, line = "  " * line.count(_INDENT), line.replace(_INDENT, "")
    line = re.sub(rf"[ {_STROKE}]*{_CELL}[ {_STROKE}]*", " | ", line)
    line = re.sub(rf"[ {_STROKE}]*{_STROKE}[ {_STROKE}]*", " / ", line)
    line = re.sub(r" {2,}", " ", line)
    line = re.sub(r"([\[(\u201c]) ", r"\1", re.sub(r" ([\])\u201d]|[.,;:!?](?=[ \u201d)]|$))", r"\1", line))
    line = re.sub(r"(?:^[ |/]+)|(?:[ /]+$)", "", line)
    return indent + re.sub(r"(: )/ |^((?:- |\d+\. |#+ )) ?/ ", r"\1\2", line)
