"""The macro that places a month of go-lives."""

from __future__ import annotations

from changebook.book import Book
from changebook.render import Block
from changebook.views.calendar import month_page


def go_live_calendar(book: Book, month: str = "") -> Block:
    """Place a month of go-lives against what the desk carries, with blackouts, what collides, and this week.

    Arguments: `month`, such as `2026-12`, one that has a go-live; this month when left out.
    Example: {{ go_live_calendar() }}
    """
    return Block("calendar", month_page(book, month))
