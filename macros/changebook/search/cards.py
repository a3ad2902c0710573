"""What a list of results shows of a page: words only, as the page itself has them."""

from __future__ import annotations

from typing import Any

from changebook.book import Book
from changebook.model import Change, Scenario
from changebook.prose import plain
from changebook.views.playbook import playbook_page
from changebook.views.timing import day_words, status_words

LINE = 180


def guide_card(book: Book, scenario: Scenario, change: Change | None) -> dict[str, Any]:
    """Return what a result shows of a playbook: callers' words, then Do, Say and Call as the playbook has them."""
    page = playbook_page(book, scenario, change)
    call = page.calls[0]
    return {
        "says": [item.value for item in page.callers_say],
        "do": plain(page.checks[0].value.do),
        "say": plain(page.first_response),
        "call": f"{call.team.name}, {call.team.phone}",
        "when": plain(call.reasons[0].value.when),
        "owner": page.owner.name,
        "phone": page.owner.phone,
    }


def change_card(book: Book, change: Change) -> dict[str, Any]:
    """Return what every result under a change shows of it: name, status, since when."""
    since = ""
    if change.window and change.status in ("live", "stable", "closed", "rolled-back"):
        since = f"since {day_words(change.window.end, book.now)}"
    elif change.window and change.status in ("ready", "draft"):
        since = f"from {day_words(change.window.start, book.now)}"
    return {"status": change.status, "words": status_words(change, book.now), "since": since}


def shortened(text: str) -> str:
    """Return the beginning of a text, whole words."""
    return text if len(text) <= LINE else text[:LINE].rpartition(" ")[0] + "\N{HORIZONTAL ELLIPSIS}"
