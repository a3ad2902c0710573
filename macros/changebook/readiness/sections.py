"""Gaps in what a kind requires: a section that is missing, or that is there and says too little."""

from __future__ import annotations

from collections.abc import Iterator

from changebook.book import Book
from changebook.model import Change
from changebook.readiness.evidence import since
from changebook.readiness.gap import Gap, gap, kind_of

_EMPTY = Change.model_fields["affects"].default


def gap_sections(change: Change, book: Book) -> Iterator[Gap]:
    """A change holds every section that its kind requires: `section-missing/SECTION`."""
    kind = kind_of(change, book)
    for section, why in kind.requires.items() if kind else ():
        if kind and getattr(change, section) in (None, (), _EMPTY):
            message = f"{section} is missing from this {kind.name}; write it. Why: {why}"
            yield gap(change, book, f"section-missing/{section}", ("status",), message, section=section)


def gap_affects(change: Change, book: Book) -> Iterator[Gap]:
    """A change whose kind needs `affects` says who will notice it, a user group or a partner: `affects-nobody`."""
    kind = kind_of(change, book)
    affects = change.affects
    if kind and "affects" in kind.requires and affects != _EMPTY and not (affects.groups or affects.partners):
        message = "affects: no user group and no partner; name who will notice, or who will ask"
        yield gap(change, book, "affects-nobody", ("affects",), message)


def gap_announcement(change: Change, book: Book) -> Iterator[Gap]:
    """An announcement has a version for the desk, one for staff where user groups are affected, and one for
    partners where partners are; partners' in time for the notice they must be given:
    `announcement-missing/AUDIENCE`.
    """
    said, affects = change.announcement, change.affects
    if not said:
        return
    needed = {"desk": True, "staff": bool(affects.groups), "partners": bool(affects.partners)}
    for audience in (name for name, need in needed.items() if need):
        notice = getattr(said, audience)
        if not notice or not (notice.do or notice.do_not or notice.expect):
            message = f"announcement.{audience}: nothing is said; write what they do, do not do, and may expect"
            yield gap(change, book, f"announcement-missing/{audience}", ("announcement",), message)


def gap_rollback(change: Change, book: Book) -> Iterator[Gap]:
    """A rollback has criteria, steps and a team that decides: `rollback-open/KEY`."""
    if not change.rollback:
        return
    remedies = {
        "criteria": "name the counts and times that stop the change",
        "steps": "write how it is undone, one step a line",
        "decided_by": "name the team that decides",
    }
    for key, remedy in remedies.items():
        if not getattr(change.rollback, key):
            message = f"rollback.{key}: nothing stands here; {remedy}"
            yield gap(change, book, f"rollback-open/{key}", ("rollback",), message)


def gap_compliance(change: Change, book: Book) -> Iterator[Gap]:
    """Privacy and audit are reviewed by another team than the owner, the day is written down, and a change that
    is revised is reviewed again: `compliance-own`, `compliance-not-reviewed`, `compliance-old`.
    """
    review = change.compliance
    if not review:
        return
    if review.reviewed_by == change.owner:
        message = f"compliance.reviewed_by: {change.owner!r} owns the change; have another team review it"
        yield gap(change, book, "compliance-own", ("compliance", "reviewed_by"), message)
    if not review.at or review.at > book.now.date():
        message = "compliance.at: not reviewed yet; write the day once it was"
        yield gap(change, book, "compliance-not-reviewed", ("compliance",), message)
    elif change.revised and review.at < change.revised:
        message = f"compliance.at: {since(change)}, after the review; have it reviewed again"
        yield gap(change, book, "compliance-old", ("compliance", "at"), message)


def gap_watch(change: Change, book: Book) -> Iterator[Gap]:
    """Whatever is watched says what is normal: `watch-normal/ALERT`."""
    for number, watch in enumerate(change.watch):
        if not watch.normal:
            message = f"watch[{number}].normal: what is normal is not said; write the usual number"
            yield gap(change, book, f"watch-normal/{watch.alert}", ("watch", number), message)


def gap_dates(change: Change, book: Book) -> Iterator[Gap]:
    """A change is ready by its board and its kind's lead time, the board meets before the window, a window that
    has passed is not still planned, and the pages are read again by their review date: `late`,
    `board-after-window`, `window-passed`, `review-past`.
    """
    now, window = book.now, change.window
    if change.status == "draft" and window and now <= window.end:
        message = "status: still a draft; close its gaps and write 'ready', or move the window"
        yield gap(change, book, "late", ("status",), message, waits=True)
    if change.board and window and change.board >= window.start:
        message = "board: the board meets when the window has begun; mend one of the two"
        yield gap(change, book, "board-after-window", ("board",), message)
    if change.status in ("draft", "ready") and window and window.end < now:
        message = f"status: {change.status}, and the window is over; write 'live', or move the window"
        yield gap(change, book, "window-passed", ("status",), message, due=window.end)
    if change.review_by and change.review_by < now.date() and change.status != "draft":
        message = "review_by: that day has passed; read the pages again and write the next one"
        yield gap(change, book, "review-past", ("review_by",), message)
