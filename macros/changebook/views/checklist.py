"""How ready support is for a change: seven checkpoints, each derived from its record, and their meter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from changebook.book import Book
from changebook.model import Change, Team
from changebook.readiness import CHECKPOINTS, Gap, Waived, by_due, is_late, is_settled, passes, readiness
from changebook.render.timing import day_words, time_words

CheckState = Literal["met", "gap", "owed", "waived", "waiting", "unneeded"]


@dataclass(frozen=True)
class CheckLine:
    """One checkpoint: its state and the words for it, what the record shows, what is open, who closes it first.

    What is open is in the order of its dates; `closer` closes the first of it.
    """

    checkpoint: str
    state: CheckState
    words: str
    evidence: str
    gaps: tuple[Gap, ...]
    owed: tuple[Gap, ...]
    waiting: tuple[Gap, ...]
    waived: tuple[Waived, ...]
    closer: Team | None


@dataclass(frozen=True)
class Meter:
    """The states of the seven checkpoints in their order, and the words for the whole."""

    states: tuple[CheckState, ...]
    words: str
    gaps: int


def checklist(book: Book, change: Change) -> list[CheckLine]:
    """Return the checkpoints of a change, in their fixed order."""
    return [_line(book, change, checkpoint) for checkpoint in CHECKPOINTS]


def meter_of(book: Book, change: Change) -> Meter | None:
    """Return how ready support is for `change`, None for a change that needs no readiness any more."""
    if is_settled(change, book):
        return None
    state = readiness(book)[change.id]
    late = sum(is_late(gap, book) for gap in state.gaps)
    states = tuple(line.state for line in checklist(book, change))
    owed = owed_words(state.owed, book.now)
    return Meter(states, _words(states, len(state.gaps), late, owed), len(state.gaps))


def owed_words(owed: tuple[Gap, ...], now: datetime, *, form: str = "{}") -> str:
    """Return how much a change owes and by when, as `form` holds it: `9 owed by Fri 4 Dec`; nothing if it owes none."""
    due = next((item.due for item in owed if item.due), None)
    return form.format(f"{len(owed)} owed by {day_words(due, now)}") if due else ""


def _words(states: tuple[CheckState, ...], gaps: int, late: int, owed: str) -> str:
    if gaps:
        counted = f"{gaps} gap{'s' if gaps > 1 else ''}{f', {late} late' if late else ''}"
        return ", ".join(filter(None, (counted, owed)))
    if owed:
        return owed
    waived, waiting = states.count("waived"), states.count("waiting")
    later = f"checkpoint{'s' if waiting > 1 else ''} not yet due"
    rest = [f"{number} {word}" for number, word in ((waived, "waived"), (waiting, later)) if number]
    return f"No gaps; {', '.join(rest)}" if rest else "All done"


def _line(book: Book, change: Change, checkpoint: str) -> CheckLine:
    ready = readiness(book)[change.id]
    gaps, owed, waiting = (
        tuple(item for item in sorted(found, key=by_due) if item.checkpoint == checkpoint)
        for found in (ready.gaps, ready.owed, ready.waiting)
    )
    waived = tuple(item for item in ready.waived if item.gap.checkpoint == checkpoint)
    evidence = _EVIDENCE[checkpoint](book, change)
    first = next(iter(gaps or owed or waiting), None)
    found: tuple[tuple[CheckState, object], ...] = (
        *(("gap", gaps), ("owed", owed), ("waiting", waiting), ("waived", waived)),
        *(("met", evidence), ("unneeded", True)),
    )
    state = next(name for name, held in found if held)
    words = {
        "gap": f"{len(gaps)} gap{'s' if len(gaps) > 1 else ''}",
        "owed": f"{len(owed)} owed",
        "waiting": "Not due",
        "waived": "Waived",
        "met": "Met",
        "unneeded": "Not needed",
    }
    return CheckLine(
        checkpoint=checkpoint,
        state=state,
        words=words[state],
        evidence=evidence,
        gaps=gaps,
        owed=owed,
        waiting=waiting,
        waived=waived,
        closer=book.desk.teams.get(first.closer) if first else None,
    )


def _groups(book: Book, change: Change) -> str:
    affects = change.affects
    counts = (
        (len(affects.groups), "user group"),
        (len(affects.partners), "partner"),
        (len(change.questions), "question"),
        (len(change.unchanged), "thing that stays the same"),
    )
    return _counted(*counts)


def _errors(book: Book, change: Change) -> str:
    known = [item for item in change.known_errors if item.state == "open"]
    named = f"Known: {', '.join(item.number for item in known)}" if known else ""
    answers = sum(len(exchange.answers) for exchange in change.contract)
    counted = _counted((len(change.playbooks), "playbook"), (answers, "code"))
    if counted and not named:
        return f"No known errors; {counted}"
    return ". ".join(filter(None, (named, counted)))


def _rollback(book: Book, change: Change) -> str:
    if not change.rollback:
        return ""
    plan, teams = change.rollback, book.desk.teams
    decides = f", {teams[plan.decided_by].name} decides" if plan.decided_by else ""
    return f"{_counted((len(plan.criteria), 'criterion'), (len(plan.steps), 'step'))}{decides}"


def _communication(book: Book, change: Change) -> str:
    announcement = change.announcement
    audiences = [name for name in ("desk", "staff", "partners") if announcement and getattr(announcement, name)]
    parts = [
        book.desk.teams[change.communications].name if change.communications else "",
        f"announcement for {', '.join(audiences)}" if audiences else "",
        f"briefing {day_words(change.briefing.at, book.now)}" if change.briefing else "",
    ]
    return "; ".join(filter(None, parts))


def _tests(book: Book, change: Change) -> str:
    passed = sum(passes(change, book, test) for test in change.tests)
    tested = f"{passed} of {len(change.tests)} cases passed" if change.tests else ""
    return ", ".join(filter(None, (tested, _counted((len(change.rehearsals), "rehearsal")))))


def _contacts(book: Book, change: Change) -> str:
    bridge = change.bridge
    met = f"{bridge.channel}, led by {book.desk.teams[bridge.lead].name}" if bridge else ""
    return ". ".join(filter(None, (met, _counted((len(change.watch), "alert")))))


def _decision(book: Book, change: Change) -> str:
    made, review = change.go_no_go, change.compliance
    reviewed = f"privacy reviewed {day_words(review.at, book.now)}" if review and review.at else ""
    if not made:
        return reviewed.capitalize()
    verbs = {
        "pending": "To be decided by",
        "go": "Go, decided by",
        "hold": "Hold, decided by",
        "no-go": "No-go, decided by",
        "roll-back": "Roll back, decided by",
    }
    decided = f"{verbs[made.decision]} {book.desk.teams[made.by].name}, {time_words(made.at, book.now)}"
    return "; ".join(filter(None, (decided, reviewed)))


def _counted(*counts: tuple[int, str]) -> str:
    plural = {"criterion": "criteria", "thing that stays the same": "things that stay the same"}
    words = [f"{number} {noun if number == 1 else plural.get(noun, f'{noun}s')}" for number, noun in counts if number]
    return ", ".join(words)


_EVIDENCE: dict[str, Callable[[Book, Change], str]] = {
    "Impacted user groups": _groups,
    "Known errors": _errors,
    "Rollback criteria": _rollback,
    "Communication owner": _communication,
    "Test evidence": _tests,
    "Escalation contacts": _contacts,
    "Go/no-go checkpoint": _decision,
}
