"""The data contract as an analyst looks codes up in it."""

from __future__ import annotations

from dataclasses import dataclass

from changebook.book import Book
from changebook.model import Change, System
from changebook.model.contract import Answer, Exchange
from changebook.views.playbook import Link, playbook_link


@dataclass(frozen=True)
class ExchangeView:
    """One exchange: its two systems, and each answer with the playbook it leads to."""

    record: Exchange
    anchor: str
    source: System
    target: System
    answers: list[tuple[Answer, Link | None]]


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
        )
        for exchange in change.contract
    ]


def _link(book: Book, change: Change, answer: Answer) -> Link | None:
    if not answer.desk or not answer.desk.scenario:
        return None
    return playbook_link(book, answer.desk.scenario, change)
