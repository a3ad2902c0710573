"""The downtime binder: what the desk needs when it cannot reach the site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from changebook.book import Book
from changebook.model import Change, Partner
from changebook.views.card import GoLiveCard, go_live_card
from changebook.views.contacts import Contact, contact
from changebook.views.desk import KnownOutage, outages
from changebook.views.launch import guides
from changebook.views.playbook import PlaybookPage, playbook_page
from changebook.views.timing import ended, suspects

NEAR = timedelta(days=14)
CHANGES = 20


@dataclass(frozen=True)
class Near:
    """A change that is live or near: its card and its playbooks in full."""

    card: GoLiveCard
    playbooks: list[PlaybookPage]


@dataclass(frozen=True)
class Binder:
    """What the binder holds, in its order; `more` is how many live or near changes are left out."""

    teams: list[Contact]
    partners: list[Partner]
    outages: list[KnownOutage]
    near: list[Near]
    more: int
    standing: list[PlaybookPage]


def binder(book: Book) -> Binder:
    """Return what the downtime binder holds."""
    desk, found = book.desk, near(book)
    scenarios = sorted(desk.scenarios.values(), key=lambda scenario: scenario.title.casefold())
    return Binder(
        teams=[contact(book, team) for team in desk.teams.values()],
        partners=list(desk.partners.values()),
        outages=outages(book),
        near=[Near(go_live_card(book, change), guides(book, change)) for change in found[:CHANGES]],
        more=len(found[CHANGES:]),
        standing=[playbook_page(book, scenario) for scenario in scenarios],
    )


def near(book: Book) -> list[Change]:
    """Return the live changes, newest first, then those planned within 14 days, soonest first; one whose window
    has begun stays until its status says that it is live.
    """
    live = [change for change in suspects(book) if change.status == "live"]
    planned = [
        change
        for change in book.changes.values()
        if change.status in ("draft", "ready") and change.window and abs(change.window.start - book.now) <= NEAR
    ]
    return [*live, *sorted(planned, key=lambda change: (ended(change), change.id))]
