"""Gaps in what a kind requires: a section that is missing or says too little."""

from __future__ import annotations

from collections.abc import Iterator

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change, Record
from changebook.model.phases import Phase
from changebook.model.reading import dotted
from changebook.model.status import CLAIMS, HURRIED, IN_USE, PLANNED
from changebook.model.timeline import first_span, periods
from changebook.names import phase_anchor
from changebook.readiness.gap import Gap, end_of_day, gap, kind_of, ready_by, text_name
from changebook.readiness.notices import partners_told
from changebook.readiness.rules import gap_rule
from changebook.readiness.urgency import required


@gap_rule("section-missing")
def gap_sections(change: Change, book: Book) -> Iterator[Gap]:
    """A change has every section its kind requires, with something in it: `section-missing/SECTION`. An emergency has
    its window, what stays the same, one playbook, a rollback and the decision at once, and owes the rest; a standard
    change needs no board, briefing and rehearsals of its own.
    """
    kind = kind_of(change, book)
    for section, why in required(change.urgency, kind).items():
        if kind and section != "outage" and is_empty(getattr(change, section)):
            said = _("missing; add this section")
            name = f"section-missing/{section}"
            cases = _("Test cases: {tests}.", tests=", ".join(kind.tests)) if section == "tests" and kind.tests else ""
            yield gap(change, book, name, ("status",), said, where=section, section=section, why=why, note=cases)


def is_empty(value: object) -> bool:
    """Return whether a section says nothing: it is not there, or none of its keys holds anything."""
    if isinstance(value, Record):
        return all(is_empty(getattr(value, name)) for name in type(value).model_fields)
    return value is None or value is False or value == ()


@gap_rule("outage-missing")
def gap_outage(change: Change, book: Book) -> Iterator[Gap]:
    """Every window or phase that is not over says how the systems work in the meantime, where the kind requires
    `outage`: `outage-missing/WHICH`.
    """
    why = required(change.urgency, kind_of(change, book)).get("outage")
    for steps, span in periods(change) if why else ():
        if not span.outage and span.end > book.now:
            which = phase_anchor(span.name) if isinstance(span, Phase) else "window"
            said, where = _("not said; write none, slow, read-only or down"), dotted((*steps, "outage"))
            yield gap(
                change, book, f"outage-missing/{which}", steps, said, where=where, section="window", why=why or ""
            )


@gap_rule("affects-nobody")
def gap_affects(change: Change, book: Book) -> Iterator[Gap]:
    """A change whose kind needs `affects` says which user group or partner will notice it: `affects-nobody`."""
    kind = kind_of(change, book)
    affects = change.affects
    if kind and "affects" in kind.requires and not is_empty(affects) and not (affects.groups or affects.partners):
        said = _("no user group and no partner; name who will notice, or who will ask")
        yield gap(change, book, "affects-nobody", ("affects",), said)


@gap_rule("announcement-missing")
def gap_announcement(change: Change, book: Book) -> Iterator[Gap]:
    """An announcement has a version for the desk, one for staff if user groups are affected, and one for partners if
    partners are, in time for the notice period they need:
        `announcement-missing/AUDIENCE`.
    """
    said, affects = change.announcement, change.affects
    if not said or is_empty(said):
        return
    needed = {"desk": True, "staff": bool(affects.groups), "partners": bool(partners_told(change, book))}
    for audience in (name for name, need in needed.items() if need):
        if is_empty(getattr(said, audience)):
            remedy = _("nothing is written; say what to do, what not to do, and what to expect")
            name, where = f"announcement-missing/{audience}", f"announcement.{audience}"
            yield gap(change, book, name, ("announcement",), remedy, where=where)


@gap_rule("rollback-open")
def gap_rollback(change: Change, book: Book) -> Iterator[Gap]:
    """A rollback has criteria, steps and a team that decides: `rollback-open/KEY`."""
    if not change.rollback or is_empty(change.rollback):
        return
    remedies = {
        "criteria": _("name the counts and times that stop the change"),
        "steps": _("write how to roll it back, one step per line"),
        "decided_by": _("name the team that decides"),
    }
    for key, remedy in remedies.items():
        if not getattr(change.rollback, key):
            said, where = _("nothing is written here; {remedy}", remedy=remedy), f"rollback.{key}"
            yield gap(change, book, f"rollback-open/{key}", ("rollback",), said, where=where)


@gap_rule("watch-normal")
def gap_watch(change: Change, book: Book) -> Iterator[Gap]:
    """Everything that is watched says what is normal: `watch-normal/ALERT`."""
    for number, watch in enumerate(change.watch):
        if not watch.normal:
            said, where = _("does not say what is normal; write the usual number"), f"watch[{number}].normal"
            yield gap(change, book, f"watch-normal/{watch.alert}", ("watch", number), said, where=where)


@gap_rule(firm=("rule-overdue",))
def gap_queue_rules(change: Change, book: Book) -> Iterator[Gap]:
    """Queue rules whose end has passed are removed, and all of them once the change is closed:
    `rule-overdue/RULE`.
    """
    for number, rule in enumerate(change.queue_rules):
        over = change.status == "closed" or (change.status in IN_USE and rule.ends < book.now)
        if over and (not rule.removed or rule.removed > book.now.date()):
            said = _(
                "the rule for {what!r} is still in force; remove it, and write the date in 'removed'", what=rule.what
            )
            name = text_name("rule-overdue", ("queue_rules",), rule.what)
            yield gap(change, book, name, ("queue_rules", number), said, due=rule.ends)


@gap_rule("board-after-window", "review-past", firm=("late", "window-passed"))
def gap_dates(change: Change, book: Book) -> Iterator[Gap]:
    """A change is ready by its board and its kind's lead time, the board meets before the window, a window or first
    phase that has passed is not still planned, and the pages are reviewed by their review date: `late`,
    `board-after-window`, `window-passed`, `review-past`.
    """
    now, window, deadline = book.now, change.window, ready_by(change, book)
    first = first_span(change)
    passed = first is not None and first.end < now
    if change.status == "draft" and deadline and deadline < now and not passed:
        said = _("still a draft; close its gaps and write 'ready', or move its dates")
        yield gap(change, book, "late", ("status",), said)
    if change.board and window and change.board >= window.start and change.urgency not in HURRIED:
        said = _("the board meets after the window starts; fix one of the two")
        yield gap(change, book, "board-after-window", ("board",), said)
    if change.status in PLANNED and first and passed:
        what = _("first phase") if change.phases else _("window")
        said = _(
            "{status}, and the {what} is over; write 'live', or move the {what}", status=_(change.status), what=what
        )
        yield gap(change, book, "window-passed", ("status",), said, due=first.end)
    if change.review_by and change.review_by < now.date() and change.status in CLAIMS:
        said = _("that date has passed; review the pages and set the next one")
        due = end_of_day(change.review_by, book)
        yield gap(change, book, "review-past", ("review_by",), said, due=due)
