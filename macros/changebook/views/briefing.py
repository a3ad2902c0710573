"""The briefing before a release, on one page and in users' words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from changebook.book import Book
from changebook.book.told import own_words, room_for_words
from changebook.model import Change, Team
from changebook.readiness import is_held
from changebook.views.change import Seen, seen
from changebook.views.duty import Rota, rota
from changebook.views.fitting import HALF, WHOLE, Fitted, Opening, fitted, opening
from changebook.views.launch import Point, first_minutes, guides, normal, place, playbooks_of, signs
from changebook.views.playbook import Link

# One A4 side: the rows of a list.
_ROWS, SEEN_ROWS = 12, 8
SEEN = 5
SAYINGS = 6
_LINES = 6


@dataclass(frozen=True)
class BriefingPage:
    """What the briefing of a change shows; `held` when it was and who was there is written down, `derived` when the
    first 15 minutes follow from the playbooks.
    """

    change: Change
    held: bool
    attended: list[Team]
    lead: Rota | None
    sentence: Opening
    seen: Fitted[Seen]
    callers_say: Fitted[str]
    normal: Fitted[Point]
    signs: Fitted[Point]
    minutes: Fitted[Point]
    derived: bool


def briefing_page(book: Book, change: Change) -> BriefingPage:
    """Return what the briefing of a change shows: of every list what fits, and how much is left out."""
    teams, playbooks, told = book.desk.teams, guides(book, change), change.briefing
    minutes = first_minutes(book, change, guides=playbooks)
    # One saying of each playbook before the second of any.
    rounds = zip_longest(*([item.value for item in page.callers_say] for page in playbooks))
    said = [words for turn in rounds for words in turn if words]
    return BriefingPage(
        change=change,
        held=is_held(change, book),
        attended=[teams[name] for name in told.attended] if told else [],
        lead=rota(book.desk, teams[change.bridge.lead]) if change.bridge else None,
        sentence=opening(own_words(change), room_for_words(change, book)),
        seen=fitted(
            seen(book, change),
            width=WHOLE,
            rows=SEEN_ROWS,
            most=SEEN,
            size=_length,
            place=lambda _: place(change, "release note", under="release-note/#what"),
        ),
        callers_say=fitted(said, width=HALF, rows=_ROWS, most=SAYINGS, place=lambda _: playbooks_of(change)),
        normal=_points(normal(change)),
        signs=_points(signs(change, playbooks)),
        minutes=_points(minutes.points, minutes.keep, None if minutes.derived else Link("record", "")),
        derived=minutes.derived,
    )


def _points(points: list[Point], keep: int = 0, at: Link | None = None) -> Fitted[Point]:
    return fitted(points, width=HALF, rows=_ROWS, most=_LINES, keep=keep, place=lambda point: at or point.place)


def _length(row: Seen) -> int:
    item = row.item
    return sum(len(text) + 1 for text in (item.what, item.before or "", item.after or ""))
