"""The readiness artifact of a change: made whole from its kind's parts, in their order."""

from __future__ import annotations

from dataclasses import dataclass

from changebook.book import Book
from changebook.model import Change, Kind, Team
from changebook.model.contract import Exchange
from changebook.model.kinds import Part
from changebook.views.announcement import AnnouncementPage, announcement_page
from changebook.views.change import Asked, Rule, Seen, Symptom, asked, rules, seen, symptoms
from changebook.views.contacts import Contact, contacts
from changebook.views.contract import ExchangeView, exchanges
from changebook.views.desk import Response, responses_of
from changebook.views.parts import LACKING, is_written
from changebook.views.support_tests import Script, support_script
from changebook.views.timing import day_words, duration_words

Line = tuple[str, str]


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
    decided_by: Team | None
    reviewed_by: Team | None


def artifact_page(book: Book, change: Change) -> ArtifactPage:
    """Return the artifact that the kind of `change` asks for."""
    kind, teams = book.desk.kinds[change.kind], book.desk.teams
    contract = exchanges(book, change)
    limits = [(f"{item.source.name} to {item.target.name}", limits_of(item.record)) for item in contract]
    versions = [(item.record, f"{item.source.name} to {item.target.name}") for item in contract]
    return ArtifactPage(
        change=change,
        kind=kind,
        parts=[_part(name, title, change) for name, title in kind.artifact.parts.items()],
        seen=seen(book, change),
        asked=asked(book, change),
        exchanges=contract,
        limits=[(name, found) for name, found in limits if found],
        versions=[(name, _version(book, record)) for record, name in versions if record.version],
        script=support_script(book, change),
        symptoms=symptoms(book, change),
        responses=responses_of(book, change),
        announcement=announcement_page(book, change),
        rules=rules(book, change),
        contacts=contacts(book, change),
        decided_by=teams[change.rollback.decided_by] if change.rollback and change.rollback.decided_by else None,
        reviewed_by=teams[change.compliance.reviewed_by] if change.compliance else None,
    )


def limits_of(exchange: Exchange) -> list[Line]:
    """Return how an exchange behaves at its limits: what is waited for, tried again, missing, normal, refused."""
    found: list[tuple[str, str | None]] = [
        ("Timeout", duration_words(exchange.timeout) if exchange.timeout else None),
        ("Retry", exchange.retry),
        ("A field is missing", exchange.missing_field),
        ("Failure that is normal", exchange.normal_failure),
        *(("A message must meet", rule) for rule in exchange.validation),
    ]
    return [(name, text) for name, text in found if text]


def _part(name: Part, title: str, change: Change) -> PartLine:
    lacking, key = ("", "") if is_written(name, change) else LACKING[name]
    return PartLine(name, title, lacking, key)


def _version(book: Book, exchange: Exchange) -> str:
    version = exchange.version
    if not version:
        return ""
    until = f" {version.old} answers until {day_words(version.old_until, book.now)}." if version.old_until else ""
    return f"{version.old} becomes {version.new}.{until}"
