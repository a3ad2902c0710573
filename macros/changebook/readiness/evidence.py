"""Gaps in what was done to be ready: rehearsals, the briefing, the decision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change
from changebook.model.evidence import Rehearsal
from changebook.model.playbook import FileAs
from changebook.model.status import HURRIED
from changebook.readiness.aging import aged, aged_due, before_a_move, revised_after_the_window, since
from changebook.readiness.gap import Gap, gap
from changebook.readiness.rules import gap_rule

Standing = Literal["ahead", "unclear", "old", "misfiled", "clear"]
# Tickets of priority 1 and 2: nobody reads a playbook for the first time then.
GRAVE = 2


def rehearsed_playbook(change: Change, held: Rehearsal) -> str:
    """Return the id of the playbook that was rehearsed: the one with its title, else the first of its scenario."""
    named = ((name, own) for name, own in change.playbooks_by_id().items() if own.scenario == held.scenario)
    called = (name for name, own in named if held.playbook and own.title == held.playbook)
    return next(called, held.scenario)


def last_rehearsals(change: Change) -> dict[str, tuple[int, Rehearsal]]:
    """Return the rehearsal that counts for each playbook by its id, the last one, with its place in the record."""
    last: dict[str, tuple[int, Rehearsal]] = {}
    for number, held in enumerate(change.rehearsals):
        name = rehearsed_playbook(change, held)
        if name not in last or held.at >= last[name][1].at:
            last[name] = number, held
    return last


def standing(change: Change, book: Book, held: Rehearsal) -> Standing:
    """Return what the last rehearsal of a playbook proves."""
    if held.at > book.now:
        return "ahead"
    if not held.clear:
        return "unclear"
    if aged(held.at, change):
        return "old"
    filed = filed_as(change, book, rehearsed_playbook(change, held))
    return "misfiled" if filed and filed.category != held.filed_as else "clear"


@gap_rule("rehearsal-ahead", "rehearsal-unclear", "rehearsal-misfiled", "rehearsal-old")
def gap_rehearsals(change: Change, book: Book) -> Iterator[Gap]:
    """A rehearsal was held, its three answers are clear, the call was filed as the playbook says, and the change has
    not been revised since; the last one for each playbook counts: `rehearsal-ahead/SCENARIO`,
    `rehearsal-unclear/SCENARIO`, `rehearsal-misfiled/SCENARIO`, `rehearsal-old/SCENARIO`.
    """
    for name, (number, held) in last_rehearsals(change).items():
        found, filed = standing(change, book, held), filed_as(change, book, name)
        category = filed.category if filed else ""
        said = {
            "ahead": ("at", _("in the future; record a rehearsal after it was held")),
            "unclear": ("clear", _("the answers were not clear; fix the playbook and rehearse again")),
            "old": ("at", _("{since}, after this one; rehearse it again", since=since(change))),
            "misfiled": (
                "filed_as",
                _("the playbook files under {category!r}; give it a 'file_as', or rehearse", category=category),
            ),
        }
        if found != "clear":
            due = aged_due(change, book, "rehearsals") if found == "old" else None
            key, remedy = said[found]
            yield gap(change, book, f"rehearsal-{found}/{name}", ("rehearsals", number, key), remedy, due=due)


@gap_rule("rehearsal-missing")
def gap_rehearsed(change: Change, book: Book) -> Iterator[Gap]:
    """If calls are rehearsed, at least one is for one of the change's own playbooks, and every playbook usually filed
    with priority 1 or 2 is rehearsed: `rehearsal-missing/SCENARIO`.
    """
    last = last_rehearsals(change)
    own = list(change.playbooks_by_id()) if last else []
    missing = [name for name in own if (filed := filed_as(change, book, name)) and filed.priority <= GRAVE]
    if not any(name in last for name in own):
        missing = missing or own[:1]
    for name in (name for name in missing if name not in last):
        one = change.playbook_for(name)
        which = repr(one.title) if one and one.scenario != name else _("of {name!r}", name=name)
        said = _("the playbook {which} has not been rehearsed; rehearse it", which=which)
        yield gap(change, book, f"rehearsal-missing/{name}", ("rehearsals",), said)


@gap_rule("briefing-late", "briefing-not-held", "briefing-recording", "briefing-old")
def gap_briefing(change: Change, book: Book) -> Iterator[Gap]:
    """A briefing is held before the window, with the teams that attended, not just the owner, and its recording
    listed, and held again if the change is revised: `briefing-late`, `briefing-not-held`,
        `briefing-recording`, `briefing-old`.
    """
    briefing = change.briefing
    if not briefing:
        return
    afterwards = change.urgency in HURRIED or revised_after_the_window(change)
    if change.window and briefing.at >= change.window.start and not afterwards:
        said = _("after the window starts; brief the desk before it")
        yield gap(change, book, "briefing-late", ("briefing", "at"), said)
    if not is_held(change, book):
        ahead = _("still to come; hold it, then name the teams that attended")
        absent = _("nobody is listed as attending; name the teams that attended, or hold it")
        if briefing.attended:
            absent = _("only the owner is listed; hold it, and name the teams that attended")
        said, where = (ahead, "briefing.at") if briefing.at > book.now else (absent, "briefing.attended")
        yield gap(change, book, "briefing-not-held", ("briefing",), said, where=where, due=briefing.at, waits=True)
        return
    if not briefing.recording:
        said = _("no recording; add its address for the shifts that could not attend")
        yield gap(change, book, "briefing-recording", ("briefing",), said, where="briefing.recording")
    if aged(briefing.at, change):
        said, due = (
            _("{since}, after the briefing; brief the desk again", since=since(change)),
            aged_due(change, book, "briefing"),
        )
        yield gap(change, book, "briefing-old", ("briefing", "at"), said, due=due)


def is_held(change: Change, book: Book) -> bool:
    """Return whether the briefing was held: its hour has come, and others than the owner were there."""
    briefing = change.briefing
    return briefing is not None and briefing.at <= book.now and bool(set(briefing.attended) - {change.owner})


@gap_rule(
    firm=(
        "decision-early",
        "decision-late",
        "decision-pending",
        "decision-ahead",
        "decision-reason",
        "decision-against",
        "decision-old",
    )
)
def gap_decision(change: Change, book: Book) -> Iterator[Gap]:
    """The go/no-go checkpoint is between the board and the window; once it has passed there is a decision with its
    reason, a ready, live or stable change has a go, and a change that is revised or postponed is decided again:
        `decision-early`, `decision-late`, `decision-pending`, `decision-ahead`, `decision-reason`, `decision-against`,
        `decision-old`.
    """
    made, window = change.go_no_go, change.window
    if not made:
        return
    at, where = ("go_no_go", "at"), ("go_no_go", "decision")
    if window and made.at > window.start and not revised_after_the_window(change):
        yield gap(change, book, "decision-late", at, _("after the window starts; decide before it"))
    if change.board and made.at < change.board and change.urgency not in HURRIED:
        yield gap(change, book, "decision-early", at, _("before the board meets; decide after it"))
    if made.decision == "pending":
        said = _("still pending; decide, and write the reason")
        yield gap(change, book, "decision-pending", where, said, due=made.at, waits=True)
        return
    if made.at > book.now:
        said = _("{decision!r} before the checkpoint; write 'pending' until then", decision=_(made.decision))
        yield gap(change, book, "decision-ahead", where, said)
    if not made.reason:
        said = _("{decision!r} without a reason; write it in a sentence", decision=_(made.decision))
        yield gap(change, book, "decision-reason", ("go_no_go",), said, where="go_no_go.reason")
    if made.decision != "go":
        said = _(
            "{decision!r}, and the change is {status}; decide again, or fix the status",
            decision=_(made.decision),
            status=_(change.status),
        )
        yield gap(change, book, "decision-against", where, said)
    elif aged(made.at, change):
        said, due = (
            _("{since}, after the decision; decide again", since=since(change)),
            aged_due(change, book, "go_no_go"),
        )
        yield gap(change, book, "decision-old", at, said, due=due)
    elif before_a_move(made.at, change, whole=True):
        yield gap(change, book, "decision-old", at, _("of the time before go-live was postponed; decide again"))


def filed_as(change: Change, book: Book, name: str) -> FileAs | None:
    """Return how the playbook with the id `name` has tickets filed while the change is new."""
    own = change.playbook_for(name)
    guide = book.desk.scenarios.get(own.scenario if own else name)
    return guide.filed(own) if guide else None
