"""Gaps in the time of a change: what it collides with on the desk's calendar."""

from __future__ import annotations

from collections.abc import Iterator

from changebook.book import Book
from changebook.language import gettext as _
from changebook.language import plural
from changebook.model import Change
from changebook.readiness.gap import Gap, gap
from changebook.readiness.rules import gap_rule
from changebook.schedule import Collision, Slot, collisions_of, slots_for


@gap_rule(
    *("day-full", "week-full", "hours-unstaffed", "holiday", "end-of-week", "blackout"),
    *("partners-near", "overlap", "lead-missing"),
)
def gap_schedule(change: Change, book: Book) -> Iterator[Gap]:
    """A go-live to come keeps the rules of `desk/calendar.yaml`; of two that collide, the later one moves, and of two
    at the same time the one whose id comes last: no more on a day or in a week than the desk carries, `day-full/DAY`,
    `week-full/WEEK`; in staffed hours and on no holiday, `hours-unstaffed/DAY`, `holiday/DAY`; not at the end of the
    week without `cover: strong`, `end-of-week/DAY`; in no blackout that stops, `blackout/NAME`; apart from other
    changes that partners notice, `partners-near/CHANGE`; sharing nothing with a change that is still watched, unless
    one of the two names the other as `part_of`, `depends_on` or `repeats`, `overlap/CHANGE`; and in a cluster with a
    support lead on the bridge, `lead-missing/CHANGE`. An emergency is told of these and never stopped.
    """
    if change.urgency == "emergency":
        return
    free: dict[int, list[Slot]] = {}
    for hit in collisions_of(change, book):
        if hit.stops:
            number = hit.golive.number
            if number not in free:
                free[number] = slots_for(change, book, hit.golive)
            steps = ("window",) if number < 0 else ("phases", number)
            yield gap(change, book, hit.name, steps, f"{hit.said}; {remedy(hit, free[number])}", section="window")


def remedy(hit: Collision, free: list[Slot]) -> str:
    """Return what to do about a collision: the next slots that are `free`, and what else clears it."""
    slots = [f"{slot.start:%Y-%m-%d %H:%M}" for slot in free]
    move = (
        plural(len(slots), "move it: {slots} is free", "move it: {slots} are free").format(slots=", ".join(slots))
        if slots
        else _("no slot is free within a year")
    )
    return f"{move}{f', {hit.clears}' if hit.clears else ''}"
