"""The support test script of a change: what each case must show, and the ledger of its runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from changebook.book import Book
from changebook.book.answers import answers_at
from changebook.language import gettext as _
from changebook.model import Case, Change, Kind
from changebook.model.contract import Answer
from changebook.model.evidence import Run, SupportTest
from changebook.model.status import OPEN, PLANNED
from changebook.readiness import REPEAT, Stage, article_of, is_slow, last_run
from changebook.readiness.aging import aged
from changebook.render.timing import duration_words, time_words
from changebook.views.guidance import Link, playbook_link

# The last run passed or failed; an earlier one, whatever it was; or none yet; or none is ever made.
RunState = Literal["met", "gap", "past", "todo", "unneeded"]


@dataclass(frozen=True)
class CaseLine:
    """One case of the script; `test` is what the record says of it, None where it does not hold the case."""

    case: Case
    test: SupportTest | None
    answer: Answer | None
    playbook: Link | None


@dataclass(frozen=True)
class LedgerLine:
    """One run, or a case that has none: its state and the words for it, and the playbook that was fixed."""

    case: Case
    run: Run | None
    state: RunState
    words: str
    note: str
    fixed: Link | None


@dataclass(frozen=True)
class StageLedger:
    """The runs of one stage, case by case; `due` says when it has to be done."""

    stage: Stage
    title: str
    lines: list[LedgerLine]
    due: str


@dataclass(frozen=True)
class Script:
    """The support tests of a change: the script, and its ledger before production and after go-live.

    `times` is how long the slowest took to find, and what was accepted.
    """

    change: Change
    kind: Kind
    cases: list[CaseLine]
    stages: list[StageLedger]
    times: str

    @property
    def again(self) -> str:
        """When every case is to be run again in production, while none has been."""
        return next((stage.due for stage in self.stages if not stage.lines or stage.lines == self.watched), "")

    @property
    def watched(self) -> list[LedgerLine]:
        """The cases that cannot be run in production, each with the reason and what is watched instead."""
        return [line for stage in self.stages for line in stage.lines if line.state == "unneeded"]

    @property
    def others(self) -> list[LedgerLine]:
        """The runs that a later one replaced, and those that failed, stage by stage."""
        runs = [line for stage in self.stages for line in stage.lines if line.run]
        return [line for line in runs if line.state == "past" or (line.run and line.run.result == "failed")]


def has_script(book: Book, change: Change) -> bool:
    """Return whether a change has cases to run: its own, or those its kind asks of it while it is open."""
    return bool(change.tests or _needed(book, change))


def support_script(book: Book, change: Change) -> Script:
    """Return the support tests of a change: its cases, and the ledger of their runs."""
    cases = script_cases(book, change)
    stages = [
        _stage(book, change, cases, "pre-production", _("Before production")),
        _stage(book, change, cases, "after-go-live", _("After go-live")),
    ]
    return Script(change, book.desk.kinds[change.kind], cases, stages, _times(cases, stages))


def script_cases(book: Book, change: Change) -> list[CaseLine]:
    """Return the cases of a change; one that its kind needs and the record lacks comes last."""
    desk, held = book.desk, {test.case for test in change.tests}
    answers = {answer.code: answer for _, answer, _ in reversed(list(answers_at(change)))}
    cases = [
        CaseLine(
            desk.cases[test.case],
            test,
            answers.get(test.answer or ""),
            _link(book, change, article_of(test, book), test),
        )
        for test in change.tests
    ]
    missing = [desk.cases[name] for name in _needed(book, change) if name not in held]
    return cases + [CaseLine(case, None, None, _link(book, change, case.scenario or "", None)) for case in missing]


def _needed(book: Book, change: Change) -> tuple[str, ...]:
    """Return the cases that the kind of an open change asks for; an emergency owes them all until it has its first."""
    wanted = change.status in OPEN and (change.tests or change.urgency != "emergency")
    return book.desk.kinds[change.kind].tests if wanted else ()


def _link(book: Book, change: Change, scenario: str, test: SupportTest | None) -> Link | None:
    """Return the playbook of a case: of several, the one that its code leads to."""
    code = (test and test.answer) or ""
    return playbook_link(book, scenario, change=change, code=code) if scenario else None


def _stage(book: Book, change: Change, cases: list[CaseLine], stage: Stage, title: str) -> StageLedger:
    lines: list[LedgerLine] = []
    due, begun = "", stage == "pre-production" or change.status not in PLANNED
    if stage == "after-go-live" and change.window and change.status in OPEN:
        due = time_words(change.window.end + REPEAT, book.now)
    for line in cases:
        runs = [run for run in line.test.runs if run.stage == stage] if line.test else []
        counts = last_run(change, book, line.test, stage) if line.test else None
        lines += [_run(book, change, line, run, last=run is counts) for run in runs]
        watched = _watched(book, change, line) if stage == "after-go-live" and not runs else None
        if watched:
            lines.append(watched)
        elif not runs and begun:
            words = (
                _("Not in the record")
                if not line.test
                else _("Not run")
                if change.status not in OPEN
                else _("Not run yet")
            )
            lines.append(LedgerLine(line.case, None, "todo", words, "", None))
    return StageLedger(stage, title, lines, due)


def _watched(book: Book, change: Change, line: CaseLine) -> LedgerLine | None:
    """Return the line of a case that cannot be run in production: why, and which alerts tell instead; else None."""
    if not line.test or not line.case.not_in_production:
        return None
    alerts = ", ".join(watch.alert for watch in change.watch)
    watched = _("Alerts: {alerts}.", alerts=alerts) if alerts else _("Nothing is watched yet.")
    note = f"{line.case.not_in_production} {watched}"
    return LedgerLine(line.case, None, "unneeded", _("Watched, not run"), note, None)


def _run(book: Book, change: Change, line: CaseLine, run: Run, *, last: bool) -> LedgerLine:
    slow = line.test is not None and run.result == "passed" and is_slow(run, line.test)
    accepted = line.test.accept if line.test else None
    note = _("Accepted: {duration}", duration=duration_words(accepted.found_within)) if slow and accepted else ""
    old = aged(run.at, change)
    timed = _("Passed") if not slow else _("Passed, too slow") if run.found_in else _("Passed, not timed")
    words = _("Failed") if run.result == "failed" else _("Passed, then revised") if old and not slow else timed
    good = run.result == "passed" and not slow and not old
    state: RunState = "past" if not last else "met" if good else "gap"
    return LedgerLine(line.case, run, state, words, note, _link(book, change, run.fixed_in or "", line.test))


def _times(cases: list[CaseLine], stages: list[StageLedger]) -> str:
    """Return how long transactions took to find, and how long they may take."""
    found = [line.run.found_in for stage in stages for line in stage.lines if line.state == "met" and line.run]
    times = [time for time in found if time]
    allowed = {line.test.accept.found_within for line in cases if line.test and line.test.accept}
    parts = (
        [_("Slowest passing test: support found the transaction in {duration}", duration=duration_words(max(times)))]
        if times
        else []
    )
    if allowed:
        limit = _(
            "limit {times}", times=_(" to ").join(duration_words(time) for time in sorted({min(allowed), max(allowed)}))
        )
        parts.append(f"({limit})" if parts else f"{limit[:1].upper()}{limit[1:]}")
    return " ".join(parts)
