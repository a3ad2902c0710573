"""The go-live card: what the desk needs of a change on one side of paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from changebook.book import Book
from changebook.book.told import own_words, room_for_words
from changebook.language import gettext as _
from changebook.model import Change, Team
from changebook.readiness import readiness, sentences
from changebook.render.prose import plain_prose
from changebook.views.contacts import Contact, first_calls
from changebook.views.duty import Rota, rota
from changebook.views.fitting import HALF, WHOLE, Fitted, Opening, fitted, opening
from changebook.views.launch import Point, first_minutes, guides, normal, place, playbooks_of, signs
from changebook.views.playbook import PlaybookPage

# One A4 side: characters in a row of the contacts, and the rows of each list.
WHEN = 48
_ROWS, WHOLE_ROWS, CONTACT_ROWS = 8, 4, 6
CONTACTS = 4
SAY_WORDS = 60
# What a card without it says, so that it does not look whole.
_LACKING = tuple(f"section-missing/{section}" for section in ("playbooks", "rollback", "bridge", "go_no_go"))


@dataclass(frozen=True)
class Say:
    """The first words to a caller, the code, title and address of their playbook, and the team whose hours decide its
    times.
    """

    code: str
    playbook: str
    address: str
    team: Team
    words: Opening


@dataclass(frozen=True)
class GoLiveCard:
    """What a change's card shows, in its order; `derived` when the first 15 minutes follow from the playbooks."""

    change: Change
    sentence: Opening
    lead: Rota | None
    decider: Team | None
    lacking: list[str]
    normal: Fitted[Point]
    signs: Fitted[Point]
    first_minutes: Fitted[Point]
    derived: bool
    say: Say | None
    contacts: Fitted[Contact]
    rollback: Fitted[str]
    rolls_back: Rota | None
    unchanged: Fitted[str]


def card_page(book: Book, change: Change) -> GoLiveCard:
    """Return what the go-live card of a change shows: of every list what fits, and how much is left out."""
    teams, playbooks = book.desk.teams, guides(book, change)
    minutes, plan = first_minutes(book, change, guides=playbooks), change.rollback
    back = place(change, _("rollback plan"), under="#rollback")
    own = {change.owner, change.bridge.lead if change.bridge else change.owner}
    return GoLiveCard(
        change=change,
        sentence=opening(own_words(change), room_for_words(change, book)),
        lead=rota(book.desk, teams[change.bridge.lead]) if change.bridge else None,
        decider=teams[change.go_no_go.by] if change.go_no_go else None,
        lacking=[_(gap.section.replace("_", " ")) for gap in readiness(book)[change.id].gaps if gap.name in _LACKING],
        normal=_half(normal(change)),
        signs=_half(signs(change, playbooks)),
        first_minutes=fitted(
            minutes.points, width=WHOLE, rows=WHOLE_ROWS, keep=minutes.keep, place=lambda point: point.place
        ),
        derived=minutes.derived,
        say=_say(playbooks[0]) if playbooks else None,
        contacts=fitted(
            first_calls(book, change, guides=playbooks, longest=2 * WHEN),
            width=WHEN,
            rows=CONTACT_ROWS,
            most=CONTACTS,
            size=lambda contact: len(contact.reasons[0]),
            place=lambda contact: place(change, _("change page")) if contact.team.id in own else playbooks_of(change),
        ),
        rollback=fitted(plan.criteria if plan else (), width=HALF, rows=_ROWS, place=lambda _point: back),
        rolls_back=rota(book.desk, teams[plan.decided_by]) if plan and plan.decided_by else None,
        unchanged=fitted(
            change.unchanged,
            width=HALF,
            rows=_ROWS,
            place=lambda _point: place(change, _("release note"), under="release-note/#same"),
        ),
    )


def _say(guide: PlaybookPage) -> Say:
    return Say(guide.scenario.code, guide.title, guide.address, guide.owner, _said(plain_prose(guide.first_response)))


def _said(text: str) -> Opening:
    """Return a first response as far as it fits: its first sentences, and the last, which says when callers hear."""
    *first, last = sentences(text)
    room = SAY_WORDS - len(last.split())
    kept = opening(" ".join(first), room) if room > 0 else Opening("", more=True)
    whole = kept.text.endswith((".", "!", "?"))
    return Opening(f"{kept.text} {last}", kept.more) if whole else opening(text, SAY_WORDS)


def _half(points: Iterable[Point]) -> Fitted[Point]:
    # A label takes room too.
    return fitted(points, width=HALF, rows=_ROWS + 1, place=lambda point: point.place)
