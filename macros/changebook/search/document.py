"""One page or answer as search sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from changebook.book import Book
from changebook.model import Change
from changebook.model.contract import Answer


@dataclass(frozen=True)
class Document:
    """One page or answer.

    `fields` are its texts by where they are (`callers`, `codes`, `title`, `seen`, `former`, `name`, `about`,
    `body`),
    `keys` the codes, alerts and queues that lead to it outright, `card` what a list of results shows of it. `opens` is
    the address of the playbook that a code opens.
    """

    kind: str
    address: str
    title: str
    fields: dict[str, tuple[str, ...]]
    card: dict[str, Any]
    change: str = ""
    scenario: str = ""
    severity: int = 0
    keys: tuple[str, ...] = ()
    opens: str = ""


@dataclass(frozen=True)
class Documents:
    """All documents of a book: those that answer a symptom, and everything else. `cards` is what every result under a
    change shows of it, by the change's id.
    """

    changes: list[Change]
    symptoms: Sequence[Document]
    more: Sequence[Document]
    cards: Mapping[str, dict[str, Any]]


def partner_names(book: Book, change: Change) -> tuple[str, ...]:
    """Return the names of the partners a change affects: callers say whose system it is."""
    return tuple(book.desk.partners[name].name for name in change.affects.partners)


def answers_of(change: Change) -> Iterator[Answer]:
    """Yield the answers of all exchanges of a change."""
    for exchange in change.contract:
        yield from exchange.answers
