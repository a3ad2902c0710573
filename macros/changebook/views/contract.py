"""The data contract as an analyst looks codes up in it."""

from __future__ import annotations

from dataclasses import dataclass

from changebook.book import Book
from changebook.model import Change, System
from changebook.model.contract import Answer, Exchange
from changebook.render.timing import day_words, duration_words
from changebook.views.playbook import Link, playbook_link

LabeledText = tuple[str, str]


@dataclass(frozen=True)
class ExchangeView:
    """One exchange: its two systems, each answer with the playbook it leads to, which version replaces which, and how
    it behaves at its limits.
    """

    record: Exchange
    anchor: str
    source: System
    target: System
    answers: list[tuple[Answer, Link | None]]
    version: str
    limits: list[LabeledText]

    @property
    def name(self) -> str:
        """Return which system asks which."""
        return f"{self.source.name} to {self.target.name}"

    @property
    def terms(self) -> list[LabeledText]:
        """Return all that holds for the exchange: its version, then its limits."""
        return [("Version", self.version), *self.limits] if self.version else self.limits


def exchanges(book: Book, change: Change) -> list[ExchangeView]:
    """Return a change's exchanges, in the record's order."""
    systems = book.desk.systems
    return [
        ExchangeView(
            record=exchange,
            anchor=f"exchange-{exchange.exchange}",
            source=systems[exchange.from_],
            target=systems[exchange.to],
            answers=[(answer, _link(book, change, answer)) for answer in exchange.answers],
            version=_version(book, exchange),
            limits=_limits(exchange),
        )
        for exchange in change.contract
    ]


def _link(book: Book, change: Change, answer: Answer) -> Link | None:
    if not answer.desk or not answer.desk.scenario:
        return None
    return playbook_link(book, answer.desk.scenario, change=change)


def _version(book: Book, exchange: Exchange) -> str:
    version = exchange.version
    if not version:
        return ""
    until = f" {version.old} answers until {day_words(version.old_until, book.now)}." if version.old_until else ""
    return f"{version.old} becomes {version.new}.{until}"


def _limits(exchange: Exchange) -> list[LabeledText]:
    """Return what is waited for, tried again, missing, normal, refused."""
    found: list[tuple[str, str | None]] = [
        ("Timeout", duration_words(exchange.timeout) if exchange.timeout else None),
        ("Retry", exchange.retry),
        ("A field is missing", exchange.missing_field),
        ("Normal failure rate", exchange.normal_failure),
        *(("Message rule", rule) for rule in exchange.validation),
    ]
    return [(name, text) for name, text in found if text]
