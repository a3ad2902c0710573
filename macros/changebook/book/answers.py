"""The answers of a change's contract, each with its place on the contract's page."""

from __future__ import annotations

from collections.abc import Iterator

from changebook.model import Change
from changebook.model.contract import Answer, Exchange
from changebook.names import answer_anchor


def answers_at(change: Change) -> Iterator[tuple[Exchange, Answer, str]]:
    """Yield each answer of a change with its exchange and its anchor.

    Of exchanges that share a code, the first has the anchor of the code alone, so that links to it stay.
    """
    seen: set[str] = set()
    for exchange in change.contract:
        for answer in exchange.answers:
            anchor = answer_anchor(answer.code)
            yield exchange, answer, answer_anchor(answer.code, exchange.exchange) if anchor in seen else anchor
            seen.add(anchor)
