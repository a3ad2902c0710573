"""Who reviews a proposal, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from changebook.book import Book
from changebook.review.record import Reason, Reviewer, Touched


def reviewers_of(base: Book, head: Book, touched: Iterable[Touched]) -> list[Reviewer]:
    """Return the teams that review: the desk's reviewer, the owners of touched changes and scenarios, and the owners
    of scenarios to which a touched change adds. A record that changes hands is reviewed by both.
    """
    reasons: defaultdict[str, dict[Reason, None]] = defaultdict(dict)
    if head.desk.settings.reviewer:
        reasons[head.desk.settings.reviewer][Reason()] = None
    for item in touched:
        for book, name in ((base, item.was or item.id), (head, item.id)):
            if owner := _owner(book, item.what, name):
                reasons[owner][Reason(item.name)] = None
        change = head.changes.get(item.id) if item.what == "change" else None
        for playbook in change.playbooks if change else ():
            if scenario := head.desk.scenarios.get(playbook.scenario):
                reasons[scenario.owner][Reason(scenario.title, item.name)] = None
    names = {team.id: team.name for book in (base, head) for team in book.desk.teams.values()}
    return [Reviewer(team, names.get(team, team), tuple(why)) for team, why in reasons.items()]


def _owner(book: Book, what: str, name: str) -> str:
    """Return the team that owns the change or scenario `name`, if `what` is one and the book holds it."""
    if what == "change" and name in book.changes:
        return book.changes[name].owner
    if what == "scenario" and name in book.desk.scenarios:
        return book.desk.scenarios[name].owner
    return ""
