"""What has a date on the way to a go-live and after it, each derived from the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Literal

from changebook.book import Book
from changebook.language import gettext as _
from changebook.language import plural
from changebook.model import Change
from changebook.model.phases import Phase
from changebook.model.status import CLAIMS, IN_USE, NEW, OPEN
from changebook.model.timeline import spans_of, window_for
from changebook.readiness import (
    REPEAT,
    end_of_day,
    first_told,
    is_empty,
    is_held,
    is_slow,
    last_run,
    not_in_production,
    partners_told,
    readiness,
    ready_by,
    rehearsed_playbook,
)
from changebook.render.timing import duration_words, time_words
from changebook.views.guidance import playbook_link

Progress = Literal["done", "failed", "due", "late"]
BEFORE, AFTER = 10, 5  # the countdown runs from T-10 to T+5


@dataclass(frozen=True)
class Milestone:
    """Something with a date: when (`timed` unless it is a whole day), what it is, and how far it is."""

    at: datetime
    what: str
    progress: Progress
    timed: bool = True


@dataclass(frozen=True)
class CountdownDay:
    """A day of the countdown: its number such as T-8, and what belongs to it, in the order of time."""

    day: date
    label: str
    today: bool
    milestones: list[Milestone]


def milestones(book: Book, change: Change) -> Iterator[Milestone]:
    """Yield everything in the record of a change that has a date, in no order."""
    for source in (_notices, _deadlines, _runs, _repeats, _rehearsals, _meetings, _window, _rules, _review):
        yield from source(book, change)


def due_on(book: Book, change: Change, *, day: date) -> list[Milestone]:
    """Return what has to be done on `day` and is not yet, by its time: without window, queue rules and readiness."""
    sources = (_notices, _runs, _repeats, _rehearsals, _meetings, _review)
    found = [item for source in sources for item in source(book, change) if _day(item) == day]
    open_still = [item for item in found if item.progress != "done"]
    return sorted(open_still, key=lambda item: (not item.timed, item.at.timestamp(), item.what))


def countdown(book: Book, change: Change) -> list[CountdownDay]:
    """Return the days around a change's window that have something, and today; none without a window."""
    if not change.window or change.status not in OPEN:
        return []
    start, today = change.window.start.date(), book.now.date()
    # The days after a go-live follow the last one, where there are phases.
    after = (spans_of(change)[-1].start.date() - start).days + AFTER
    near = [item for item in milestones(book, change) if -BEFORE <= (_day(item) - start).days <= after]
    near.sort(key=lambda item: (_day(item), not item.timed, item.at.timestamp(), item.what))
    found = {day: list(group) for day, group in groupby(near, key=_day)}
    if -BEFORE <= (today - start).days <= after:
        found.setdefault(today, [])
    return [
        CountdownDay(day, f"T{(day - start).days:+d}" if day != start else "T", day == today, found[day])
        for day in sorted(found)
    ]


def _day(item: Milestone) -> date:
    return item.at.date()


def _progress(book: Book, at: datetime, *, done: bool) -> Progress:
    return "done" if done else "late" if at < book.now else "due"


def _notices(book: Book, change: Change) -> Iterator[Milestone]:
    notice = change.announcement.partners if change.announcement else None
    for partner in partners_told(change, book):
        if not (window := window_for(change, partner.id)):
            continue
        at = window.start - (partner.notice or timedelta())
        needs = duration_words(partner.notice) if partner.notice else ""
        # Once it is stable, nobody asks when they were told, and an older record does not say.
        told = first_told(change, book, partner.id) or (change.status not in NEW and not is_empty(notice))
        said = _("Notice to {name}, {span} ahead") if needs else _("Notice to {name}")
        yield Milestone(at, said.format(name=partner.name, span=needs), _progress(book, at, done=bool(told)))


def _deadlines(book: Book, change: Change) -> Iterator[Milestone]:
    """Yield when support must be ready, which gaps that are due by then prevent, and when the board meets."""
    deadline, claims = ready_by(change, book), change.status in CLAIMS
    if not deadline:
        return
    gaps = [gap for gap in readiness(book)[change.id].gaps if (gap.due or deadline) <= deadline]
    still = plural(len(gaps), ": {count} gap open", ": {count} gaps open").format(count=len(gaps)) if gaps else ""
    same = deadline == change.board
    what = (_("Readiness for the change advisory board") if same else _("Readiness")) + still
    yield Milestone(deadline, what, _progress(book, deadline, done=claims and not gaps))
    if change.board and not same:
        met = claims and change.board <= book.now
        yield Milestone(change.board, _("Change advisory board"), _progress(book, change.board, done=met))


