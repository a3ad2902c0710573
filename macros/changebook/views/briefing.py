"""The launch of a change: the go-live card, and below it the briefing with what the card has no room for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change, Team
from changebook.readiness import is_held
from changebook.views.card import GoLiveCard, card_page
from changebook.views.change import Seen, seen
from changebook.views.fitting import HALF, WHOLE, Fitted, fitted
from changebook.views.guidance import Link
from changebook.views.launch import Point, guides, place, playbooks_of
from changebook.views.metrics import ChangeMetrics, metrics_on

# One side of paper: the rows of a list.
_ROWS, SEEN_ROWS = 12, 8
SEEN = 5
SAYINGS = 6
_LINES = 6


@dataclass(frozen=True)
class BriefingSide:
    """What the briefing of a change adds to its card; `held` when it was and who was there is written down.

    Of normal errors, signs of an incident and the first 15 minutes it has the lines that the card leaves out.
    """

    held: bool
    attended: list[Team]
    seen: Fitted[Seen]
    callers_say: Fitted[str]
    normal: Fitted[Point]
    signs: Fitted[Point]
    minutes: Fitted[Point]

    @property
    def more(self) -> bool:
        """Whether the card leaves out what no other page of the change has in full."""
        return any(found.shown or found.more for found in (self.normal, self.minutes))


@dataclass(frozen=True)
class LaunchPage:
    """The card of a change, which is the first page on paper, its briefing, the second, and its tickets so far."""

    change: Change
    card: GoLiveCard
    briefing: BriefingSide
    metrics: ChangeMetrics | None


def launch_page(book: Book, change: Change) -> LaunchPage:
    """Return what the launch page of a change shows: what the card leaves out is in the briefing, as far as it fits."""
    card = card_page(book, change)
    # Minutes that follow from the playbooks are there in full.
    minutes = Fitted[Point]([], [], []) if card.derived else _rest(card.first_minutes, Link("record", ""))
    briefing = BriefingSide(
        held=is_held(change, book),
        attended=[book.desk.teams[name] for name in change.briefing.attended] if change.briefing else [],
        seen=fitted(
            seen(book, change),
            width=WHOLE,
            rows=SEEN_ROWS,
            most=SEEN,
            size=_length,
            place=lambda _point: place(change, _("release note"), under="release-note/#what"),
        ),
        callers_say=_sayings(book, change),
        normal=_rest(card.normal),
        signs=_rest(card.signs),
        minutes=minutes,
    )
    below = place(change, _("briefing"), under="launch/#more")
    shown = replace(
        card,
        normal=_below(card.normal, briefing.normal, below),
        first_minutes=card.first_minutes if card.derived else _below(card.first_minutes, minutes, below),
    )
    return LaunchPage(change, shown, briefing, metrics_on(book, change, part="launch"))


def _sayings(book: Book, change: Change) -> Fitted[str]:
    # One saying of each playbook before the second of any.
    rounds = zip_longest(*([item.value for item in page.callers_say] for page in guides(book, change)))
    said = [words for turn in rounds for words in turn if words]
    return fitted(said, width=HALF, rows=_ROWS, most=SAYINGS, place=lambda _point: playbooks_of(change))


def _below(card: Fitted[Point], rest: Fitted[Point], below: Link) -> Fitted[Point]:
    """Return a list of the card that counts what the briefing has; where to find the others is said there."""
    return replace(card, left=rest.shown, places=[below]) if rest.shown else card


def _rest(card: Fitted[Point], at: Link | None = None) -> Fitted[Point]:
    return fitted(card.left, width=HALF, rows=_ROWS, most=_LINES, place=lambda point: at or point.place)


def _length(row: Seen) -> int:
    item = row.item
    return sum(len(text) + 1 for text in (item.what, item.before or "", item.after or ""))
