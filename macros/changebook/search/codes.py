"""What a code leads to in a playbook: the check that names it, what its result has the desk do, and whom it calls."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from changebook.model.contract import DeskAnswer
from changebook.names import comparable
from changebook.render.prose import plain_prose
from changebook.views.calls import Call
from changebook.views.duty import Rota, hours_told
from changebook.views.playbook import CheckRow, OutcomeRow, PlaybookPage

_Row = tuple[int, CheckRow, OutcomeRow]  # a check's number, the check, one of its results
# By the letters of a code: what differs from the playbook's card, and `at`, the number of the check that names it.
CardsOfCodes = dict[str, dict[str, Any]]


def codes_named(page: PlaybookPage, codes: Iterable[str], answers: Mapping[str, DeskAnswer]) -> CardsOfCodes:
    """Return, by the letters of each of `codes` that a check names, what a playbook's card says when it opens it.

    A result of that name decides what is done. A check that only asks about the code leaves that open: there the
    contract says what is done and when that is a defect, one of `answers` by their codes; without one, the check.
    """
    found: CardsOfCodes = {}
    rows = [(number, check, outcome) for number, check in enumerate(page.checks, 1) for outcome in check.outcomes]
    told = "\n".join([*(check.do for check in page.checks), *(f"{row[2].sign}\n{row[2].do}" for row in rows)])
    for code in (code for code in codes if code in told):  # most codes are in no check
        named = re.compile(rf"(?<![\w-]){re.escape(code)}(?!-?\w)")
        if at := _result(rows, named):
            number, check, outcome = at
            calls = call_card(outcome.call) if outcome.call else {}
            found.setdefault(comparable(code), {"at": number, "do": _said(page, number, check, outcome), **calls})
        elif number := next((number for number, check in enumerate(page.checks, 1) if named.search(check.do)), 0):
            answer = answers.get(code)
            says = {"do": plain_prose(answer.action if answer else page.checks[number - 1].do)}
            if answer and answer.defect_when:
                says["when"] = plain_prose(answer.defect_when)
            found.setdefault(comparable(code), {"at": number, **says})
    return found


def _result(rows: list[_Row], named: re.Pattern[str]) -> _Row | None:
    """Return the first result that names a code, with its check; None where none does, or its check asks for it."""
    rows = [row for row in rows if not named.search(row[1].do)]
    by_sign = (row for row in rows if named.search(row[2].sign))
    by_do = (row for row in rows if named.search(row[2].do))
    return next(by_sign, None) or next(by_do, None)


def _said(page: PlaybookPage, number: int, check: CheckRow, outcome: OutcomeRow) -> str:
    """Return a check as one line, with one result of it: `Search again. LKP-504: wait one minute; then check 4.`"""
    leads = outcome.verb
    if outcome.playbook:
        leads = f"go to {outcome.playbook.title}"
    elif outcome.verb == "next" and number < len(page.checks):
        leads = f"then check {number + 1}"
    does = plain_prose(outcome.do).rstrip(".")
    return f"{plain_prose(check.do)} {plain_prose(outcome.sign)}: {'; '.join(filter(None, (does, leads)))}."


def call_card(call: Call) -> dict[str, Any]:
    """Return whom a card calls, and when."""
    return {"duty": duty_card(call.rota), "when": plain_prose(call.reasons[0].value.when)}


def duty_card(rota: Rota) -> dict[str, Any]:
    """Return what a browser needs to say who answers, and what it says where it cannot tell."""
    return {
        "line": rota.ids,
        "queue": rota.queue,
        "within": rota.within,
        "hours": " ".join(hours_told(rota)),
    }
