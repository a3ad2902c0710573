"""Gaps in what was done to be ready: rehearsals, the briefing, the decision. Evidence ages when a change is revised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from changebook.book import Book
from changebook.model import Change
from changebook.model.evidence import Rehearsal
from changebook.model.playbook import FileAs
from changebook.readiness.gap import Gap, gap

# Tickets of priority 1 and 2: nobody reads a playbook for the first time then.
GRAVE = 2


def is_old(at: datetime, change: Change) -> bool:
    """Return whether evidence of `at` is older than the change as it was last revised."""
    return change.revised is not None and at.date() < change.revised


def since(change: Change) -> str:
    """Return the day on which a change was revised, as messages say it."""
    return f"the change was revised on {change.revised:%Y-%m-%d}" if change.revised else ""


def gap_rehearsals(change: Change, book: Book) -> Iterator[Gap]:
    """A rehearsal was held, its three answers are clear, the call was filed as the playbook says, and the change
    has not been revised since; the last one of each scenario counts. Where one playbook is rehearsed, each that is
    usually filed with priority 1 or 2 is: `rehearsal-ahead/SCENARIO`, `rehearsal-unclear/SCENARIO`,
    `rehearsal-misfiled/SCENARIO`, `rehearsal-old/SCENARIO`, `rehearsal-missing/SCENARIO`.
    """
    last: dict[str, tuple[int, Rehearsal]] = {}
    for number, held in enumerate(change.rehearsals):
        if held.scenario not in last or held.at >= last[held.scenario][1].at:
            last[held.scenario] = number, held
    for scenario, (number, held) in last.items():
        where = ("rehearsals", number)
        if held.at > book.now:
            message = f"rehearsals[{number}].at: lies ahead; write a rehearsal down once it was held"
            yield gap(change, book, f"rehearsal-ahead/{scenario}", (*where, "at"), message)
        elif not held.clear:
            message = f"rehearsals[{number}].clear: the answers were not clear; mend the playbook and rehearse again"
            yield gap(change, book, f"rehearsal-unclear/{scenario}", (*where, "clear"), message)
        elif is_old(held.at, change):
            message = f"rehearsals[{number}].at: {since(change)}, after this rehearsal; rehearse it again"
            yield gap(change, book, f"rehearsal-old/{scenario}", (*where, "at"), message)
        elif (filed := _file_as(change, book, scenario)) and filed.category != held.filed_as:
            category = filed.category
            message = (
                f"rehearsals[{number}].filed_as: the playbook says {category!r}; mend the playbook or rehearse again"
            )
            yield gap(change, book, f"rehearsal-misfiled/{scenario}", (*where, "filed_as"), message)

    for playbook in change.playbooks if last else ():
        filed = _file_as(change, book, playbook.scenario)
        if filed and filed.priority <= GRAVE and playbook.scenario not in last:
            message = (
                f"rehearsals: {playbook.scenario!r}, usually of priority {filed.priority}, is not rehearsed; do it"
            )
            yield gap(change, book, f"rehearsal-missing/{playbook.scenario}", ("rehearsals",), message)


def gap_briefing(change: Change, book: Book) -> Iterator[Gap]:
    """A briefing is held before the window, with who attended and its recording written down, and held again
    when the change is revised: `briefing-late`, `briefing-not-held`, `briefing-recording`, `briefing-old`.
    """
    briefing = change.briefing
    if not briefing:
        return
    if change.window and briefing.at >= change.window.start:
        message = "briefing.at: when the window has begun; brief the desk before"
        yield gap(change, book, "briefing-late", ("briefing", "at"), message)
    if briefing.at > book.now or not briefing.attended:
        message = "briefing.attended: nobody is written down; hold it, and name the teams that were there"
        yield gap(change, book, "briefing-not-held", ("briefing",), message, due=briefing.at, waits=True)
        return
    if not briefing.recording:
        message = "briefing.recording: no recording; write its address, for the shifts that could not come"
        yield gap(change, book, "briefing-recording", ("briefing",), message)
    if is_old(briefing.at, change):
        message = f"briefing.at: {since(change)}, after the briefing; brief the desk again"
        yield gap(change, book, "briefing-old", ("briefing", "at"), message)


def gap_decision(change: Change, book: Book) -> Iterator[Gap]:
    """The go/no-go checkpoint lies before the window; once it has passed there is a decision with its reason,
    a ready, live or stable change has a go, and a change that is revised is decided again: `decision-late`,
    `decision-pending`, `decision-ahead`, `decision-reason`, `decision-against`, `decision-old`.
    """
    made = change.go_no_go
    if not made:
        return
    where, said = ("go_no_go", "decision"), made.decision
    if change.window and made.at > change.window.start:
        message = "go_no_go.at: when the window has begun; decide before"
        yield gap(change, book, "decision-late", ("go_no_go", "at"), message)
    if said == "pending":
        message = "go_no_go.decision: still pending; decide, and write the reason"
        yield gap(change, book, "decision-pending", where, message, due=made.at, waits=True)
        return
    if made.at > book.now:
        message = f"go_no_go.decision: {said!r} before the checkpoint; write 'pending' until then"
        yield gap(change, book, "decision-ahead", where, message)
    if not made.reason:
        message = f"go_no_go.reason: {said!r} without a reason; write it in a sentence"
        yield gap(change, book, "decision-reason", ("go_no_go",), message)
    if said != "go":
        message = f"go_no_go.decision: {said!r}, and the change is {change.status}; decide again, or mend the status"
        yield gap(change, book, "decision-against", where, message)
    elif is_old(made.at, change):
        message = f"go_no_go.at: {since(change)}, after the decision; decide again"
        yield gap(change, book, "decision-old", ("go_no_go", "at"), message)


def _file_as(change: Change, book: Book, scenario: str) -> FileAs | None:
    """Return how the playbook of `scenario` has tickets filed while the change is new."""
    own = next((item.file_as for item in change.playbooks if item.scenario == scenario and item.file_as), None)
    standing = book.desk.scenarios.get(scenario)
    return own or (standing.file_as if standing else None)
