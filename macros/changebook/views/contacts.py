"""Everybody a change names, each once: what for, and how they are reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from changebook.book import Book
from changebook.model import Change, Partner, Team


@dataclass(frozen=True)
class Contact:
    """A team or a partner's desk, and what it is called for."""

    team: Team | None
    partner: Partner | None
    roles: tuple[str, ...]


def contacts(book: Book, change: Change) -> list[Contact]:
    """Return whom a change names: its owner first, the teams of its playbooks, then the partners' own desks."""
    roles: dict[str, list[str]] = {}
    for team, role in _roles(book, change):
        if team and role not in roles.setdefault(team, []):
            roles[team].append(role)
    found = [Contact(book.desk.teams[team], None, tuple(said)) for team, said in roles.items()]
    partners = [book.desk.partners[name] for name in change.affects.partners]
    return found + [Contact(None, partner, ("The partner's own desk",)) for partner in partners]


def _roles(book: Book, change: Change) -> Iterator[tuple[str | None, str]]:
    owner = book.desk.teams[change.owner]
    yield change.owner, "Makes the change"
    if change.bridge:
        yield change.bridge.lead, f"Leads the bridge, {change.bridge.channel}"
    if change.rollback:
        yield change.rollback.decided_by, "Decides on a rollback"
    if change.go_no_go:
        yield change.go_no_go.by, "Says go or no-go"
    for playbook in change.playbooks:
        scenario = book.desk.scenarios[playbook.scenario]
        yield scenario.owner, f"Takes calls: {playbook.title or scenario.title}"
    yield change.communications, "Sends the announcements"
    if change.compliance:
        yield change.compliance.reviewed_by, "Reviews privacy and audit"
    yield owner.backup, f"Answers when {owner.name} does not"
