"""The macro that places what the desk holds in its hands at a launch."""

from __future__ import annotations

from changebook.book import Book
from changebook.render import Block
from changebook.views.briefing import launch_page


def launch(book: Book, change: str) -> Block:
    """Place the go-live card of a change and its briefing. On paper the card is page 1 and the briefing page 2.

    Arguments: `change`, the id of a change.
    Errors: a change that the book does not hold.
    Example: {{ launch("fhir-patient-lookup-r4") }}
    """
    return Block("launch", launch_page(book, book.change(change)))
