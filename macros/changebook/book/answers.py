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


def playbook_named(change: Change, name: str, *, code: str) -> str:
    """Return the id of the playbook of a change that `code` leads to, among those of the scenario `name`: the one that
    names it, else the first.
    """
    of_it = ((one, own) for one, own in change.playbooks_by_id().items() if own.scenario == name)
    return next((one for one, own in of_it if code in own.codes), name)


def answered_codes(change: Change, name: str) -> tuple[str, ...]:
    """Return the codes of a change's contract that lead to its playbook with the id `name`, in the contract's order."""
    answers = (answer for exchange in change.contract for answer in exchange.answers if answer.desk)
    leading = ((answer.code, answer.desk.scenario) for answer in answers if answer.desk and answer.desk.scenario)
    return tuple(code for code, scenario in leading if playbook_named(change, scenario, code=code) == name)
