"""The downtime binder: what the desk needs when it cannot reach the site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from changebook.book import Book
from changebook.model import Change, Partner
from changebook.model.settings import Holiday
from changebook.model.status import PLANNED
from changebook.model.timeline import spans_of
from changebook.render.timing import ended, suspects
from changebook.views.card import GoLiveCard, card_page
from changebook.views.contacts import Contact, contact
from changebook.views.desk import KnownOutage, outages
from changebook.views.known_errors import Known, open_errors
from changebook.views.launch import guides
from changebook.views.on_call import holidays_ahead
from changebook.views.playbook import PlaybookPage, playbook_page
from changebook.views.quarter import LiveQuarter, Quarter, live_quarter, quarter
from changebook.views.symptoms import by_subject, subject_of

_NEAR = timedelta(days=14)
CHANGES = 20
# Changes whose card is among those of the playbooks: one page of them.
LIVE_CARDS = 4


@dataclass(frozen=True)
class Guide:
    """A playbook in full under the number of its card, and the open errors that its callers may see."""

    number: int
    page: PlaybookPage
    errors: list[Known]


@dataclass(frozen=True)
class Near:
    """A change that is live, near or new: its card and its playbooks in full."""

    card: GoLiveCard
    playbooks: list[Guide]


@dataclass(frozen=True)
class Binder:
    """What the binder holds, in its order: numbers and outages, the index, cards, then everything in full.

    `subjects` are the cards as the index lists them, `codes` are the numbers of the cards that a code leads to, and
    `more` is how many changes are left out.
    """

    teams: list[Contact]
    holidays: list[Holiday]
    partners: list[Partner]
    outages: list[KnownOutage]
    subjects: list[tuple[str, list[Quarter]]]
    codes: list[tuple[str, list[int]]]
    live: list[LiveQuarter]
    cards: list[Quarter]
    near: list[Near]
    more: int
    standing: list[Guide]


def binder(book: Book) -> Binder:
    """Return what the downtime binder holds; its cards are numbered in the order of the index."""
    desk, changes = book.desk, near(book)
    held = changes[:CHANGES]
    numbers = {item.id: number for number, item in enumerate(by_subject(book), 1)}
    pages = [playbook_page(book, desk.scenarios[name]) for name in numbers]
    cards = [quarter(page, number, new=held, of=len(pages)) for number, page in enumerate(pages, 1)]
    found = [_near(book, change, numbers) for change in held]
    return Binder(
        teams=[contact(book, team) for team in desk.teams.values()],
        holidays=holidays_ahead(book),
        partners=list(desk.partners.values()),
        outages=outages(book),
        subjects=[
            (name, list(group)) for name, group in groupby(cards, key=lambda card: subject_of(book, card.page.scenario))
        ],
        codes=_codes(cards),
        live=[live_quarter(item.card) for item in found[:LIVE_CARDS]],
        cards=cards,
        near=found,
        more=len(changes) - len(held),
        standing=[
            Guide(numbers[page.scenario.id], page, open_errors(book, page.scenario, change=None)) for page in pages
        ],
    )


def _near(book: Book, change: Change, numbers: Mapping[str, int]) -> Near:
    pages = guides(book, change)
    playbooks = [
        Guide(numbers[page.scenario.id], page, open_errors(book, page.scenario, change=change)) for page in pages
    ]
    return Near(card_page(book, change), playbooks)


def _codes(cards: list[Quarter]) -> list[tuple[str, list[int]]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for card in cards:
        for item in card.page.codes:
            found[item.value].append(card.number)
    return sorted(found.items())


def near(book: Book) -> list[Change]:
    """Return the live changes, newest first, then those planned within 14 days, soonest first, then those of the last
    30 days that may still be the cause; one whose window has begun stays until its status says that it is live.
    """
    live = [change for change in suspects(book) if change.status == "live"]
    new = [change for change in suspects(book) if change.status == "stable"]
    planned = [
        change
        for change in book.changes.values()
        if change.status in PLANNED and any(abs(span.start - book.now) <= _NEAR for span in spans_of(change))
    ]
    return [*live, *sorted(planned, key=lambda change: (ended(change), change.id)), *new]
