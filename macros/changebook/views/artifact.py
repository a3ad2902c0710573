"""The readiness artifact of a change: made whole from its kind's parts, in their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from changebook.book import Book
from changebook.model import Change, Kind, Partner, Team
from changebook.model.kinds import Part
from changebook.views.announcement import Announced, announced
from changebook.views.change import Asked, RuleInForce, Seen, Symptom, asked, rules, seen, symptoms_of
from changebook.views.contacts import Contact, contacts
from changebook.views.contract import ExchangeView, LabeledText, exchanges
from changebook.views.desk import Response, responses_of
from changebook.views.duty import Rota, rota
from changebook.views.support_tests import Script, support_script

# What is missing, and where in the record it is written; names and contacts every record has.
LACKING: Mapping[Part, tuple[str, str]] = {
    "visible": ("what people see before and after", "visible"),
    "unchanged": ("what will not change", "unchanged"),
    "data_set": ("the data in scope and out of it", "data_set"),
    "versions": ("which version replaces which, and until when the old one answers", "contract"),
    "rules": ("timeouts, retries, validation and what is normal", "contract"),
    "answers": ("the codes, and what the desk does at each", "contract"),
    "tests": ("the test cases", "tests"),
    "playbooks": ("where each complaint leads", "playbooks"),
    "first_responses": ("what the desk says first", "playbooks"),
    "questions": ("what people ask, and the answers", "questions"),
    "announcement": ("what is sent to whom", "announcement"),
    "watch": ("what is watched, and from when it is an incident", "watch"),
    "queue_rules": ("the rules of the queues while the change is new", "queue_rules"),
    "rollback": ("when it is undone, how, and who decides", "rollback"),
    "compliance": ("privacy, audit and what a ticket may hold", "compliance"),
}
_HELD: Mapping[Part, Callable[[Change], object]] = {
    "versions": lambda change: any(exchange.version for exchange in change.contract),
    "answers": lambda change: change.contract,
    "rules": lambda change: any(
        item.timeout or item.retry or item.missing_field or item.normal_failure or item.validation
        for item in change.contract
    ),
    "first_responses": lambda change: change.playbooks,
}


@dataclass(frozen=True)
class PartLine:
    """A part of the artifact: its heading, and where the record says nothing of it what is missing, and its key."""

    name: Part
    title: str
    lacking: str
    key: str


@dataclass(frozen=True)
class ArtifactPage:
    """Everything that the parts of an artifact show."""

    change: Change
    kind: Kind
    parts: list[PartLine]
    seen: list[Seen]
    asked: list[Asked]
    exchanges: list[ExchangeView]
    limits: list[tuple[str, list[LabeledText]]]
    versions: list[LabeledText]
    script: Script
    symptoms: list[Symptom]
    responses: list[Response]
    announcement: Announced
    rules: list[RuleInForce]
    contacts: list[Contact]
    partners: list[Partner]
    decided_by: Rota | None
    reviewed_by: Team | None


def artifact_page(book: Book, change: Change) -> ArtifactPage:
    """Return the artifact that the kind of `change` asks for."""
    kind, teams = book.desk.kinds[change.kind], book.desk.teams
    contract = exchanges(book, change)
    return ArtifactPage(
        change=change,
        kind=kind,
        parts=[_part(name, title, change) for name, title in kind.artifact.parts.items()],
        seen=seen(book, change),
        asked=asked(book, change),
        exchanges=contract,
        limits=[(item.name, item.limits) for item in contract if item.limits],
        versions=[(item.name, item.version) for item in contract if item.version],
        script=support_script(book, change),
        symptoms=symptoms_of(book, change),
        responses=responses_of(book, change),
        announcement=announced(book, change),
        rules=rules(book, change),
        contacts=contacts(book, change),
        partners=[book.desk.partners[name] for name in change.affects.partners],
        decided_by=rota(book.desk, teams[change.rollback.decided_by])
        if change.rollback and change.rollback.decided_by
        else None,
        reviewed_by=teams[change.compliance.reviewed_by] if change.compliance else None,
    )


def is_written(part: Part, change: Change) -> bool:
    """Return whether the record says anything of a part."""
    if part not in LACKING:
        return True
    held = _HELD[part](change) if part in _HELD else getattr(change, part)
    return bool(held)


def _part(name: Part, title: str, change: Change) -> PartLine:
    lacking, key = ("", "") if is_written(name, change) else LACKING[name]
    return PartLine(name, title, lacking, key)
