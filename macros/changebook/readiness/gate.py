"""The gate: which gaps of a change count today, which are waived, and what is not due yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from changebook.book import Book
from changebook.model import Change
from changebook.model.evidence import Waiver
from changebook.model.status import CLAIMS, OPEN
from changebook.readiness.gap import Gap
from changebook.readiness.rules import change_rules
from changebook.readiness.waivers import expired_waiver, waiver_of


@dataclass(frozen=True)
class Waived:
    """A gap that is accepted for a while."""

    gap: Gap
    waiver: Waiver


@dataclass(frozen=True)
class Readiness:
    """How ready support is for a change: gaps that count against it now, those that a draft still has time for,
    waived ones, and what is not due yet. None of a change that is neither draft, ready, live nor stable has a gap.
    """

    counted: tuple[Gap, ...] = ()
    in_time: tuple[Gap, ...] = ()
    waived: tuple[Waived, ...] = ()
    waiting: tuple[Gap, ...] = ()

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """All that must still be closed, counted or in time."""
        return self.counted + self.in_time


@lru_cache(maxsize=1)  # the check, the pages and the commands of one run ask for the same
def readiness(book: Book) -> Mapping[str, Readiness]:
    """Return the readiness of every change of the book, by id."""
    return {change.id: _readiness(change, book) for change in book.changes.values()}


def is_late(found: Gap, book: Book) -> bool:
    """Return whether a gap should have been closed before now."""
    return found.due is not None and found.due < book.now


def by_due(found: Gap) -> tuple[float, str, str]:
    """Return what gaps are sorted by: what is due first comes first, what has no date last."""
    return found.due.timestamp() if found.due else float("inf"), found.spot.path.name, found.name


def _readiness(change: Change, book: Book) -> Readiness:
    if change.status not in OPEN:
        return Readiness()
    counted, still, waived, waiting = [], [], [], []
    for found in (found for rule in change_rules() for found in rule(change, book)):
        late = is_late(found, book)
        if found.waits and not late:
            waiting.append(found)
        elif waiver := waiver_of(found, change, book):
            waived.append(Waived(found, waiver))
        elif change.status in CLAIMS or late or found.due == book.now:
            counted.append(_told_of_its_waiver(found, change, book))
        else:
            still.append(found)
    return Readiness(tuple(counted), tuple(still), tuple(waived), tuple(waiting))


def _told_of_its_waiver(found: Gap, change: Change, book: Book) -> Gap:
    """Return a gap that says that its waiver has ended, if it had one."""
    past = expired_waiver(found, change, book)
    note = f"Its waiver by {past.approver!r} ended on {past.expires:%Y-%m-%d}." if past else ""
    return replace(found, note=note) if note else found


def gap_words(found: Gap, book: Book) -> str:
    """Return a gap as it is printed: what is missing and what to write, who closes it and by when, and its name."""
    team = book.desk.teams[found.closer].name if found.closer in book.desk.teams else found.closer
    when = f" by {found.due:%Y-%m-%d %H:%M}" if found.due and found.due > book.now else ""
    late = f"; it was due {found.due:%Y-%m-%d %H:%M}" if is_late(found, book) else ""
    return f"{found.message} {team} closes it{when}{late}. ({found.name})"
