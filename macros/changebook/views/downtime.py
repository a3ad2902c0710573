"""The downtime binder: what the desk needs when it cannot reach the site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from changebook.book import Book
from changebook.model import Change, Partner
from changebook.model.status import PLANNED
from changebook.render.timing import ended, suspects
from changebook.views.card import GoLiveCard, card_page
from changebook.views.contacts import Contact, contact
from changebook.views.desk import KnownOutage, outages
from changebook.views.known_errors import Known, open_errors
from changebook.views.launch import guides
from changebook.views.playbook import PlaybookPage, playbook_page

_NEAR = timedelta(days=14)
CHANGES = 20


@dataclass(frozen=True)
class Guide:
    """A playbook in full, and the open errors that its callers may see."""

    page: PlaybookPage
    errors: list[Known]


@dataclass(frozen=True)
class Near:
    """A change that is live, near or new: its card and its playbooks in full."""

    card: GoLiveCard
    playbooks: list[Guide]


@dataclass(frozen=True)
class Binder:
    """What the binder holds, in its order; `more` is how many changes are left out."""

    teams: list[Contact]
    partners: list[Partner]
    outages: list[KnownOutage]
    near: list[Near]
    more: int
    standing: list[Guide]


def binder(book: Book) -> Binder:
    """Return what the downtime binder holds."""
    desk, found = book.desk, near(book)
    scenarios = sorted(desk.scenarios.values(), key=lambda scenario: scenario.title.casefold())
    return Binder(
        teams=[contact(book, team) for team in desk.teams.values()],
        partners=list(desk.partners.values()),
        outages=outages(book),
        near=[_near(book, change) for change in found[:CHANGES]],
        more=len(found[CHANGES:]),
        standing=[
            Guide(playbook_page(book, scenario), open_errors(book, scenario, change=None)) for scenario in scenarios
        ],
    )


def _near(book: Book, change: Change) -> Near:
    playbooks = [Guide(page, open_errors(book, page.scenario, change=change)) for page in guides(book, change)]
    return Near(card_page(book, change), playbooks)


def near(book: Book) -> list[Change]:
    """Return the live changes, newest first, then those planned within 14 days, soonest first, then those of the last
    30 days that may still be the cause; one whose window has begun stays until its status says that it is live.
    """
    live = [change for change in suspects(book) if change.status == "live"]
    new = [change for change in suspects(book) if change.status == "stable"]
    planned = [
        change
        for change in book.changes.values()
        if change.status in PLANNED and change.window and abs(change.window.start - book.now) <= _NEAR
    ]
    return [*live, *sorted(planned, key=lambda change: (ended(change), change.id)), *new]
