"""What a list of results shows of a page: words only, as the page itself has them."""

from __future__ import annotations

from typing import Any

from changebook.book import Book
from changebook.model import Change, Scenario
from changebook.model.status import MADE, PLANNED
from changebook.render.prose import plain_prose
from changebook.render.timing import day_words, status_words, time_words
from changebook.views.desk import KnownOutage
from changebook.views.playbook import playbook_page

_LINE = 180


def guide_card(book: Book, scenario: Scenario, change: Change | None) -> dict[str, Any]:
    """Return what a result shows of a playbook: callers' words, then Do, Say and Call as the playbook has them."""
    page = playbook_page(book, scenario, change=change)
    call = page.calls[0]
    return {
        "says": [item.value for item in page.callers_say],
        "do": plain_prose(page.checks[0].value.do),
        "say": plain_prose(page.first_response),
        "call": f"{call.team.name}, {call.team.phone}",
        "when": plain_prose(call.reasons[0].value.when),
        "owner": call.team.name,
        "phone": call.team.phone,
    }


def change_card(book: Book, change: Change) -> dict[str, Any]:
    """Return what every result under a change shows of it: name, status, since when."""
    since = ""
    if change.window and change.status in MADE:
        since = f"since {day_words(change.window.end, book.now)}"
    elif change.window and change.status in PLANNED:
        since = f"from {day_words(change.window.start, book.now)}"
    return {"status": change.status, "words": status_words(change, book.now), "since": since}


def outage_card(known: KnownOutage, book: Book, systems: list[str]) -> dict[str, Any]:
    """Return what search shows of a known outage, and its systems by their number."""
    partner = book.desk.partners.get(known.outage.id)
    touched = partner.systems if partner else (known.outage.id,)
    return {
        "name": known.name,
        "state": known.outage.state,
        "says": plain_prose(known.outage.says),
        "next": time_words(known.outage.next_update, book.now),
        "due": known.outage.next_update.isoformat(timespec="minutes"),
        "call": f"{known.owner.name}, {known.owner.phone}",
        "systems": [systems.index(system) for system in touched],
    }


def shortened(text: str) -> str:
    """Return the beginning of a text, whole words."""
    return text if len(text) <= _LINE else text[:_LINE].rpartition(" ")[0] + "\N{HORIZONTAL ELLIPSIS}"
