"""A go-live: a window or a phase of a change, with all that the rules of the calendar ask about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from changebook.book import Desk
from changebook.model import Change
from changebook.model.phases import Period
from changebook.model.status import PLANNED
from changebook.model.timeline import is_called_off


@dataclass(frozen=True)
class Booking:
    """One go-live: of which change, and the number of its phase, -1 for the one window; when, and what it touches.

    `touches` has pairs such as ("groups", "clerks"); `related` are the changes that it is planned together with.
    `strong` says that cover is strong, `lead` which team leads the bridge.
    """

    change: str
    name: str
    number: int
    start: datetime
    end: datetime
    touches: frozenset[tuple[str, str]] = frozenset()
    faces_partners: bool = False
    related: frozenset[str] = frozenset()
    strong: bool = False
    lead: str = ""
    emergency: bool = False
    to_come: bool = True
    # Two times of one zone differ by what the clock on the wall shows: these are seconds.
    begins: float = 0
    ends: float = 0

    @property
    def key(self) -> tuple[str, int]:
        """Which go-live it is, whenever it is."""
        return self.change, self.number

    @property
    def order(self) -> tuple[float, str, int]:
        """What tells the earlier of two from the later: the start, then the name."""
        return self.begins, self.change, self.number

    def at(self, start: datetime) -> Booking:
        """Return it as long as it is, from `start` on."""
        begins = start.timestamp()
        ends = begins + self.ends - self.begins
        return replace(self, start=start, end=datetime.fromtimestamp(ends, start.tzinfo), begins=begins, ends=ends)


def timed(item: Booking) -> Booking:
    """Return a go-live with its seconds."""
    return replace(item, begins=item.start.timestamp(), ends=item.end.timestamp())


def booking(
    start: datetime, length: timedelta, *, touches: frozenset[tuple[str, str]] = frozenset(), partners: bool = False
) -> Booking:
    """Return a go-live that is of no change yet."""
    end = (start.astimezone(UTC) + length).astimezone(start.tzinfo)
    return timed(Booking("", "", -1, start, end, touches, partners))


def touched_by(change: Change, desk: Desk) -> tuple[frozenset[tuple[str, str]], bool]:
    """Return what a change touches, and whether partners notice it: all but those that only publish."""
    affects = change.affects
    touched = {
        "groups": affects.groups,
        "categories": affects.categories,
        "partners": affects.partners,
        "playbooks": change.scenarios,
    }
    faces = any(name in desk.partners and desk.partners[name].asks for name in affects.partners)
    return frozenset((what, name) for what, names in touched.items() for name in names), faces


def bookings_of(change: Change, desk: Desk, now: datetime) -> Iterator[Booking]:
    """Yield the go-lives of a change: its window, or each of its phases; none of one that was cancelled, and none
    that a rollback came before.
    """
    if change.status == "cancelled":
        return
    touches, faces = touched_by(change, desk)
    numbered: list[tuple[int, Period | None]] = [*enumerate(change.phases)] or [(-1, change.window)]
    for number, span in numbered:
        if span and not is_called_off(change, span, now):
            planned = change.status in PLANNED or (change.status == "live" and bool(change.phases))
            yield timed(
                Booking(
                    change=change.id,
                    name=change.name,
                    number=number,
                    start=span.start,
                    end=span.end,
                    touches=touches,
                    faces_partners=faces,
                    related=frozenset(filter(None, (*change.depends_on, change.part_of, change.repeats))),
                    strong=change.cover == "strong",
                    lead=change.bridge.lead if change.bridge else "",
                    emergency=change.urgency == "emergency",
                    to_come=planned and span.start > now,
                )
            )
