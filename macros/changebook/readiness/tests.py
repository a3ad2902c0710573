"""Gaps in the support tests: cases the kind needs, what they must show, their runs before and after go-live."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from changebook.book import Book
from changebook.model import Change
from changebook.model.evidence import SupportTest
from changebook.readiness.evidence import is_old, since
from changebook.readiness.gap import Gap, gap, kind_of

# After go-live every case is run again within this time.
REPEAT = timedelta(days=1)


def gap_tests(change: Change, book: Book) -> Iterator[Gap]:
    """The record holds every test case that its kind needs; each says what the user must see, what support must
    be able to do, and which playbook answers it: `test-missing/CASE`, `test-expectation/CASE`,
    `test-acceptance/CASE`, `test-article/CASE`.
    """
    kind = kind_of(change, book)
    held = {test.case for test in change.tests}
    for case in kind.tests if kind and change.tests else ():
        if case not in held:
            message = f"tests: no case {case!r}, which every {kind.name if kind else 'change'} needs; add and run it"
            yield gap(change, book, f"test-missing/{case}", ("tests",), message)
    for number, test in enumerate(change.tests):
        where = ("tests", number)
        if not test.answer and not test.user_sees:
            message = f"tests[{number}]: what the user must see is not said; add 'answer', a code, or 'user_sees'"
            yield gap(change, book, f"test-expectation/{test.case}", where, message)
        if not test.accept:
            message = f"tests[{number}].accept: what support must be able to do is not said; add it"
            yield gap(change, book, f"test-acceptance/{test.case}", where, message)
        if not article_of(test, book):
            message = f"tests[{number}].article: no playbook answers this case; write one and name it"
            yield gap(change, book, f"test-article/{test.case}", where, message)


def gap_runs(change: Change, book: Book) -> Iterator[Gap]:
    """Before production the last run of each case has passed, fast enough, on the change as it is now; a failed
    run names the playbook that was mended; within a day after go-live each case has passed again:
    `test-not-passed/CASE`, `test-slow/CASE`, `test-old/CASE`, `test-unanswered/CASE`, `test-not-repeated/CASE`.
    """
    for number, test in enumerate(change.tests):
        where, case = ("tests", number), test.case
        held = [run for run in test.runs if run.at <= book.now]
        before = [run for run in held if run.stage == "pre-production"]
        after = [run for run in held if run.stage == "after-go-live"]
        for index, run in enumerate(test.runs):
            if run.result == "failed" and not run.fixed_in:
                message = f"tests[{number}].runs[{index}]: failed, and no playbook was mended; mend it, add 'fixed_in'"
                yield gap(change, book, f"test-unanswered/{case}", (*where, "runs", index), message)
            if test.accept and run.result == "passed" and (run.found_in or REPEAT) > test.accept.found_within:
                took = "no 'found_in' says how long it took" if not run.found_in else "it took longer than accepted"
                message = f"tests[{number}].runs[{index}]: to find the transaction, {took}; run it again and write it"
                yield gap(change, book, f"test-slow/{case}", (*where, "runs", index), message)
        if not before or before[-1].result == "failed":
            what = "the last run before production failed" if before else "not run before production"
            message = f"tests[{number}]: {what}; run it until it passes"
            yield gap(change, book, f"test-not-passed/{case}", where, message)
        elif is_old(held[-1].at, change):
            message = f"tests[{number}]: {since(change)}, after the last run; run it again"
            yield gap(change, book, f"test-old/{case}", where, message)
        if change.window and change.status in ("live", "stable") and (not after or after[-1].result == "failed"):
            what = "the last run after go-live failed" if after else "not run again after go-live"
            message = f"tests[{number}]: {what}; run it in production"
            due = change.window.end + REPEAT
            yield gap(change, book, f"test-not-repeated/{case}", where, message, due=due, waits=True)


def article_of(test: SupportTest, book: Book) -> str:
    """Return the id of the scenario whose playbook answers a test case, or nothing."""
    case = book.desk.cases.get(test.case)
    return test.article or (case and case.scenario) or ""
