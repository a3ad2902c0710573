"""What a code leads to in a playbook: the check that names it, what its result has the desk do, and whom it calls."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from changebook.language import gettext as _
from changebook.model.contract import DeskAnswer
from changebook.names import comparable
from changebook.render.prose import plain_prose
from changebook.views.calls import Call
from changebook.views.duty import Rota, hours_told
from changebook.views.guidance import CheckRow, OutcomeRow

_Row = tuple[int, CheckRow, OutcomeRow]  # a check's number, the check, one of its results
# By the letters of a code: what differs from the playbook's card, and `at`, the number of the check that names it.
CardsOfCodes = dict[str, dict[str, Any]]


def codes_named(checks: list[CheckRow], codes: Iterable[str], answers: Mapping[str, DeskAnswer]) -> CardsOfCodes:
    """Return, by the letters of each of `codes` that a check names, what a playbook's card says when it opens it.

    A result of that name decides what is done. A check that only asks about the code leaves that open: there the
    contract says what is done and when that is a defect, one of `answers` by their codes; without one, the check.
    """
    found: CardsOfCodes = {}
    results = [text for check in checks for row in check.outcomes for text in (row.sign, row.do)]
    told = "\n".join([*(check.do for check in checks), *results])
    for code in (code for code in codes if code in told):  # most codes are in no check
        naming = [(number, check) for number, check in enumerate(checks, 1) if _names(check.do, code)]
        if at := _result(checks, code):
            number, check, outcome = at
            calls = call_card(outcome.call) if outcome.call else {}
            found.setdefault(comparable(code), {"at": number, "do": _said(at, last=len(checks)), **calls})
        elif naming:
            number, check = naming[0]
            answer = answers.get(code)
            says = {"do": plain_prose(answer.action if answer else check.do)}
            if answer and answer.defect_when:
                says["when"] = plain_prose(answer.defect_when)
            found.setdefault(comparable(code), {"at": number, **says})
    return found


def _names(text: str, code: str) -> bool:
    """Return whether `text` has `code` as a word."""
    return code in text and bool(re.search(rf"(?<![\w-]){re.escape(code)}(?!-?\w)", text))


def _result(checks: list[CheckRow], code: str) -> _Row | None:
    """Return the first result that names a code, with its check; None where none does, or its check asks for it."""
    rows = [
        (number, check, outcome)
        for number, check in enumerate(checks, 1)
        if not _names(check.do, code)
        for outcome in check.outcomes
    ]
    by_sign = (row for row in rows if _names(row[2].sign, code))
    by_do = (row for row in rows if _names(row[2].do, code))
    return next(by_sign, None) or next(by_do, None)


def _said(row: _Row, *, last: int) -> str:
    """Return a check as one line, with one result of it: `Search again. LKP-504: wait one minute; then check 4.`"""
    number, check, outcome = row
    leads = _(outcome.verb)
    if outcome.playbook:
        leads = _("go to {playbook}", playbook=outcome.playbook.title)
    elif outcome.verb == "next" and number < last:
        leads = _("then check {number}", number=number + 1)
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
