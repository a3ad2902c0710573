"""What the shape of a launch suggests, in one sentence, by a rule that anybody can check."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from changebook.language import gettext as _
from changebook.tickets.figures import (
    Lot,
    escalation_rate,
    preventable_share,
    repeat_rate,
    time_to_classify,
)
from changebook.tickets.rounding import rounded

# Of fewer tickets no share says anything.
PATTERN = 10


@dataclass(frozen=True)
class Suggestion:
    """What a launch looks like: the sentence, and the title and the words of the rule that made it."""

    sentence: str
    title: str
    rule: str


def shape_of(lot: Lot, before: Lot | None) -> Suggestion:
    """Return what the tickets of a launch suggest beside those `before` it: the first rule that fits speaks."""
    if len(lot.tickets) < PATTERN:
        few = _(
            "Too few to show a pattern: {count} of {least} tickets.",
            count=len(lot.tickets),
            least=PATTERN,
        )
        return Suggestion(few, _("Too few"), "")
    for title, rule in SHAPES:
        if sentence := rule(lot, before):
            return Suggestion(sentence, _(title), _(rule_words(rule)))
    return Suggestion(_("The figures show no single reason for the tickets."), _("No pattern"), "")


def rule_words(rule: Callable[..., object]) -> str:
    """Return a rule in words, as the handbook and the pages have it."""
    return " ".join((inspect.getdoc(rule) or "").split())


def unclear_ownership(lot: Lot, before: Lot | None) -> str:
    """At least half of the tickets are escalated, or classifying them takes twice as long as before and over 30
    minutes. Then nobody knew whose they were.
    """
    escalated, took = escalation_rate(lot), time_to_classify(lot)
    if escalated.known >= PATTERN and escalated.part and escalated.part * 2 >= escalated.known:
        return _(
            "Unclear ownership: {part} of {known} tickets were escalated.", part=escalated.part, known=escalated.known
        )
    usual = time_to_classify(before).value if before else None
    if took.value and usual and took.known >= PATTERN and took.value > 30 and took.value >= 2 * usual:
        minutes, usual_minutes = rounded(took.value), rounded(usual)
        return _(
            "Unclear ownership: classifying a ticket took {minutes} minutes, before the launch {usual_minutes}.",
            minutes=minutes,
            usual_minutes=usual_minutes,
        )
    return ""


def missing_documentation(lot: Lot, before: Lot | None) -> str:
    """For at least half of the tickets, nothing that answered them was published: neither the change's playbook nor a
    general one. A ticket that leads to no playbook counts too; one whose playbook nobody can date does not.
    """
    undated = sum(bool(ticket.playbook and not ticket.answered_by) for ticket in lot.tickets)
    known, answered = len(lot.tickets) - undated, preventable_share(lot).part or 0
    without = known - answered
    if known < PATTERN or without * 2 < known:
        return ""
    return _(
        "Missing documentation: {without} of {known} tickets had no published playbook.", without=without, known=known
    )


def poor_error_handling(lot: Lot, before: Lot | None) -> str:
    """At least a quarter of the tickets are repeats, or two thirds of them lead to one playbook. Then people hit the
    same error again and again.
    """
    repeats = repeat_rate(lot)
    if repeats.known >= PATTERN and repeats.part and repeats.part * 4 >= repeats.known:
        return _("Poor error handling: {part} of {known} tickets are repeats.", part=repeats.part, known=repeats.known)
    codes = Counter(ticket.playbook for ticket in lot.tickets if ticket.playbook not in ("", lot.playbook))
    code, most = codes.most_common(1)[0] if codes else ("", 0)
    if most * 3 >= len(lot.tickets) * 2:
        return _(
            "Poor error handling: {most} of {count} tickets lead to {code}.",
            most=most,
            count=len(lot.tickets),
            code=code,
        )
    return ""


SHAPES: tuple[tuple[str, Callable[[Lot, Lot | None], str]], ...] = (
    ("Unclear ownership", unclear_ownership),
    ("Missing documentation", missing_documentation),
    ("Poor error handling", poor_error_handling),
)
