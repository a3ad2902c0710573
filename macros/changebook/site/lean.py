"""Material's style sheets without what no page of the book has: a first visit fetches a fifth of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from changebook.render.sheets import theme_sheets, without_comments
from changebook.site.adding import Adding

THEME = "assets/css/theme.css"
# What the pages in prose have, what only Material's script opens, and parts of its shell that ours takes the place of.
_UNUSED = re.compile(
    r"\.(md-(typeset|search|tooltip2?|source|tabs|version|annotation|select|clipboard|feedback|post|top|pagination|status|path"
    r"|consent|dialog|banner|code|meta|progress|social|draft|copyright|profile|tag|author|nav__[a-z]*--secondary|nav--secondary"
    r"|nav--integrated|header__topic|header__title|header__source|footer__|footer-)|highlight|admonition|mermaid|glightbox)"
)
_ICON = re.compile(r"(--[\w-]+):url\((?:\"[^\"]*\"|'[^']*'|[^)]*)\);?")


def add_theme(adding: Adding, theme: Path) -> None:
    """Add what pages of the book need of the style sheets of Material, whose templates are in the folder `theme`."""
    adding.add(THEME, "".join(needed(sheet.read_text("utf-8")) for sheet in theme_sheets(theme)))


def needed(sheet: str) -> str:
    """Return a style sheet without the rules that are of nothing on a page of the book, and their pictures."""
    kept = "".join(_kept(without_comments(sheet)))
    used = set(re.findall(r"var\((--[\w-]+)", kept))
    return _ICON.sub(lambda found: found[0] if found[1] in used else "", kept)


def _kept(css: str) -> Iterator[str]:
    at = 0
    while opened := css.find("{", at) + 1:
        start = css[at : opened - 1]
        # A statement without a block, such as a charset, stays before the rule.
        bare, _, selector = start.rpartition(";")
        end = _closed(css, opened)
        body = css[opened : end - 1]
        yield f"{bare};" if bare else ""
        if selector.lstrip().startswith(("@media", "@supports", "@layer")):
            inside = "".join(_kept(body))
            yield f"{selector}{{{inside}}}" if inside else ""
        elif selector.lstrip().startswith("@"):
            yield f"{selector}{{{body}}}"
        elif left := [one for one in re.split(r",(?![^(]*\))", selector) if not _UNUSED.search(one)]:
            yield f"{','.join(left)}{{{body}}}"
        at = end


def _closed(css: str, at: int) -> int:
    """Return where the block ends that is open at `at`; a brace in a picture is none."""
    depth = 1
    for found in re.finditer(r"url\(\"[^\"]*\"\)|url\('[^']*'\)|[{}]", css[at:]):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if not depth:
            return at + found.end()
    return len(css)
