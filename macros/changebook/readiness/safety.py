"""Gaps in what another team has to look at: privacy and audit, clinical safety, and a desk that would not know harm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change
from changebook.readiness.aging import aged, aged_due, since
from changebook.readiness.gap import Gap, closer, gap, team_name
from changebook.readiness.rules import gap_rule

# What another team does, and what is said where the owner did it, where nobody did, and where it is old.
_ASKED = {
    "compliance": (
        "review",
        "{team} owns the change; have another team review it",
        "not reviewed yet; add the date when it is",
        "{since}, after the review; have it reviewed again",
    ),
    "safety": (
        "assess",
        "{team} owns the change; have another team assess it",
        "not assessed yet; add the date when it is",
        "{since}, after the assessment; have it assessed again",
    ),
}


@gap_rule("compliance-own", "compliance-not-reviewed", "compliance-old")
def gap_compliance(change: Change, book: Book) -> Iterator[Gap]:
    """Privacy and audit are reviewed by a team other than the owner, with the date, and a change that is revised
    is reviewed again: `compliance-own`, `compliance-not-reviewed`, `compliance-old`.
    """
    if review := change.compliance:
        yield from _looked_at(change, book, "compliance", review.at)


@gap_rule("safety-own", "safety-not-assessed", "safety-old", "safety-harm", firm=("safety-decision",))
def gap_safety(change: Change, book: Book) -> Iterator[Gap]:
    """Clinical safety is assessed by a team other than the owner, with the date, and accepted; a change that is
    revised is assessed again; where there are hazards, `harm` in the book's settings tells the desk which words mean
    possible harm, whom to call and where to report it: `safety-own`, `safety-not-assessed`, `safety-old`,
    `safety-harm`, `safety-decision`.
    """
    safety = change.safety
    if not safety:
        return
    yield from _looked_at(change, book, "safety", safety.at)
    if safety.decision != "accepted":
        said = _("{decision!r}; nothing goes live before it is accepted", decision=_(safety.decision.replace("-", " ")))
        yield gap(change, book, "safety-decision", ("safety", "decision"), said)
    if safety.hazards and not book.desk.settings.harm:
        said = _("the desk has no words for possible harm; add 'harm' to desk/book.yaml")
        yield gap(change, book, "safety-harm", ("safety", "hazards"), said)


def _looked_at(change: Change, book: Book, section: str, at: date | None) -> Iterator[Gap]:
    """Yield the gaps in what another team did on the day `at`."""
    verb, own, not_yet, again = _ASKED[section]
    if closer(change, section) == change.owner:
        said = _(own, team=team_name(change.owner, book))
        yield gap(change, book, f"{section}-own", (section, f"{verb}ed_by"), said)
    if not at or at > book.now.date():
        yield gap(change, book, f"{section}-not-{verb}ed", (section,), _(not_yet), where=f"{section}.at")
    elif aged(at, change):
        said, due = _(again, since=since(change)), aged_due(change, book, section)
        yield gap(change, book, f"{section}-old", (section, "at"), said, due=due)
