"""A page that grows with the book, in parts: what is folded on it is a file of its own once the page is too long.

A fold keeps its place and loads its parts when it is opened, or when a filter looks into it. Without a script it leads
to them: each is a page, in the folder of the whole one, so that its links hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from changebook.language import gettext as _
from changebook.names import slug
from changebook.site.writing import write_other

# Bytes: a page that is longer keeps no long fold, and no part is longer than this without what is around it.
LONG, PART = 250_000, 150_000
# What is shorter stays: it is not worth a request.
_SHORT = 4_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^>]*?(/?)>")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_FOLD = re.compile(r"<details class=.cb-(?:fold|more)\b[^>]*>")
_YEAR = re.compile(r"<summary>(.*?)<span class=.cb-fold__count", re.S)
_HEAD = re.compile(r'<h[1-3] id="([^"]+)"[^>]*>(.*?)</h[1-3]>', re.S)
_ARTICLE = re.compile(r"<article\b[^>]*>")
_TITLE = re.compile(r"<title>(.*?)</title>", re.S)


def write_parts(page: str, folder: Path, before: Iterable[str] = ()) -> tuple[str, list[str]]:
    """Write the parts of a page that is too long into its `folder`, in place of those `before`; return what is left of
    it, and the names of its parts.
    """
    whole, parts = in_parts(page)
    for name, text in parts.items():
        write_other(folder / name, text.encode())
    for name in before:
        if name not in parts:
            (folder / name).unlink(missing_ok=True)
    return whole, [*parts]


def in_parts(page: str) -> tuple[str, dict[str, str]]:
    """Return a page, without its long folds if it is too long, and the parts that these lead to, by file name."""
    if len(page.encode()) <= LONG:
        return page, {}
    kept: list[str] = []
    parts: dict[str, str] = {}
    at = 0
    for start, end in list(_folds(page)):
        fold = page[start:end]
        summary, _end_of, inside = fold.removesuffix("</details>").partition("</summary>")
        if len(inside) <= _SHORT:
            continue
        label = _label(page, start, summary)
        named = _named(slug(label) or "more", pieces(inside, PART), parts)
        parts |= {
            name: _whole(page, _("{label}, part {number}", label=label, number=number), piece)
            for number, (name, piece) in enumerate(named, 1)
        }
        links = " ".join(
            f'<a href="{name}">{_("Part {number}", number=number)}</a>'
            for number, (name, _piece) in enumerate(named, 1)
        )
        marked = summary.replace("<details", f'<details data-cb-parts="{" ".join(name for name, _piece in named)}"', 1)
        kept += [page[at:start], f'{marked}</summary><p class="cb-line" data-cb-links>{links}</p></details>']
        at = end
    return "".join([*kept, page[at:]]), parts


def _label(page: str, start: int, summary: str) -> str:
    """Return what a fold is about: a year says so itself, and others continue what is under the heading before them."""
    named = _YEAR.search(summary) or (_HEAD.findall(page, 0, start) or [("", _("More"))])[-1]
    return " ".join(re.sub(r"<[^>]+>", " ", named[1]).split())


def _named(base: str, found: list[str], taken: dict[str, str]) -> list[tuple[str, str]]:
    """Return each piece with the name of its file, the same however many rows there are."""
    names: list[str] = []
    number = 1
    while len(names) < len(found):
        name = f"{base}-{number}.html"
        number += 1
        if name not in taken:
            names.append(name)
    return list(zip(names, found, strict=True))


def _whole(page: str, label: str, piece: str) -> str:
    """Return a part as a page: what is around the content of the whole one, and a way back to it."""
    article = _ARTICLE.search(page)
    assert article, "every page has its content in one article"
    end = page.rindex("</article>")
    back = f'<p class="cb-line"><a href="./">{_("Whole list")}</a></p><h1>{label}</h1>'
    around = _TITLE.sub(lambda title: f"<title>{label} - {title[1]}</title>", page[: article.end()], count=1)
    return f"{around}{back}<div data-cb-part>{piece}</div>{page[end:]}"


def _folds(html: str) -> Iterator[tuple[int, int]]:
    """Yield where each fold begins and ends that is in no other."""
    at = 0
    while found := _FOLD.search(html, at):
        at = _end(html, found.start())
        yield found.start(), at


def pieces(html: str, most: int) -> list[str]:
    """Return HTML in pieces of at most `most` characters where it can be cut between elements; each is whole."""
    found, piece = [], ""
    for node in _nodes(html):
        if len(node) > most and (cut := _cut(node, most)):
            found += [piece] if piece.strip() else []
            found += cut
            piece = ""
        elif piece and len(piece) + len(node) > most:
            found.append(piece)
            piece = node
        else:
            piece += node
    return [*found, piece] if piece.strip() else found


def _cut(node: str, most: int) -> list[str]:
    """Return an element as several of its kind, each with some of what is in it; a table keeps its head in each."""
    opened = _TAG.match(node)
    if not opened:
        return []
    first = node.index("<tbody") if opened[2] == "table" and "<tbody" in node else opened.end()
    last = node.rindex("</")
    return [f"{node[:first]}{piece}{node[last:]}" for piece in pieces(node[first:last], most)]


def _nodes(html: str) -> Iterator[str]:
    """Yield each element that is in no other, with the text before it; then the text that is left."""
    at = 0
    while found := _TAG.search(html, at):
        end = _end(html, found.start())
        yield html[at:end].lstrip() if found.start() > at and not html[at : found.start()].strip() else html[at:end]
        at = end
    if html[at:].strip():
        yield html[at:]


def _end(html: str, start: int) -> int:
    """Return where the element ends that begins at `start`."""
    depth = 0
    for tag in _TAG.finditer(html, start):
        if tag[2].lower() in _VOID or tag[3]:
            if not depth:
                return tag.end()
            continue
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end()
    return len(html)
