"""What a record shows for each checkpoint, in a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from changebook.book import Book
from changebook.model import Change
from changebook.model.change import AUDIENCES
from changebook.readiness import passes
from changebook.render.timing import day_words, time_words


def _groups(book: Book, change: Change) -> str:
    affects = change.affects
    counts = (
        (len(affects.groups), "user group"),
        (len(affects.partners), "partner"),
        (len(change.questions), "question"),
        (len(change.unchanged), "thing that stays the same"),
    )
    silent = [
        f"No question from {', '.join(book.desk.audience(name).name for name in (*item.groups, *item.partners))}: "
        f"{item.why.removesuffix('.')}"
        for item in change.not_asked
    ]
    return ". ".join(filter(None, (_counted(*counts), *silent)))


def _errors(book: Book, change: Change) -> str:
    known = [item for item in change.known_errors if item.state == "open"]
    named = f"{', '.join(item.number for item in known)}" if known else ""
    answers = len({answer.code for exchange in change.contract for answer in exchange.answers})
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
    audiences = [name for name in AUDIENCES if announcement and getattr(announcement, name)]
    parts = [
        book.desk.teams[change.communications].name if change.communications else "",
        f"announcement for {', '.join(audiences)}" if audiences else "",
        _told(book, change),
        f"briefing {day_words(change.briefing.at, book.now)}" if change.briefing else "",
    ]
    return "; ".join(filter(None, parts))


def _told(book: Book, change: Change) -> str:
    """Return which partners were told, when and how; nothing before the first."""
    names = {item.partner: book.desk.partners[item.partner].name for item in change.told}
    told = [
        f"{names[item.partner]} told {day_words(item.at, book.now)} ({item.how.removesuffix('.')})"
        for item in change.told
        if item.at <= book.now
    ]
    return "; ".join(told)


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
    if safety := change.safety:
        team, day = book.desk.teams[safety.assessed_by].name, f", {day_words(safety.at, book.now)}" if safety.at else ""
        by = "with" if safety.decision == "pending" else "by"
        assessed = f"safety case {safety.reference} {safety.decision.replace('-', ' ')} {by} {team}{day}"
        reviewed = "; ".join(filter(None, (reviewed, assessed)))
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


PROOFS: Mapping[str, Callable[[Book, Change], str]] = {
    "Impacted user groups": _groups,
    "Known errors": _errors,
    "Rollback criteria": _rollback,
    "Communication owner": _communication,
    "Test evidence": _tests,
    "Escalation contacts": _contacts,
    "Go/no-go checkpoint": _decision,
}
