"""Gaps in a change's playbooks, each read together with the general one, as analysts read it."""

from __future__ import annotations

from collections.abc import Iterator

from changebook.book import Book
from changebook.book.folding import still_different
from changebook.language import gettext as _
from changebook.model import Change
from changebook.model.playbook import MOST_CHECKS, TOLD
from changebook.readiness.gap import Gap, gap
from changebook.readiness.rules import gap_rule


@gap_rule("callers-words-missing")
def gap_callers_words(change: Change, book: Book) -> Iterator[Gap]:
    """Every playbook of a change has its own callers' words, so search finds it: `callers-words-missing/SCENARIO`."""
    for number, (own, playbook) in enumerate(change.playbooks_by_id().items()):
        if not playbook.callers_say:
            said, where = _("no callers' words; write what callers will say"), f"playbooks[{number}].callers_say"
            name = f"callers-words-missing/{own}"
            yield gap(change, book, name, ("playbooks", number), said, where=where)


@gap_rule("playbook-thin")
def gap_playbooks(change: Change, book: Book) -> Iterator[Gap]:
    """Every playbook of a change, together with the general one, has a workaround, says when to ask for a rollback,
    and how often callers hear from the desk at severity 1 and 2: `playbook-thin/SCENARIO.KEY`.
    """
    for number, (name, own) in enumerate(change.playbooks_by_id().items()):
        standing = book.desk.scenarios.get(own.scenario)
        if not standing:
            continue
        silent = [item for item in (*own.severity, *standing.severity) if item.level <= TOLD and not item.cadence]
        lacking = {
            "workaround": "" if own.workaround or standing.workaround else _("write what callers can do meanwhile"),
            "rollback": ""
            if own.rollback or standing.rollback
            else _("write when to ask for a rollback and who decides"),
            "cadence": _("say how often callers hear from the desk when {when!r}", when=silent[0].when)
            if silent
            else "",
        }
        for key, remedy in lacking.items():
            if remedy:
                said = _("no {key}, here or in the general playbook; {remedy}", key=_(key), remedy=remedy)
                yield gap(change, book, f"playbook-thin/{name}.{key}", ("playbooks", number), said)


@gap_rule("checks-too-many", own=True)
def gap_checks(change: Change, book: Book) -> Iterator[Gap]:
    """A playbook of a change has at most seven checks, together with those of the general one:
    `checks-too-many/SCENARIO`.
    """
    for number, (name, own) in enumerate(change.playbooks_by_id().items()):
        standing = book.desk.scenarios.get(own.scenario)
        checks = still_different(own, standing).checks if standing else ()
        both = len(checks) + len(standing.checks) if standing and checks else 0
        if both > MOST_CHECKS:
            standing_too = _(
                "{own} here and {general} in the general playbook", own=len(checks), general=both - len(checks)
            )
            said = _(
                "{standing_too} are {both}, and {most} is the most; drop one, or combine two",
                standing_too=standing_too,
                both=both,
                most=MOST_CHECKS,
            )
            yield gap(change, book, f"checks-too-many/{name}", ("playbooks", number, "checks"), said)
