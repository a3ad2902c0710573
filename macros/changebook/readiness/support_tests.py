"""Gaps in the support tests: cases the kind needs, what they must show, their runs before and after go-live."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Literal

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change
from changebook.model.evidence import Run, SupportTest
from changebook.model.status import IN_USE
from changebook.readiness.aging import aged, aged_due, since
from changebook.readiness.gap import Gap, gap, kind_of
from changebook.readiness.rules import gap_rule

# After go-live every case is run again within this time.
REPEAT = timedelta(days=1)
# A transaction that a caller names is found within this time (R18).
FOUND_WITHIN = timedelta(minutes=2)
Stage = Literal["pre-production", "after-go-live"]
STAGES: tuple[Stage, Stage] = ("pre-production", "after-go-live")


@gap_rule("test-missing", "test-expectation", "test-acceptance", "test-environment", "test-article", "test-unwatched")
def gap_tests(change: Change, book: Book) -> Iterator[Gap]:
    """The record has every test case its kind needs; each says what the user must see, that support finds the
    transaction within two minutes, how the test environment differs from production, and which playbook covers it. For
    a case that cannot be run in production something is watched instead: `test-missing/CASE`,
    `test-expectation/CASE`, `test-acceptance/CASE`, `test-environment/CASE`, `test-article/CASE`,
    `test-unwatched/CASE`.
    """
    kind, held = kind_of(change, book), {test.case for test in change.tests}
    # Where the whole section is missing, that is said once.
    for case in kind.tests if kind and (held or "tests" not in kind.requires) else ():
        if kind and case not in held:
            said = _("no case {case!r}, which every {name} needs; add and run it", case=case, name=kind.name)
            place = ("tests",) if held else ("status",)
            yield gap(change, book, f"test-missing/{case}", place, said, where="tests", section="tests")
    for number, test in enumerate(change.tests):
        lacking = {
            "test-expectation": "" if test.answer or test.user_sees else _(_EXPECTATION),
            "test-acceptance": "" if test.accept else _(_ACCEPTANCE),
            "test-environment": "" if test.differs_from_production else _(_ENVIRONMENT),
            "test-article": "" if article_of(test, book) else _("no playbook covers this case; write one, and name it"),
            "test-unwatched": _(_UNWATCHED) if not_in_production(test, book) and not change.watch else "",
        }
        for name, said in lacking.items():
            if said:
                yield gap(change, book, f"{name}/{test.case}", ("tests", number), said)
        if test.accept and test.accept.found_within > FOUND_WITHIN:
            steps = ("tests", number, "accept", "found_within")
            yield gap(change, book, f"test-acceptance/{test.case}", steps, _(_TOO_LONG))


_UNWATCHED = "cannot be run in production, and nothing is watched instead; add it under 'watch'"
_EXPECTATION = "does not say what the user must see; add 'answer', a code, or 'user_sees'"
_ACCEPTANCE = "does not say that support finds the transaction within two minutes; add 'accept'"
_TOO_LONG = "support must find the transaction within two minutes; write 2m or less"
_ENVIRONMENT = "does not say how the test environment differs from production; add 'differs_from_production'"


@gap_rule("test-not-passed", "test-slow", "test-old", "test-unanswered", "test-not-repeated", "test-misdated")
def gap_runs(change: Change, book: Book) -> Iterator[Gap]:
    """Before production, the last run of each case has passed, fast enough, on the change as it is now; a failed run
    names the playbook that was fixed, the one that covers the case; within a day after go-live each case has passed
    again, unless the desk's list says that it cannot be run in production; a run's stage matches its date:
        `test-not-passed/CASE`, `test-slow/CASE`, `test-old/CASE`, `test-unanswered/CASE`, `test-not-repeated/CASE`,
        `test-misdated/CASE`.
    """
    for number, test in enumerate(change.tests):
        yield from _runs(change, book, test, ("tests", number))
        before, after = (last_run(change, book, test, stage) for stage in STAGES)
        passed = [run for run in (before, after) if run and run.result == "passed"]
        place, case = ("tests", number), test.case
        # An emergency is tried in production only.
        tried = bool(change.urgency == "emergency" and after and after.result == "passed")
        if not tried and (not before or before.result == "failed"):
            failed = _("the last run in a test environment failed; fix the cause, and run it again")
            said = failed if before else _("not run yet; run it in a test environment")
            yield gap(change, book, f"test-not-passed/{case}", place, said)
        elif passed and aged(passed[-1].at, change):
            said = _("{since}, after the last run that passed; run it again", since=since(change))
            yield gap(change, book, f"test-old/{case}", place, said, due=aged_due(change, book, "tests"))
        if not change.window or (after and after.result == "passed"):
            continue
        if not after and not_in_production(test, book):
            continue
        if after or change.status in (*IN_USE, "closed"):
            failed = _("the last run in production failed; fix the cause, and run it again")
            # A live change has a day for it; one that is called stable has none.
            said = failed if after else _("not run in production yet; run it")
            waits = not after and change.status == "live"
            due = change.window.end if after else change.window.end + REPEAT
            yield gap(change, book, f"test-not-repeated/{case}", place, said, due=due, waits=waits)


def _runs(change: Change, book: Book, test: SupportTest, where: tuple[str, int]) -> Iterator[Gap]:
    """Yield the gaps of single runs: of each failed one, and of the last that passed in its stage."""
    article = article_of(test, book)
    for index, run in enumerate(test.runs):
        place = (*where, "runs", index)
        if wrong := _misdated(change, book, run):
            yield gap(change, book, f"test-misdated/{test.case}", (*place, "at"), wrong)
        elif run.result == "failed" and run.fixed_in != article:
            yield gap(change, book, f"test-unanswered/{test.case}", place, _unanswered(run, article))
        elif run.result == "passed" and run is last_run(change, book, test, run.stage) and is_slow(run, test):
            took = _("finding the transaction took longer than accepted")
            unsaid = _("no 'found_in' says how long it took to find the transaction")
            said = _("{why}; run it again and record it", why=took if run.found_in else unsaid)
            yield gap(change, book, f"test-slow/{test.case}", place, said)


def _unanswered(run: Run, article: str) -> str:
    """Return why a failed run has not led to a better playbook."""
    if not run.fixed_in:
        return _("failed, and nobody wrote which playbook was fixed; name it in 'fixed_in'")
    if not article:
        return _(
            "failed, {fixed_in!r} was fixed, and no playbook covers the case; name it in 'article'",
            fixed_in=run.fixed_in,
        )
    other = _("{fixed_in!r} was fixed, and {article!r} covers the case", fixed_in=run.fixed_in, article=article)
    return _("failed, and {other}; fix the playbook, and name it in 'fixed_in'", other=other)


def _misdated(change: Change, book: Book, run: Run) -> str:
    """Return why a run cannot be what it says it is, or nothing."""
    if run.at > book.now:
        return _("in the future; record a run after it was done")
    if change.window and run.stage == "pre-production" and run.at >= change.window.start:
        return _("after the window started; a run from then on is 'after-go-live'")
    if change.window and run.stage == "after-go-live" and run.at < change.window.start:
        return _("before the window; a run until then is 'pre-production'")
    return ""


def is_slow(run: Run, test: SupportTest) -> bool:
    """Return whether a run did not show that the transaction is found as fast as is accepted."""
    return test.accept is not None and (run.found_in is None or run.found_in > test.accept.found_within)


def last_run(change: Change, book: Book, test: SupportTest, stage: Stage) -> Run | None:
    """Return the run that counts in a stage: the last one that was held in its time, or None; of those in one minute,
    the last in the list.
    """
    held = [run for run in test.runs if run.stage == stage and not _misdated(change, book, run)]
    return max(reversed(held), key=lambda run: run.at, default=None)


def passes(change: Change, book: Book, test: SupportTest) -> bool:
    """Return whether a case counts as passed: its last run, wherever it was, fast enough, on the change as it is."""
    last = last_run(change, book, test, "after-go-live") or last_run(change, book, test, "pre-production")
    return _counts(last, change, test)


def passed_in(change: Change, book: Book, test: SupportTest, stage: Stage) -> bool:
    """Return whether a case counts as passed in one stage."""
    return _counts(last_run(change, book, test, stage), change, test)


def _counts(last: Run | None, change: Change, test: SupportTest) -> bool:
    return last is not None and last.result == "passed" and not is_slow(last, test) and not aged(last.at, change)


def not_in_production(test: SupportTest, book: Book) -> str:
    """Return why a case cannot be run in production, or nothing."""
    case = book.desk.cases.get(test.case)
    return (case and case.not_in_production) or ""


def article_of(test: SupportTest, book: Book) -> str:
    """Return the id of the scenario whose playbook answers a test case, or nothing."""
    case = book.desk.cases.get(test.case)
    return test.article or (case and case.scenario) or ""
