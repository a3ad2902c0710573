"""Macros that place what was learned: of one change, and by kind."""

from __future__ import annotations

from changebook.book import Book
from changebook.book.lessons import lessons_of
from changebook.render import Block, Listed
from changebook.views.finding import folded
from changebook.views.retrospective import late_retrospectives, retrospective_page


def retrospective(book: Book, change: str) -> Block:
    """Place the retrospective of a change: how it went, what was promised and what happened, what to decide before it
    is closed, and what to ask. It prints on two pages.

    Arguments: `change`, the id of a change.
    Errors: a change that the book does not hold.
    Example: {{ retrospective("outside-records-query") }}
    """
    return Block("retrospective", retrospective_page(book, book.change(change)))


def lessons(book: Book) -> Block:
    """Place the lessons of changes by kind: at most five of each kind, the most recent first.

    Example: {{ lessons() }}
    """
    by_kind = [(kind, lessons_of(book, kind.id)) for kind in book.desk.kinds.values()]
    return Block("lessons", Listed([(kind, found) for kind, found in by_kind if found]))


def retrospectives_to_hold(book: Book) -> Block:
    """Place the stable changes whose retrospective is late; nothing without them.

    Example: {{ retrospectives_to_hold() }}
    """
    return Block("retrospectives_to_hold", folded(late_retrospectives(book), shown=5))
