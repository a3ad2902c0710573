"""The data contract as an analyst looks codes up in it."""

from __future__ import annotations

from dataclasses import dataclass

from changebook.book import Book
from changebook.book.answers import answers_at
from changebook.language import gettext as _
from changebook.model import Change, System
from changebook.model.contract import Answer, Exchange
from changebook.render.timing import day_words, duration_words
from changebook.views.guidance import Link, playbook_link
from changebook.views.versions import endings

LabeledText = tuple[str, str]


@dataclass(frozen=True)
class AnswerRow:
    """One answer: its place on the page, its playbook, and the other exchanges that answer with its code."""

    answer: Answer
    anchor: str
    playbook: Link | None
    same: tuple[Link, ...]


@dataclass(frozen=True)
class ExchangeView:
    """One exchange: its two systems, its answers, which version replaces which, and how it behaves at its limits."""

    record: Exchange
    anchor: str
    source: System
    target: System
    answers: list[AnswerRow]
    version: str
    limits: list[LabeledText]

    @property
    def name(self) -> str:
        """Return which system asks which."""
        return _("{source} to {target}", source=self.source.name, target=self.target.name)

    @property
    def terms(self) -> list[LabeledText]:
        """Return all that holds for the exchange: its version, then its limits."""
        return [(_("Version"), self.version), *self.signs_in, *self.limits] if self.version else self.limits

    @property
    def signs_in(self) -> list[LabeledText]:
        """Return how callers sign in to the new version, where that changes."""
        said = self.record.version and self.record.version.credentials
        return [(_("Credentials"), said)] if said else []


def exchanges(book: Book, change: Change) -> list[ExchangeView]:
    """Return a change's exchanges, in the record's order."""
    systems = book.desk.systems
    return [
        ExchangeView(
            record=exchange,
            anchor=f"exchange-{exchange.exchange}",
            source=systems[exchange.from_],
            target=systems[exchange.to],
            answers=[_row(book, change, exchange, answer) for answer in exchange.answers],
            version=_version(book, exchange),
            limits=_limits(exchange),
        )
        for exchange in change.contract
    ]


def _row(book: Book, change: Change, exchange: Exchange, answer: Answer) -> AnswerRow:
    systems = book.desk.systems
    same = tuple(
        Link(_("{source} to {target}", source=systems[other.from_].name, target=systems[other.to].name), f"#{anchor}")
        for other, one, anchor in answers_at(change)
        if one.code == answer.code and other is not exchange
    )
    anchor = next(anchor for _exchange, one, anchor in answers_at(change) if one is answer)
    return AnswerRow(answer, anchor, _link(book, change, answer), same)


def _link(book: Book, change: Change, answer: Answer) -> Link | None:
    if not answer.desk or not answer.desk.scenario:
        return None
    return playbook_link(book, answer.desk.scenario, change=change, code=answer.code)


def _version(book: Book, exchange: Exchange) -> str:
    version = exchange.version
    if not version:
        return ""
    begins = version.new_from
    verb = _("answers") if begins and begins <= book.now.date() else _("will answer")
    said = (
        [_("{new} {verb} from {day}.", new=version.new, verb=verb, day=day_words(begins, book.now))] if begins else []
    )
    return " ".join(
        [
            _("{old} becomes {new}.", old=version.old, new=version.new),
            *said,
            *endings(version, book.now, words=day_words),
        ]
    )


def _limits(exchange: Exchange) -> list[LabeledText]:
    """Return what is waited for, tried again, missing, normal."""
    found: list[tuple[str, str | None]] = [
        (_("Timeout"), duration_words(exchange.timeout) if exchange.timeout else None),
        (_("Retry"), exchange.retry),
        (_("A field is missing"), exchange.missing_field),
        (_("Normal failure rate"), exchange.normal_failure),
    ]
    return [(name, text) for name, text in found if text]
