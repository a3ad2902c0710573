"""Macros that place what the book says of one user group, partner or system."""

from __future__ import annotations

from changebook.book import Book
from changebook.render import Block
from changebook.views.desk import audience_page
from changebook.views.lists import system_page


def group(book: Book, group: str) -> Block:
    """Place the page of a user group: the changes that reach it and what it asks.

    Arguments: `group`, the id of a user group.
    Errors: a user group that the book does not hold.
    Example: {{ group("registration-clerks") }}
    """
    return Block("audience", audience_page(book, book.group(group)))


def partner(book: Book, partner: str) -> Block:
    """Place the page of a partner: its own desk, the changes that reach it and what it asks.

    Arguments: `partner`, the id of a partner.
    Errors: a partner that the book does not hold.
    Example: {{ partner("meridian-clearing") }}
    """
    return Block("audience", audience_page(book, book.partner(partner)))


def system(book: Book, system: str) -> Block:
    """Place the page of a system: its owner, the changes that touch it, what callers report when it fails.

    Arguments: `system`, the id of a system.
    Errors: a system that the book does not hold.
    Example: {{ system("patient-index") }}
    """
    return Block("system", system_page(book, book.system(system)))
