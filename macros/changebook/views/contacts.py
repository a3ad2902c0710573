"""Whom a change calls for what: each team once, with its hours and who covers."""

from __future__ import annotations

from dataclasses import dataclass

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change, Team
from changebook.views.duty import Rota, post, rota
from changebook.views.playbook import PlaybookPage

MAKES, LEADS = "Makes the change", "Bridge questions"


@dataclass(frozen=True)
class Contact:
    """A team: what it is called for, the zone of its hours if that is not the book's, and who covers."""

    team: Team
    rota: Rota
    reasons: tuple[str, ...]
    zone: str


def contact(book: Book, team: Team, *reasons: str, to_call: Rota | None = None) -> Contact:
    """Return how a team is reached; its own backups cover, unless `to_call` says who does."""
    return Contact(team, to_call or rota(book.desk, team), reasons, post(book.desk, team).zone)


def first_calls(book: Book, change: Change, *, guides: list[PlaybookPage], longest: int) -> list[Contact]:
    """Return each team that the desk calls, once: those that the change's playbooks add, who makes the change, who
    leads the bridge, then those of the general playbooks.

    A condition of more than `longest` characters gives way to the symptom that it belongs to.
    """
    teams, calls = book.desk.teams, dict[str, Contact]()

    def called(*, new: bool) -> None:
        for page in guides:
            for call in page.calls:
                whens = [item.value.when for item in call.reasons if item.is_new == new]
                if whens:
                    when = next((when for when in whens if len(when) <= longest), page.title)
                    calls.setdefault(call.team.id, contact(book, call.team, when, to_call=call.rota))

    called(new=True)
    calls.setdefault(change.owner, contact(book, teams[change.owner], _(MAKES)))
    if change.bridge:
        calls.setdefault(change.bridge.lead, contact(book, teams[change.bridge.lead], _(LEADS)))
    called(new=False)
    return list(calls.values())