def _runs(book: Book, change: Change) -> Iterator[Milestone]:
    """Yield the support tests run on one day before production; the last run of a case counts."""
    held = [(run, test) for test in change.tests for run in test.runs if run.stage == "pre-production"]
    held.sort(key=lambda item: item[0].at)
    for _day_held, group in groupby(held, key=lambda item: item[0].at.date()):
        last = {test.case: (run, test) for run, test in group}
        at = max(run.at for run, _test in last.values())
        passed = sum(run.result == "passed" and not is_slow(run, test) for run, test in last.values())
        what = _("Support tests before production: {passed} of {count} passed", passed=passed, count=len(last))
        progress = _progress(book, at, done=at <= book.now)
        yield Milestone(at, what, "failed" if progress == "done" and passed < len(last) else progress)


def _repeats(book: Book, change: Change) -> Iterator[Milestone]:
    """Yield the support tests in production, once: when the last case passed and when that was due, else by when."""
    if not (change.window and change.tests):
        return
    due = change.window.end + REPEAT
    owed = [test for test in change.tests if not not_in_production(test, book)]
    last = [(last_run(change, book, test, "after-go-live"), test) for test in owed]
    passed = [run.at for run, test in last if run and run.result == "passed" and not is_slow(run, test)]
    if owed and len(passed) == len(owed):
        what = _("All {count} support tests passed in production", count=len(owed))
        yield Milestone(max(passed), _("{what} (due {time})", what=what, time=time_words(due, book.now)), "done")
    elif owed:
        failed = sum(run is not None for run, _ in last) > len(passed)
        what = _(
            "{left} of {count} support tests still to pass in production", left=len(owed) - len(passed), count=len(owed)
        )
        yield Milestone(due, what, "failed" if failed else _progress(book, due, done=False))


def _rehearsals(book: Book, change: Change) -> Iterator[Milestone]:
    for held in change.rehearsals:
        title = playbook_link(book, rehearsed_playbook(change, held), change=change).title
        what = _("Rehearsed: {title}", title=title) + ("" if held.clear else _(", not clear yet"))
        yield Milestone(held.at, what, _progress(book, held.at, done=held.at <= book.now))


def _meetings(book: Book, change: Change) -> Iterator[Milestone]:
    if briefing := change.briefing:
        yield Milestone(briefing.at, _("Desk briefing"), _progress(book, briefing.at, done=is_held(change, book)))
    for item in change.go_no_go.history if change.go_no_go else ():
        made = item.at <= book.now and item.decision != "pending"
        said = _("Go/no-go, {team} decided: {decision}") if made else _("Go/no-go, {team} decides")
        what = said.format(team=book.desk.teams[item.by].name, decision=_(item.decision.replace("-", " ")))
        yield Milestone(item.at, what, _progress(book, item.at, done=made))


def _window(book: Book, change: Change) -> Iterator[Milestone]:
    for span in spans_of(change):
        made = change.status in IN_USE and not (change.phases and span.end > book.now)
        what = _("Go-live: {phase}", phase=span.name) if isinstance(span, Phase) else _("Go-live")
        said = _("{what}, until {end:%H:%M}", what=what, end=span.end)
        yield Milestone(span.start, said, _progress(book, span.end, done=made))  # it may be made until it ends


def _rules(book: Book, change: Change) -> Iterator[Milestone]:
    for rule in change.queue_rules:
        if (what := rule.what) and (at := rule.starts):
            yield Milestone(at, _("Queue rule starts: {rule}", rule=what), _progress(book, at, done=at <= book.now))
        if rule.removed and rule.removed <= book.now.date():
            said = _("Queue rule removed: {rule}", rule=what)
            yield Milestone(end_of_day(rule.removed, book), said, "done", timed=False)
        else:
            yield Milestone(rule.ends, _("Queue rule ends: {rule}", rule=what), _progress(book, rule.ends, done=False))


def _review(book: Book, change: Change) -> Iterator[Milestone]:
    if change.review_by:
        at = end_of_day(change.review_by, book)
        yield Milestone(at, _("Pages due for review"), _progress(book, at, done=False), timed=False)
