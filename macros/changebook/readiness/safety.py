"""Gaps in what another team has to look at: privacy and audit, clinical safety, and a desk that would not know harm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from changebook.book import Book
from changebook.model import Change
from changebook.readiness.aging import aged, aged_due, since
from changebook.readiness.gap import Gap, closer, gap, team_name
from changebook.readiness.rules import gap_rule


@gap_rule("compliance-own", "compliance-not-reviewed", "compliance-old")
def gap_compliance(change: Change, book: Book) -> Iterator[Gap]:
    """Privacy and audit are reviewed by a team other than the owner, with the date, and a change that is revised
    is reviewed again: `compliance-own`, `compliance-not-reviewed`, `compliance-old`.
    """
    if review := change.compliance:
        yield from _looked_at(change, book, "compliance", review.at, ("review", "review"))


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
    yield from _looked_at(change, book, "safety", safety.at, ("assess", "assessment"))
    if safety.decision != "accepted":
        said = f"{safety.decision.replace('-', ' ')!r}; nothing goes live before it is accepted"
        yield gap(change, book, "safety-decision", ("safety", "decision"), said)
    if safety.hazards and not book.desk.settings.harm:
        said = "the desk has no words for possible harm; add 'harm' to desk/book.yaml"
        yield gap(change, book, "safety-harm", ("safety", "hazards"), said)


def _looked_at(change: Change, book: Book, section: str, at: date | None, words: tuple[str, str]) -> Iterator[Gap]:
    """Yield the gaps in what another team did on the day `at`; `words` are what it does and what that is called."""
    verb, noun = words
    if closer(change, section) == change.owner:
        said = f"{team_name(change.owner, book)} owns the change; have another team {verb} it"
        yield gap(change, book, f"{section}-own", (section, f"{verb}ed_by"), said)
    if not at or at > book.now.date():
        said = f"not {verb}ed yet; add the date when it is"
        yield gap(change, book, f"{section}-not-{verb}ed", (section,), said, where=f"{section}.at")
    elif aged(at, change):
        said, due = f"{since(change)}, after the {noun}; have it {verb}ed again", aged_due(change, book, section)
        yield gap(change, book, f"{section}-old", (section, "at"), said, due=due)
