"""Waivers: a gap that is accepted until a day, for a reason, by somebody else than the owner."""

from __future__ import annotations

from collections.abc import Iterator

from changebook.book import Book
from changebook.model import Change
from changebook.model.evidence import Waiver
from changebook.names import did_you_mean
from changebook.readiness.gap import Gap, gap
from changebook.readiness.hollow import is_hollow

# What gaps are called, before the stroke that says which one.
NAMES = (
    *("affects-nobody", "announcement-missing", "answer-missing", "board-after-window", "briefing-late"),
    *("briefing-not-held", "briefing-old", "briefing-recording", "callers-words-missing", "card-too-long"),
    *(
        "compliance-not-reviewed",
        "compliance-old",
        "compliance-own",
        "decision-against",
        "decision-ahead",
        "decision-late",
        "decision-old",
        "decision-pending",
    ),
    *(
        "decision-reason",
        "hollow",
        "key-shared",
        "late",
        "placeholder",
        "playbook-thin",
        "rehearsal-ahead",
        "rehearsal-misfiled",
        "rehearsal-missing",
    ),
    *("rehearsal-old", "rehearsal-unclear", "review-past", "rollback-open", "section-missing", "sentence-escalation"),
    *("sentence-long", "sentence-several", "test-acceptance", "test-article", "test-expectation", "test-missing"),
    *("test-not-passed", "test-not-repeated", "test-old", "test-slow", "test-unanswered", "waiver-own"),
    *("waiver-unknown", "watch-normal", "window-passed"),
    *("jargon", "robotic", "vague"),
)


def gap_waivers(change: Change, book: Book) -> Iterator[Gap]:
    """A waiver names a gap as the gate does, and another team than the owner approves it: `waiver-unknown/GAP`,
    `waiver-own/GAP`.
    """
    for number, waiver in enumerate(change.waivers):
        if (kind := waiver.gap.partition("/")[0]) not in NAMES:
            message = f"waivers[{number}].gap: no gap is called {kind!r}; {did_you_mean(kind, NAMES)}"
            yield gap(change, book, f"waiver-unknown/{kind}", ("waivers", number, "gap"), message)
        if waiver.approver == change.owner:
            message = f"waivers[{number}].approver: {waiver.approver!r} owns the change; have another team approve it"
            yield gap(change, book, f"waiver-own/{waiver.gap}", ("waivers", number, "approver"), message)


def waiver_of(found: Gap, change: Change, book: Book) -> Waiver | None:
    """Return the waiver that holds for a gap today, or None."""
    today = book.now.date()
    for waiver in change.waivers:
        sound = waiver.approver != change.owner and not is_hollow(waiver.reason)
        if waiver.gap == found.name and sound and waiver.expires >= today:
            return waiver
    return None


def expired_waiver(found: Gap, change: Change, book: Book) -> Waiver | None:
    """Return a waiver of this gap that no longer holds because its last day has passed, or None."""
    past = (waiver for waiver in change.waivers if waiver.gap == found.name and waiver.expires < book.now.date())
    return next(past, None)
