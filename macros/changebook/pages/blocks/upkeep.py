"""Macros that place what the desk has to read again and to write."""

from __future__ import annotations

from changebook.book import Book
from changebook.render import Block, Listed
from changebook.views import upkeep


def stale_articles(book: Book) -> Block:
    """Place the articles that are past their review date or reach it within 30 days, by owner, late ones first.

    Example: {{ stale_articles() }}
    """
    return Block("stale_articles", Listed(upkeep.to_read_again(book)))


def missing_articles(book: Book) -> Block:
    """Place the missing articles, by owner: test cases, groups that ask, codes, and ticket categories.

    Example: {{ missing_articles() }}
    """
    return Block("missing_articles", Listed(upkeep.to_write(book)))
