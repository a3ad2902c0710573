"""Gaps in clinical safety: an assessment that is missing, old or not accepted, and a desk that would not know harm."""

from __future__ import annotations

from collections.abc import Iterator

from changebook.book import Book
from changebook.model import Change
from changebook.readiness.aging import aged, aged_due, since
from changebook.readiness.gap import Gap, gap, team_name
from changebook.readiness.rules import gap_rule


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
    if safety.assessed_by == change.owner:
        said = f"{team_name(change.owner, book)} owns the change; have another team assess it"
        yield gap(change, book, "safety-own", ("safety", "assessed_by"), said)
    if not safety.at or safety.at > book.now.date():
        said = "not assessed yet; add the date when it is"
        yield gap(change, book, "safety-not-assessed", ("safety",), said, where="safety.at")
    elif aged(safety.at, change):
        said, due = f"{since(change)}, after the assessment; have it assessed again", aged_due(change, book, "safety")
        yield gap(change, book, "safety-old", ("safety", "at"), said, due=due)
    if safety.decision != "accepted":
        said = f"{safety.decision.replace('-', ' ')!r}; nothing goes live before it is accepted"
        yield gap(change, book, "safety-decision", ("safety", "decision"), said)
    if safety.hazards and not book.desk.settings.harm:
        said = "the desk has no words for possible harm; add 'harm' to desk/book.yaml"
        yield gap(change, book, "safety-harm", ("safety", "hazards"), said)
