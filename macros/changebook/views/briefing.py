"""The briefing before a release, on one page and in users' words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from changebook.book import Book
from changebook.model import Change, Team
from changebook.views.change import Seen, seen
from changebook.views.fitting import Fitted, fitted
from changebook.views.launch import FirstMinutes, Point, first_minutes, guides, normal, signs

# One A4 side: rows of a list, and characters in a row of half its width.
HALF = 44
ROWS = 14
SEEN = 5
SAYINGS = 6
LINES = 6


@dataclass(frozen=True)
class BriefingPage:
    """What the briefing of a change shows; `held` when it was and who was there is written down."""

    change: Change
    held: bool
    attended: list[Team]
    lead: Team | None
    seen: list[Seen]
    more_seen: int
    callers_say: Fitted[str]
    normal: Fitted[Point]
    signs: Fitted[Point]
    minutes: FirstMinutes


def briefing_page(book: Book, change: Change) -> BriefingPage:
    """Return what the briefing of a change shows: of every list what fits, and how much is left out."""
    teams, found, told = book.desk.teams, guides(book, change), change.briefing
    visible = seen(book, change)
    # One saying of each playbook before the second of any.
    rounds = zip_longest(*([item.value for item in page.callers_say] for page in found))
    said = [words for turn in rounds for words in turn if words]
    return BriefingPage(
        change=change,
        held=bool(told and told.attended and told.at <= book.now),
        attended=[teams[name] for name in told.attended] if told else [],
        lead=teams[change.bridge.lead] if change.bridge else None,
        seen=visible[:SEEN],
        more_seen=len(visible[SEEN:]),
        callers_say=fitted(said, width=HALF, rows=ROWS, most=SAYINGS),
        normal=fitted(normal(change), width=HALF, rows=ROWS, most=LINES),
        signs=fitted(signs(change, found), width=HALF, rows=ROWS, most=LINES),
        minutes=first_minutes(book, change, found),
    )
