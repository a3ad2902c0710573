"""What a record shows for each checkpoint, in a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from changebook.book import Book
from changebook.language import gettext as _
from changebook.language import plural
from changebook.model import Change
from changebook.model.change import AUDIENCES
from changebook.readiness import passes
from changebook.render.timing import day_words, time_words


def _groups(book: Book, change: Change) -> str:
    affects = change.affects
    counts = (
        _counted(len(affects.groups), "user group"),
        _counted(len(affects.partners), "partner"),
        _counted(len(change.questions), "question"),
        _counted(len(change.unchanged), "thing that stays the same"),
    )
    silent = [
        _(
            "No question from {who}: {why}",
            who=", ".join(book.desk.audience(name).name for name in (*item.groups, *item.partners)),
            why=item.why.removesuffix("."),
        )
        for item in change.not_asked
    ]
    return ". ".join(filter(None, (_listed(*counts), *silent)))


def _errors(book: Book, change: Change) -> str:
    known = [item for item in change.known_errors if item.state == "open"]
    named = f"{', '.join(item.number for item in known)}" if known else ""
    answers = len({answer.code for exchange in change.contract for answer in exchange.answers})
    both = _listed(_counted(len(change.playbooks), "playbook"), _counted(answers, "code"))
    if both and not named:
        if fixed := len(change.known_errors):
            return _("No open known errors; {count} fixed; {counted}", count=fixed, counted=both)
        return _("No known errors; {counted}", counted=both)
    return ". ".join(filter(None, (named, both)))


def _rollback(book: Book, change: Change) -> str:
    if not change.rollback:
        return ""
    plan, teams = change.rollback, book.desk.teams
    decides = _(", {name} decides", name=teams[plan.decided_by].name) if plan.decided_by else ""
    return f"{_listed(_counted(len(plan.criteria), 'criterion'), _counted(len(plan.steps), 'step'))}{decides}"


def _communication(book: Book, change: Change) -> str:
    announcement = change.announcement
    audiences = [name for name in AUDIENCES if announcement and getattr(announcement, name)]
    parts = [
        book.desk.teams[change.communications].name if change.communications else "",
        _("announcement for {audiences}", audiences=", ".join(map(_, audiences))) if audiences else "",
        _told(book, change),
        _("briefing {day}", day=day_words(change.briefing.at, book.now)) if change.briefing else "",
    ]
    return "; ".join(filter(None, parts))


def _told(book: Book, change: Change) -> str:
    """Return which partners were told, when and how; nothing before the first."""
    told = [
        _(
            "{partner} told {day} ({how})",
            partner=book.desk.partners[item.partner].name,
            day=day_words(item.at, book.now),
            how=item.how.removesuffix("."),
        )
        for item in change.told
        if item.at <= book.now
    ]
    return "; ".join(told)


def _tests(book: Book, change: Change) -> str:
    passed = sum(passes(change, book, test) for test in change.tests)
    tested = _("{passed} of {count} cases passed", passed=passed, count=len(change.tests)) if change.tests else ""
    return ", ".join(filter(None, (tested, _counted(len(change.rehearsals), "rehearsal"))))


def _contacts(book: Book, change: Change) -> str:
    bridge = change.bridge
    met = (
        _("{channel}, led by {name}", channel=bridge.channel, name=book.desk.teams[bridge.lead].name) if bridge else ""
    )
    return ". ".join(filter(None, (met, _counted(len(change.watch), "alert"))))


def _decision(book: Book, change: Change) -> str:
    made, review = change.go_no_go, change.compliance
    reviewed = _("privacy reviewed {day}", day=day_words(review.at, book.now)) if review and review.at else ""
    if safety := change.safety:
        team, day = book.desk.teams[safety.assessed_by].name, f", {day_words(safety.at, book.now)}" if safety.at else ""
        assessed = _(_CASES[safety.decision], reference=safety.reference, team=team) + day
        reviewed = "; ".join(filter(None, (reviewed, assessed)))
    if not made:
        return f"{reviewed[:1].upper()}{reviewed[1:]}"
    decided = _(_DECIDED[made.decision], team=book.desk.teams[made.by].name, time=time_words(made.at, book.now))
    return "; ".join(filter(None, (decided, reviewed)))


def _counted(number: int, noun: str) -> str:
    """Return a count with its noun, such as `3 reviews`; "" for none."""
    return f"{number} {_NOUNS[noun](number)}" if number else ""


def _listed(*counts: str) -> str:
    return ", ".join(filter(None, counts))


_NOUNS: Mapping[str, Callable[[int], str]] = {
    "alert": lambda number: plural(number, "alert", "alerts"),
    "code": lambda number: plural(number, "code", "codes"),
    "criterion": lambda number: plural(number, "criterion", "criteria"),
    "partner": lambda number: plural(number, "partner", "partners"),
    "playbook": lambda number: plural(number, "playbook", "playbooks"),
    "question": lambda number: plural(number, "question", "questions"),
    "rehearsal": lambda number: plural(number, "rehearsal", "rehearsals"),
    "step": lambda number: plural(number, "step", "steps"),
    "thing that stays the same": lambda number: plural(
        number, "thing that stays the same", "things that stay the same"
    ),
    "user group": lambda number: plural(number, "user group", "user groups"),
}
_DECIDED = {
    "pending": "To be decided by {team}, {time}",
    "go": "Go, decided by {team}, {time}",
    "hold": "Hold, decided by {team}, {time}",
    "no-go": "No-go, decided by {team}, {time}",
    "roll-back": "Roll back, decided by {team}, {time}",
}
_CASES = {
    "accepted": "safety case {reference} accepted by {team}",
    "pending": "safety case {reference} pending with {team}",
    "not-accepted": "safety case {reference} not accepted by {team}",
}
PROOFS: Mapping[str, Callable[[Book, Change], str]] = {
    "Impacted user groups": _groups,
    "Known errors": _errors,
    "Rollback criteria": _rollback,
    "Communication owner": _communication,
    "Test evidence": _tests,
    "Escalation contacts": _contacts,
    "Go/no-go checkpoint": _decision,
}
