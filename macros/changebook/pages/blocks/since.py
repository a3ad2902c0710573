"""Macros that place what changed since a reader's last shift."""

from __future__ import annotations

from changebook.book import Book
from changebook.render import Block
from changebook.views.since import since_page, since_strip_of


def changed_since(book: Book) -> Block:
    """Place every playbook, first response, known error, number and team that changed in the last 24 hours; the reader
    picks another moment of the last 30 days.

    Example: {{ changed_since() }}
    """
    return Block("since", since_page(book))


def since_strip(book: Book) -> Block:
    """Place a short list of what changed in the last 24 hours, with a link to the page of all of it.

    Example: {{ since_strip() }}
    """
    return Block("since_strip", since_strip_of(book))
