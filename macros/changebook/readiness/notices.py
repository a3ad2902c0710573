"""Gaps in what partners are told: each as long before the window as its notice period, and on the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from changebook.book import Book
from changebook.cache.clock import steps_between
from changebook.language import amount
from changebook.language import gettext as _
from changebook.model import Change, Partner
from changebook.model.status import NEW, PLANNED
from changebook.model.timeline import phases_for, window_for
from changebook.readiness.gap import Gap, gap
from changebook.readiness.rules import gap_rule


def partners_told(change: Change, book: Book) -> list[Partner]:
    """Return the affected partners that are told of a change: all but those that only publish."""
    partners = (book.desk.partners.get(name) for name in change.affects.partners)
    return [partner for partner in partners if partner and partner.asks]


def first_told(change: Change, book: Book, partner: str) -> datetime | None:
    """Return when the partner with the id `partner` was first told of a change as it is planned now, None while it was
    not: what it was told before the window was postponed last is of another date. Of a day alone, all of it counts.
    """
    theirs = {phase.name for phase in phases_for(change, partner)}
    moves = (entry.at for entry in change.postponed if not entry.phase or entry.phase in theirs)
    moved = max(moves, default=datetime.min.replace(tzinfo=UTC))
    return min((at for at in _told(change, book, partner) if at >= moved), default=None)


def _told(change: Change, book: Book, partner: str) -> list[datetime]:
    return [told.at for told in change.told if told.partner == partner and told.at <= book.now]


@gap_rule("announcement-outdated")
def gap_after_rollback(change: Change, book: Book) -> Iterator[Gap]:
    """Once a change was rolled back, its sentence and announcement say so, and the record says `after_rollback: true`
    in the announcement. Until then readers are told only that it was rolled back: `announcement-outdated`.
    """
    if change.is_outdated:
        said = _("from before the rollback, so left out; rewrite it, then put 'after_rollback: true' in announcement")
        where = "sentence and announcement" if change.announcement else "sentence"
        yield gap(
            change,
            book,
            "announcement-outdated",
            ("sentence",),
            said,
            where=where,
            section="announcement",
            due=book.now,
        )


@gap_rule("partner-not-told", "notice-short", "told-ahead")
def gap_told(change: Change, book: Book) -> Iterator[Gap]:
    """Until it is stable, every affected partner is told of a change by the time its notice period begins, again once
    the window is postponed, and a window leaves each partner its notice period; it is recorded once it has happened:
    `partner-not-told/PARTNER`, `notice-short/PARTNER`, `told-ahead/PARTNER`.
    """
    for number, told in enumerate(change.told):
        if told.at > book.now:
            said = _("in the future; record it once the partner was told")
            yield gap(change, book, f"told-ahead/{told.partner}", ("told", number, "at"), said)
    for partner in partners_told(change, book) if change.status in NEW else ():
        if not (window := window_for(change, partner.id)):
            continue
        start = window.start
        steps = ("affects", "partners", change.affects.partners.index(partner.id))
        due, tellings = start - (partner.notice or timedelta()), _told(change, book, partner.id)
        if not first_told(change, book, partner.id):
            said = _("nobody has told {name}; tell them, and write when and how under 'told'", name=partner.name)
            if tellings:
                said = _(
                    "{name} was told on {told:%Y-%m-%d}, before the window was postponed; "
                    "tell them the new date, and write when and how under 'told'",
                    name=partner.name,
                    told=max(tellings),
                )
            name = f"partner-not-told/{partner.id}"
            yield gap(change, book, name, steps, said, section="told", due=due, waits=True)
        # Who was told in time of a window that was postponed has more time, not less.
        told_at = min(tellings, default=book.now)
        if partner.notice and change.status in PLANNED and told_at > due:
            left = _span(told_at, start)
            was = (
                _("was told {left} before the window", left=left)
                if tellings
                else _("has {left} until the window", left=left)
            )
            said = _(
                "{name} needs {span} of notice and {was}; move the window, or agree on less",
                name=partner.name,
                span=_span(start - partner.notice, start),
                was=was,
            )
            yield gap(change, book, f"notice-short/{partner.id}", steps, said, section="told", due=due)


def _span(start: datetime, end: datetime) -> str:
    """Return a span of time in whole days, or in hours where it is less than two days."""
    days = steps_between(start, end, timedelta(days=1))
    return amount(days, "day") if days >= 2 else amount(max(0, steps_between(start, end, timedelta(hours=1))), "hour")
