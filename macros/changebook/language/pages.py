"""The texts of a hand-written page that ships with the program: its title, its headings and its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any

from changebook.language.catalog import ENGLISH, catalog
from changebook.language.spoken import gettext, spoken

# What is written in English for whoever runs the book.
ENGLISH_PAGES = "handbook"
_BLOCK = re.compile(r"(?:\A|(?<=\n\n))(#+ )?(\S(?:.|\n(?!\n))*?)(?=\n\n|\n?\Z)")
# A macro, a tag, a table or a block of code is no text.
_NO_TEXT = re.compile(r"\{\{|<|\||```")

_Say = Callable[[str], str]


def is_english(path: str) -> bool:
    """Return whether the page at a path below `docs` stays in English, whatever the language of the book."""
    return PurePath(path).parts[:1] == (ENGLISH_PAGES,)


def spoken_page(text: str, language: str = "") -> str:
    """Return the text of a hand-written page in a language, the one that is spoken without, on as many lines; what its
    catalog does not have stays as it is.
    """
    language = language or spoken()
    return text if language == ENGLISH else page_in(text, catalog(language).gettext)


def spoken_meta(meta: Mapping[str, Any], language: str = "") -> dict[str, Any]:
    """Return the front matter of a hand-written page with its title and its tab in a language, as its text is."""
    say = catalog(language or spoken()).gettext
    return {key: say(str(value)) if key in ("title", "tab") else value for key, value in meta.items()}


def spoken_nav(nav: Any) -> Any:
    """Return a navigation as MkDocs reads it, with its titles in the language that is spoken."""
    if isinstance(nav, dict):
        return {gettext(title): spoken_nav(item) for title, item in nav.items()}
    return [spoken_nav(item) for item in nav] if isinstance(nav, list) else nav


def spoken_looks(palette: Any) -> Any:
    """Return a theme's palette with the names of the buttons for its looks in the language that is spoken."""
    if isinstance(palette, list):
        return [spoken_looks(look) for look in palette]
    if isinstance(palette, dict):
        return {key: gettext(value) if key == "name" else spoken_looks(value) for key, value in palette.items()}
    return palette


def page_in(text: str, say: _Say) -> str:
    """Return a page with each of its texts as `say` has it."""

    def block(found: re.Match[str]) -> str:
        words = found[2].split()
        if _NO_TEXT.match(found[2]) or (said := say(" ".join(words))) == " ".join(words):
            return found[0]
        # An error on a line below is told with that line.
        return (found[1] or "") + said.replace(" ", "\n", found[2].count("\n"))

    return _BLOCK.sub(block, text)
