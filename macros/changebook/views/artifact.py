"""The readiness artifact of a change: made whole from its kind's parts, in their order."""

from __future__ import annotations

from dataclasses import dataclass

from changebook.book import Book
from changebook.model import Change, Kind, Partner, Team
from changebook.model.kinds import Part
from changebook.views.announcement import AnnouncementPage, announcement_page
from changebook.views.change import Asked, Rule, Seen, Symptom, asked, rules, seen, symptoms
from changebook.views.contacts import Contact, contacts
from changebook.views.contract import ExchangeView, Line, exchanges
from changebook.views.desk import Response, responses_of
from changebook.views.duty import Rota, rota
from changebook.views.parts import LACKING, is_written
from changebook.views.support_tests import Script, support_script


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
    limits: list[tuple[str, list[Line]]]
    versions: list[Line]
    script: Script
    symptoms: list[Symptom]
    responses: list[Response]
    announcement: AnnouncementPage
    rules: list[Rule]
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
        symptoms=symptoms(book, change),
        responses=responses_of(book, change),
        announcement=announcement_page(book, change),
        rules=rules(book, change),
        contacts=contacts(book, change),
        partners=[book.desk.partners[name] for name in change.affects.partners],
        decided_by=rota(book.desk, teams[change.rollback.decided_by])
        if change.rollback and change.rollback.decided_by
        else None,
        reviewed_by=teams[change.compliance.reviewed_by] if change.compliance else None,
    )


def _part(name: Part, title: str, change: Change) -> PartLine:
    lacking, key = ("", "") if is_written(name, change) else LACKING[name]
    return PartLine(name, title, lacking, key)
