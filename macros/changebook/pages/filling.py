"""What fills a page that the book makes."""

from __future__ import annotations

from changebook.book import Book
from changebook.pages.blocks import BLOCKS
from changebook.pages.pages import Page, call_of
from changebook.render import Block

_MACROS = {macro.__name__: macro for macro in BLOCKS}


def block_of(page: Page, book: Book) -> Block:
    """Return what the page's macro call places."""
    macro, arguments = call_of(page)
    return _MACROS[macro](book, *arguments)
