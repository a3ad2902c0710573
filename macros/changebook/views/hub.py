"""The first page of a change."""

from __future__ import annotations

from dataclasses import dataclass

from changebook.book import Book
from changebook.model import Category, Change, Kind, System, Team, Workflow
from changebook.model.status import NEW
from changebook.readiness import Readiness, readiness
from changebook.views.assets import Asset, assets
from changebook.views.brief import Brief, brief_of
from changebook.views.change import Noticing, RuleInForce, Seen, Symptom, noticing, rules, seen, symptoms_of
from changebook.views.checklist import Meter, meter_of
from changebook.views.duty import Rota, rota
from changebook.views.known_errors import Known, known_errors


@dataclass(frozen=True)
class Hub:
    """The first page of a change: everything about it, or one link away."""

    change: Change
    kind: Kind
    owner: Team
    rota: Rota
    symptoms: list[Symptom]
    assets: list[Asset]
    seen: list[Seen]
    noticing: list[Noticing]
    readiness: Readiness
    meter: Meter | None
    rules: list[RuleInForce]
    errors: list[Known]
    bridge_lead: Rota | None
    decider: Team | None
    decided_by: Rota | None
    reviewed_by: Team | None
    systems: list[System]
    workflows: list[Workflow]
    categories: list[Category]
    brief: Brief | None


def hub_page(book: Book, change: Change) -> Hub:
    """Return what a change's hub shows."""
    desk, teams, plan = book.desk, book.desk.teams, change.rollback
    owner, open_still = teams[change.owner], change.status in NEW
    return Hub(
        change=change,
        kind=desk.kinds[change.kind],
        owner=owner,
        rota=rota(desk, owner),
        symptoms=symptoms_of(book, change),
        assets=assets(book, change),
        seen=seen(book, change),
        noticing=noticing(book, change),
        readiness=readiness(book)[change.id],
        meter=meter_of(book, change),
        rules=rules(book, change),
        errors=known_errors(book, change),
        bridge_lead=rota(desk, teams[change.bridge.lead]) if change.bridge and open_still else None,
        decider=teams[change.go_no_go.by] if change.go_no_go and open_still else None,
        decided_by=rota(desk, teams[plan.decided_by]) if plan and plan.decided_by else None,
        reviewed_by=teams[change.compliance.reviewed_by] if change.compliance else None,
        systems=[desk.systems[name] for name in change.affects.systems],
        workflows=[desk.workflows[name] for name in change.affects.workflows],
        categories=[desk.categories[name] for name in change.affects.categories],
        brief=brief_of(book, change),
    )
