"""What a code leads to in a playbook: the check that names it, what its result has the desk do, and whom it calls."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from changebook.names import comparable
from changebook.render.prose import plain_prose
from changebook.views.calls import Call
from changebook.views.duty import Rota, hours_told
from changebook.views.playbook import CheckRow, OutcomeRow, PlaybookPage

# By the letters of a code: what differs from the playbook's card, and `at`, the number of the check that names it.
CardsOfCodes = dict[str, dict[str, Any]]


def codes_named(page: PlaybookPage, codes: Iterable[str]) -> CardsOfCodes:
    """Return, by the letters of each of `codes` that a check names, what a playbook's card says when it opens it.

    Where several checks name a code, it is the one with a result of that name.
    """
    found: CardsOfCodes = {}
    for code in codes:
        if at := _named(page, code):
            number, _, outcome = at
            calls = call_card(outcome.call) if outcome and outcome.call else {}
            found.setdefault(comparable(code), {"at": number, "do": _said(page, *at), **calls})
    return found


def _named(page: PlaybookPage, code: str) -> tuple[int, CheckRow, OutcomeRow | None] | None:
    """Return the check that names a code, with its number and the result that does; None where no check does."""
    named = re.compile(rf"(?<![\w-]){re.escape(code)}(?!-?\w)")
    rows = [(number, check, outcome) for number, check in enumerate(page.checks, 1) for outcome in check.outcomes]
    by_sign = (row for row in rows if named.search(row[2].sign))
    by_do = (row for row in rows if named.search(row[2].do))
    by_check = ((number, check, None) for number, check in enumerate(page.checks, 1) if named.search(check.do))
    return next(by_sign, None) or next(by_do, None) or next(by_check, None)


def _said(page: PlaybookPage, number: int, check: CheckRow, outcome: OutcomeRow | None) -> str:
    """Return a check as one line, with one result of it: `Search again. LKP-504: wait one minute; then check 4.`"""
    if not outcome:
        return plain_prose(check.do)
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
