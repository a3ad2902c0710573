"""The first page of a change: an index of its pages, with the facts an analyst needs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Category, Change, Group, Kind, Partner, System, Team, Workflow
from changebook.model.launch import Decision, FormerDecision
from changebook.model.status import GONE, NEW, PLANNED, SETTLED
from changebook.views.assets import Asset, assets, has_contract, is_briefed
from changebook.views.brief import Brief, brief_of
from changebook.views.calendar import CalendarPlace, place_of
from changebook.views.card import card_page
from changebook.views.change import Seen, Symptom, seen, symptoms_of
from changebook.views.checklist import Meter, meter_of
from changebook.views.duty import Rota, rota
from changebook.views.known_errors import Known, errors_of
from changebook.views.metrics import ChangeMetrics, metrics_on
from changebook.views.phases import PhaseRow, phase_rows
from changebook.views.queue_rules import RuleInForce, rules
from changebook.views.related import Related, related_to
from changebook.views.told import Topic, told_of
from changebook.views.updates import current_update, is_told


@dataclass(frozen=True)
class Said:
    """The headings of a hub; `watched` is "" where nothing was ever watched. `over` when nobody rolls back any more."""

    calls: str
    see: str
    watched: str
    touches: str
    rollback: str = "Rollback"
    affected: str = "Who is affected"
    over: bool = False


# How the headings of a hub speak of a change: what is to come, what holds, what is over, what never came.
_PLANNED = Said("If someone calls about this", "What people will see", "Monitoring", "What it touches")
_NOW = Said("If someone calls about this", "What people see", "Monitoring", "What it touches")
_OVER = Said(
    "If someone still calls about this",
    "What people saw",
    "Monitoring",
    "What it touched",
    "Rollback plan",
    "Who was affected",
    over=True,
)
_BACK = replace(_OVER, rollback="How it was rolled back")
_NEVER = Said(
    "If someone asks about this",
    "What people would have seen",
    "",
    "What it would have touched",
    affected="Who would have been affected",
)


@dataclass(frozen=True)
class Hub:
    """The first page of a change: what an analyst needs at once, all else one link away; `decided` is what was decided
    with a reason, the oldest first; the retrospective says it later.
    """

    change: Change
    related: list[Related]
    said: Said
    kind: Kind
    repeats: Change | None
    owner: Team
    phases: list[PhaseRow]
    symptoms: list[Symptom]
    assets: list[Asset]
    seen: list[Seen]
    affected: list[Group | Partner]
    on_card: int
    criteria: tuple[str, ...]
    meter: Meter | None
    rules: list[RuleInForce]
    errors: list[Known]
    bridge_lead: Rota | None
    decider: Team | None
    decided: list[FormerDecision | Decision]
    decided_by: Rota | None
    reviewed_by: Team | None
    systems: list[System]
    workflows: list[Workflow]
    categories: list[Category]
    brief: Brief | None
    place: CalendarPlace | None
    told: Topic | None
    metrics: ChangeMetrics | None


def hub_page(book: Book, change: Change) -> Hub:
    """Return what a change's hub shows."""
    desk, teams, plan = book.desk, book.desk.teams, change.rollback
    owner, open_still = teams[change.owner], change.status in NEW
    left, unused = _criteria(book, change), change.status == "closed"
    return Hub(
        change=change,
        related=related_to(book, change),
        said=said_of(change),
        kind=desk.kinds[change.kind],
        repeats=book.changes.get(change.repeats or ""),
        owner=owner,
        phases=phase_rows(book, change),
        symptoms=symptoms_of(book, change),
        assets=assets(book, change),
        seen=seen(book, change),
        affected=[desk.audience(name) for name in (*change.affects.groups, *change.affects.partners)],
        on_card=len(plan.criteria) - len(left) if plan else 0,
        criteria=left,
        meter=meter_of(book, change),
        rules=rules(book, change),
        errors=errors_of(book, change),
        bridge_lead=rota(desk, teams[change.bridge.lead]) if change.bridge and open_still else None,
        decider=teams[change.go_no_go.by] if change.go_no_go and open_still and not _is_off(book, change) else None,
        decided=_decided(change),
        decided_by=rota(desk, teams[plan.decided_by]) if plan and plan.decided_by and not unused else None,
        reviewed_by=teams[change.compliance.reviewed_by] if change.compliance and not has_contract(change) else None,
        systems=[desk.systems[name] for name in change.affects.systems],
        workflows=[desk.workflows[name] for name in change.affects.workflows],
        categories=[desk.categories[name] for name in change.affects.categories],
        brief=brief_of(book, change),
        place=place_of(book, change),
        told=told_of(book, change) if is_told(current_update(book, change), book.now) else None,
        metrics=metrics_on(book, change, part=""),
    )


def said_of(change: Change) -> Said:
    """Return how the hub of `change` speaks of it."""
    if change.status == "cancelled":
        return _spoken(_NEVER)
    if change.status == "closed" or change.status in GONE:
        return _spoken(_OVER if change.status == "closed" else _BACK)
    return _spoken(_PLANNED if change.status in PLANNED else _NOW)


def _spoken(said: Said) -> Said:
    """Return the headings in the language of the pages."""
    plan = _(said.rollback)
    return Said(_(said.calls), _(said.see), _(said.watched), _(said.touches), plan, _(said.affected), said.over)


def _criteria(book: Book, change: Change) -> tuple[str, ...]:
    """Return the criteria of a rollback that no go-live card shows."""
    criteria = change.rollback.criteria if change.rollback else ()
    shown = card_page(book, change).rollback.shown if criteria and is_briefed(change) else ()
    return tuple(text for text in criteria if text not in shown)


def _decided(change: Change) -> list[FormerDecision | Decision]:
    if not change.go_no_go or change.status in SETTLED:
        return []
    return [made for made in change.go_no_go.history if made.reason]


def _is_off(book: Book, change: Change) -> bool:
    """Return whether the go was given and the window has begun: who decided is no longer asked."""
    made, window = change.go_no_go, change.window
    return bool(made and made.decision == "go" and window and window.start <= book.now)
