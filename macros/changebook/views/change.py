"""What the pages under one shared name show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from changebook.book import Book
from changebook.model import Category, Change, Group, Kind, Partner, System, Team, Workflow
from changebook.model.change import Question, Visible
from changebook.model.launch import QueueRule
from changebook.model.status import NEW
from changebook.names import change_address, question_anchor
from changebook.readiness import Readiness, readiness
from changebook.views.assets import Asset, assets
from changebook.views.duty import Rota, rota
from changebook.views.known_errors import Known, known_errors
from changebook.views.meter import Meter, meter_of
from changebook.views.playbook import playbook_title, usual_severity


@dataclass(frozen=True)
class Symptom:
    """A playbook of the change, as its hub lists it."""

    title: str
    address: str
    usual: int
    callers_say: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """A question, its anchor, and who asks it."""

    question: Question
    anchor: str
    by: tuple[str, ...]


@dataclass(frozen=True)
class Noticing:
    """A user group or partner: what it will notice and what it will ask."""

    who: Group | Partner
    notices: tuple[str, ...]
    asks: tuple[Asked, ...]


@dataclass(frozen=True)
class Seen:
    """One thing people will see, and by name who sees it."""

    item: Visible
    by: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """A rule of the queues that is still in force, and whether its end has passed."""

    rule: QueueRule
    overdue: bool


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
    rules: list[Rule]
    errors: list[Known]
    bridge_lead: Rota | None
    decider: Team | None
    decided_by: Rota | None
    reviewed_by: Team | None
    systems: list[System]
    workflows: list[Workflow]
    categories: list[Category]


def hub_page(book: Book, change: Change) -> Hub:
    """Return what a change's hub shows."""
    desk, teams, plan = book.desk, book.desk.teams, change.rollback
    owner, open_still = teams[change.owner], change.status in NEW
    return Hub(
        change=change,
        kind=desk.kinds[change.kind],
        owner=owner,
        rota=rota(desk, owner),
        symptoms=symptoms(book, change),
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
    )


def rules(book: Book, change: Change) -> list[Rule]:
    """Return the rules of the queues that nobody has removed yet; one past its end stays until somebody does."""
    today = book.now.date()
    kept = [rule for rule in change.queue_rules if not rule.removed or rule.removed > today]
    return [Rule(rule, rule.ends < book.now) for rule in kept]


def symptoms(book: Book, change: Change) -> list[Symptom]:
    """Return a change's playbooks, worst usual severity first."""
    found = []
    for playbook in change.playbooks:
        scenario = book.desk.scenarios[playbook.scenario]
        sayings = (playbook.callers_say + scenario.callers_say)[:3]
        address = change_address(change.id, "playbooks", scenario.id)
        found.append(Symptom(playbook_title(playbook, book), address, usual_severity(scenario, playbook), sayings))
    return sorted(found, key=lambda symptom: symptom.usual)


def asked(book: Book, change: Change) -> list[Asked]:
    """Return a change's questions with their anchors and who asks them, in the record's order."""
    return [
        Asked(item, question_anchor(item.question), _names(book, (*item.groups, *item.partners)))
        for item in change.questions
    ]


def asks_of(book: Book, who: str, *, among: Iterable[Change]) -> list[tuple[Change, list[Asked]]]:
    """Return the questions that the user group or partner `who` asks, change by change."""
    found = []
    for change in among:
        items = [item for item in asked(book, change) if who in (*item.question.groups, *item.question.partners)]
        if items:
            found.append((change, items))
    return found


def seen(book: Book, change: Change) -> list[Seen]:
    """Return what people will see, with the names of those who see it."""
    return [Seen(item, _names(book, item.for_)) for item in change.visible]


def noticing(book: Book, change: Change) -> list[Noticing]:
    """Return each affected group and partner with what it notices and asks."""
    questions = asked(book, change)
    rows = []
    for name in (*change.affects.groups, *change.affects.partners):
        notices = tuple(item.what for item in change.visible if name in item.for_)
        asks = tuple(item for item in questions if name in (*item.question.groups, *item.question.partners))
        rows.append(Noticing(book.desk.audience(name), notices, asks))
    return rows


def _names(book: Book, audiences: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(book.desk.audience(name).name for name in audiences)
