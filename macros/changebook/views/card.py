"""The go-live card: what the desk needs of a change on one side of paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from changebook.book import Book
from changebook.model import Change, Team
from changebook.prose import plain
from changebook.views.fitting import Fitted, Opening, fitted, opening
from changebook.views.launch import Point, first_minutes, guides, normal, signs
from changebook.views.playbook import PlaybookPage

# One A4 side: rows of a list, and characters in a row of half its width or of all of it.
HALF, WHOLE = 44, 90
ROWS = 8
# All criteria of a rollback that the gate lets pass.
ROLLBACK_ROWS = 12
CONTACTS = 5
WHEN = 70
SAY_WORDS = 45
SENTENCE_WORDS = 30


@dataclass(frozen=True)
class Contact:
    """Whom to call, and when."""

    team: Team
    when: str


@dataclass(frozen=True)
class Say:
    """The first words to a caller, and the playbook that they open."""

    playbook: str
    words: Opening


@dataclass(frozen=True)
class GoLiveCard:
    """What a change's card shows, in its order; `derived` when the first 15 minutes follow from the playbooks."""

    change: Change
    sentence: Opening
    lead: Team | None
    decider: Team | None
    normal: Fitted[Point]
    signs: Fitted[Point]
    first_minutes: Fitted[Point]
    derived: bool
    say: Say | None
    contacts: list[Contact]
    more_contacts: int
    rollback: Fitted[str]
    rolls_back: Team | None
    unchanged: Fitted[str]


def go_live_card(book: Book, change: Change) -> GoLiveCard:
    """Return what the go-live card of a change shows: of every list what fits, and how much is left out."""
    teams, found = book.desk.teams, guides(book, change)
    minutes, plan = first_minutes(book, change, found), change.rollback
    contacts = _contacts(book, change, found)
    return GoLiveCard(
        change=change,
        sentence=opening(change.sentence, SENTENCE_WORDS),
        lead=teams[change.bridge.lead] if change.bridge else None,
        decider=teams[change.go_no_go.by] if change.go_no_go else None,
        normal=_half(normal(change)),
        signs=_half(signs(change, found)),
        first_minutes=fitted(minutes.points, width=WHOLE, rows=ROWS),
        derived=minutes.derived,
        say=Say(found[0].title, opening(plain(found[0].first_response), SAY_WORDS)) if found else None,
        contacts=contacts[:CONTACTS],
        more_contacts=len(contacts[CONTACTS:]),
        rollback=fitted(plan.criteria if plan else (), width=HALF, rows=ROLLBACK_ROWS),
        rolls_back=teams[plan.decided_by] if plan and plan.decided_by else None,
        unchanged=fitted(change.unchanged, width=HALF, rows=ROWS),
    )


def _half(points: Iterable[Point]) -> Fitted[Point]:
    return fitted(points, width=HALF, rows=ROWS)


def _contacts(book: Book, change: Change, found: list[PlaybookPage]) -> list[Contact]:
    """Return whom the playbooks call, each team once, then who makes the change and who leads the bridge.

    A condition too long for its row gives way to the symptom it belongs to.
    """
    teams, calls = book.desk.teams, dict[str, Contact]()
    for page in found:
        for call in page.calls:
            short = (item.value.when for item in call.reasons if len(item.value.when) <= WHEN)
            calls.setdefault(call.team.id, Contact(call.team, next(short, page.title)))
    calls.setdefault(change.owner, Contact(teams[change.owner], "Makes the change"))
    if change.bridge:
        calls.setdefault(change.bridge.lead, Contact(teams[change.bridge.lead], "Leads the bridge"))
    return list(calls.values())
