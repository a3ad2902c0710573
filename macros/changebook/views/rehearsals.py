"""The rehearsals of a change: a card for each playbook, with what was answered and what is still to be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Category, Change, Scenario, Team
from changebook.model.evidence import Rehearsal
from changebook.model.status import OPEN
from changebook.readiness import GRAVE, Standing, last_rehearsals, rehearsed_playbook, standing
from changebook.views.guidance import CheckRow, Link, playbook_link
from changebook.views.playbook import playbook_page, usual_severity

RehearsalState = Literal["met", "gap", "old", "todo"]
_STANDINGS: dict[Standing, tuple[RehearsalState, str]] = {
    "ahead": ("todo", "Not held yet"),
    "unclear": ("gap", "Not clear"),
    "old": ("old", "Older than the change"),
    "misfiled": ("gap", "Filed differently"),
    "clear": ("met", "Clear|answers"),
}


@dataclass(frozen=True)
class Held:
    """One rehearsed call, the category it was filed as, and whether that is the playbook's.

    An unclear one counts as a gap until a later call is clear.
    """

    rehearsal: Rehearsal
    category: Category
    as_the_playbook: bool
    state: Literal["met", "gap", "past"]


@dataclass(frozen=True)
class RehearsalCard:
    """A playbook's card: what to read out, what a clear answer holds, the calls held so far, the newest first.

    `again` is whether it is still to be rehearsed.
    """

    name: str
    playbook: Link
    saying: str
    category: Category
    check: CheckRow
    call: Team
    held: list[Held]
    state: RehearsalState
    words: str
    again: bool


@dataclass(frozen=True)
class RehearsalPage:
    """The rehearsals of a change, those still to be held first."""

    change: Change
    cards: list[RehearsalCard]
    clear: int

    @property
    def again(self) -> list[RehearsalCard]:
        """The cards that are still to be rehearsed."""
        return [card for card in self.cards if card.again]

    @property
    def calls(self) -> int:
        """How many calls were rehearsed."""
        return sum(len(card.held) for card in self.cards)


def has_rehearsals(change: Change) -> bool:
    """Return whether a change has rehearsals, or while it is open playbooks to rehearse before it is made."""
    to_rehearse = change.status in OPEN and change.urgency in ("planned", "expedited")
    return bool(change.rehearsals or (to_rehearse and change.playbooks))


def rehearsed(book: Book, change: Change) -> tuple[int, int]:
    """Return how many playbooks of a change a rehearsal showed to be clear, of those that were or must be rehearsed."""
    last, names = last_rehearsals(change), _names(change)
    held = [name for name in names if name in last or (change.status in OPEN and _is_needed(book, change, name))]
    return sum(name in last and standing(change, book, last[name][1]) == "clear" for name in held), len(held)


def _is_needed(book: Book, change: Change, name: str) -> bool:
    """Return whether a playbook must be rehearsed: a call of priority 3 or 4 may go without where others were held."""
    usual = usual_severity(_scenario(book, change, name), change.playbook_for(name))
    return usual <= GRAVE or not change.rehearsals


def rehearsal_page(book: Book, change: Change) -> RehearsalPage:
    """Return the cards of a change: one for each of its playbooks and for each general one that was rehearsed."""
    cards = [_card(book, change, name) for name in _names(change)]
    return RehearsalPage(change, sorted(cards, key=lambda card: not card.again), rehearsed(book, change)[0])


def _names(change: Change) -> list[str]:
    """Return the ids of the playbooks that are or were rehearsed."""
    own = change.playbooks_by_id() if change.status in OPEN else ()
    return list(dict.fromkeys((*own, *(rehearsed_playbook(change, item) for item in change.rehearsals))))


def _scenario(book: Book, change: Change, name: str) -> Scenario:
    own = change.playbook_for(name)
    return book.desk.scenarios[own.scenario if own else name]


def _card(book: Book, change: Change, name: str) -> RehearsalCard:
    page = playbook_page(book, _scenario(book, change, name), change=change, name=name)
    mine = (item for item in change.rehearsals if rehearsed_playbook(change, item) == name)
    calls = sorted(mine, key=lambda item: item.at)
    held = [
        Held(
            rehearsal=item,
            category=book.desk.categories[item.filed_as],
            as_the_playbook=item.filed_as == page.category.id,
            state="met" if item.clear else "gap" if item is calls[-1] else "past",
        )
        for item in calls
    ]
    last = last_rehearsals(change).get(name)
    needed = _is_needed(book, change, name)
    unheard: tuple[RehearsalState, str] = ("todo", _("Not rehearsed") if needed else _("Not required"))
    state, words = _STANDINGS[standing(change, book, last[1])] if last else unheard
    return RehearsalCard(
        name=name,
        playbook=playbook_link(book, name, change=change),
        saying=page.callers_say[0].value,
        category=page.category,
        check=page.checks[0],
        call=page.calls[0].team,
        held=held[::-1],
        state=state,
        words=_(words),
        again=state != "met" and (needed or last is not None) and change.status in OPEN,
    )
