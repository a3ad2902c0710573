"""Macros that place what the desk holds in its hands at a launch."""

from __future__ import annotations

from changebook.book import Book
from changebook.render import Block
from changebook.views import briefing as briefings
from changebook.views import card


def briefing(book: Book, change: str) -> Block:
    """Place the briefing of a change on one page: what changed, how users notice, normal errors, signs of an
    incident, the first 15 minutes.

    Arguments: `change`, the id of a change.
    Errors: a change that the book does not hold.
    Example: {{ briefing("fhir-patient-lookup-r4") }}
    """
    return Block("briefing", briefings.briefing_page(book, book.change(change)))


def go_live_card(book: Book, change: str) -> Block:
    """Place the go-live card of a change, which prints on one side of paper.

    Arguments: `change`, the id of a change.
    Errors: a change that the book does not hold.
    Example: {{ go_live_card("fhir-patient-lookup-r4") }}
    """
    return Block("go_live_card", card.card_page(book, book.change(change)))
