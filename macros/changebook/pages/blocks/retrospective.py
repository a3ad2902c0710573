"""The macro that places the retrospective of a change."""

from __future__ import annotations

from changebook.book import Book
from changebook.render import Block
from changebook.views.retrospective import retrospective_page


def retrospective(book: Book, change: str) -> Block:
    """Place the retrospective of a change: how it went, what was promised and what happened, what to decide before it
    is closed, and what to ask. It prints on two pages.

    Arguments: `change`, the id of a change.
    Errors: a change that the book does not hold.
    Example: {{ retrospective("outside-records-query") }}
    """
    return Block("retrospective", retrospective_page(book, book.change(change)))
