"""`changebook gate`: is support ready for a change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from changebook.book import Book
from changebook.book.lookup import change_called
from changebook.checking.placing import placed
from changebook.checking.verdicts import wrong_once_ready
from changebook.cli.common import BOOK, FORMAT, right_book
from changebook.cli.completing import change_ids
from changebook.cli.options import TODAY
from changebook.cli.problems import plain_problem, print_problems
from changebook.errors import Problem, UnknownTermError
from changebook.model import Change
from changebook.model.status import CLAIMS, GONE
from changebook.printing.terminal import say_json, say_lines
from changebook.readiness import Gap, gap_words, is_settled, readiness
from changebook.render.claim import urgency_words
from changebook.render.phasing import when_words
from changebook.render.timing import STATUS_WORDS, status_words, time_words
from changebook.views.checklist import checklist, owed_words
from changebook.views.gaps import gap_lines


@click.command()
@BOOK
@click.argument("names", nargs=-1, shell_complete=change_ids)
@FORMAT
@TODAY
def gate(path: Path, names: tuple[str, ...], form: str, today: str | None) -> None:
    """Say whether support is ready for a change: exit with 1 and its gaps, or with 0 and a go sheet.

    NAMES are shared names, ids or former names, each in quotes if it holds spaces. A draft that you name must have
    everything its kind requires, and no problem once it is ready; a change that is canceled or rolled back is never a
    go. Without a name, every ready, live or stable change is tested, every late draft, and every closed change with
    gaps.

    \b
    Examples:
      changebook gate "Claims API 2.4"
      changebook gate lookup-hyphen-fix --today 2026-12-08
      changebook gate --format github
    """
    book = right_book(path, today, form)
    called = dict.fromkeys(_called(book, name).id for name in names)
    changes = [book.changes[name] for name in called] or _tested(book)
    gaps = [(change, gap) for change in changes for gap in _gaps(book, change, named=bool(names))]
    told = ((gap.spot, gap_words(gap, book)) for _, gap in gaps)
    problems = placed(book.folder, book, told, gap=form != "github")
    wrong = {change.id: wrong_once_ready(book, change) for change in changes if names and change.status == "draft"}
    later = [problem for found in wrong.values() for problem in found]
    red = {change.id for change, _ in gaps} | {change.id for change in changes if change.status in GONE}
    red |= {name for name, found in wrong.items() if found}
    if form == "json":
        listed = [_plain(change, gap, problem) for (change, gap), problem in zip(gaps, problems, strict=True)]
        sheets = [_plain_sheet(book, change, ready=change.id not in red) for change in changes]
        say_json({"ready": not red, "changes": sheets, "gaps": listed, "problems": [*map(plain_problem, later)]})
    else:
        print_problems(sorted([*problems, *later]), form)
        say_lines(_sheets(book, changes, red, whole=bool(names)) if form == "text" else ())
    if red:
        raise SystemExit(1)


def go_sheet(book: Book, change: Change) -> Iterator[str]:
    """Yield the lines of a change's go sheet: its checkpoints with what proves them, and what is still to come."""
    state, teams = readiness(book)[change.id], book.desk.teams
    yield f"Go sheet: {change.name}"
    window = when_words(change, book.now)
    yield f"{status_words(change, book.now)}{urgency_words(change)}, {window}, {teams[change.owner].name}"
    lines = checklist(book, change)
    width = max(len(line.checkpoint) for line in lines)
    for point in lines:
        yield f"  {point.checkpoint.ljust(width)}  {point.words.ljust(10)}  {point.evidence}".rstrip()
    for waived in state.waived:
        waiver = waived.waiver
        yield f"  Waived until {waiver.expires}, by {teams[waiver.approver].name}: {waived.gap.name}. {waiver.reason}"
    for line in gap_lines(book, change, gaps=state.waiting):
        if line.gap.due:
            yield f"  Still to come, {time_words(line.gap.due, book.now)}: {line.said} {line.closer.name}."
    for line in gap_lines(book, change, gaps=state.owed):
        if line.gap.due:
            yield f"  To do by {time_words(line.gap.due, book.now)}: {line.said} {line.closer.name}."
    if change.status == "draft":
        yield f"  Nothing is missing: run changebook ready {change.id}."
    if change.rollback:
        yield from (f"  Roll back if: {criterion}" for criterion in change.rollback.criteria)


def _called(book: Book, name: str) -> Change:
    try:
        return change_called(book, name)
    except UnknownTermError as error:
        raise click.UsageError(str(error)) from error


def _tested(book: Book) -> list[Change]:
    """Return the changes that are tested when none is named: what claims to be ready, and drafts that are late."""
    states = readiness(book)
    return [change for change in book.changes.values() if change.status in CLAIMS or states[change.id].counted]


def _gaps(book: Book, change: Change, *, named: bool) -> tuple[Gap, ...]:
    state = readiness(book)[change.id]
    return state.gaps if named else state.counted


def _sheets(book: Book, changes: list[Change], red: set[str], *, whole: bool) -> Iterator[str]:
    """Yield the go sheets of the named changes that are ready, else a line for each; say which are over."""
    for change in changes:
        if change.status in GONE:
            gone = STATUS_WORDS[change.status].lower()
            yield f"{change.name} is {gone}: there is nothing to release, so it is not a go."
        elif change.status == "closed" and change.id not in red:
            yield f"{change.name} is {change.status}: there is nothing left to get ready for."
        elif change.id not in red and whole:
            yield from go_sheet(book, change)
        elif change.id not in red:
            state = readiness(book)[change.id]
            coming = f", {len(state.waiting)} still to come" if state.waiting else ""
            yield f"Ready: {change.name}{coming}{owed_words(state.owed, book.now, form=', {}')}"


def _plain(change: Change, gap: Gap, problem: Problem) -> dict[str, object]:
    return {
        **plain_problem(problem),
        "change": change.id,
        "name": gap.name,
        "section": gap.section,
        "checkpoint": gap.checkpoint,
        "owner": gap.closer,
        "due": gap.due.isoformat() if gap.due else None,
    }


def _plain_sheet(book: Book, change: Change, *, ready: bool) -> dict[str, object]:
    lines = [] if is_settled(change, book) else checklist(book, change)
    return {
        "id": change.id,
        "name": change.name,
        "status": change.status,
        "ready": ready,
        "checkpoints": [
            {"checkpoint": line.checkpoint, "state": line.state, "evidence": line.evidence} for line in lines
        ],
        "waived": [
            {"name": waived.gap.name, "expires": str(waived.waiver.expires), "approver": waived.waiver.approver}
            for waived in readiness(book)[change.id].waived
        ],
        "owed": [
            {"name": gap.name, "due": gap.due.isoformat() if gap.due else None}
            for gap in readiness(book)[change.id].owed
        ],
    }
