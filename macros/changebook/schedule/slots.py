"""Free slots: times at which a go-live collides with nothing, and makes nothing else collide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from changebook.book import Book
from changebook.model import Change
from changebook.model.status import HURRIED
from changebook.schedule.golives import Booking, booking
from changebook.schedule.rules import Collision, of_the_day, of_the_hour
from changebook.schedule.whole import Schedule, schedule_of

# How far ahead slots are looked for, and the hours at which one may start.
DAYS_AHEAD = 366
_STEP = 30
_OFFERED = 3


@dataclass(frozen=True)
class Slot:
    """A time that is free, and what the desk is told of it."""

    start: datetime
    end: datetime
    told: tuple[str, ...] = ()


def free_slots(plan: Schedule, wanted: Booking, *, after: datetime, days: int = DAYS_AHEAD) -> Iterator[Slot]:
    """Yield the slots that are free for `wanted` after a time, one a day: at its own hour, else at the first that is.

    The time is in the zone of the plan. Where `wanted` is in the plan it gives up its time there.
    """
    first = after.date()
    hours = dict.fromkeys((wanted.start.time(), *(time(*divmod(at, 60)) for at in range(0, 24 * 60, _STEP))))
    stopped_from = stopped_until = 0.0
    for day in (first + timedelta(days=number) for number in range(days)):
        noon = wanted.at(datetime.combine(day, time(12), tzinfo=plan.zone))
        # What is full is full at every hour.
        if any(hit.stops for hit in of_the_day(plan, noon, last=True)):
            continue
        for hour in hours:
            start = moment(plan, day, hour)
            if not start or start <= after or stopped_from <= start.timestamp() < stopped_until:
                continue
            item = wanted.at(start)
            # Most times are ruled out by this alone, and here nobody is told why.
            if not plan.is_staffed(item.start, item.end):
                continue
            hits = list(_until_stopped(plan, item))
            if not any(hit.stops for hit in hits) and _is_once(item.end):
                told = {hit.name: hit.said for hit in reversed(hits)}
                yield Slot(item.start, item.end, tuple(reversed(told.values())))
                break
            stopped_from, stopped_until = item.begins, max((hit.until for hit in hits if hit.stops), default=0)


def slots_after(
    plan: Schedule,
    length: timedelta,
    *,
    after: datetime,
    hour: time = time(),
    touches: frozenset[tuple[str, str]] = frozenset(),
    partners: bool = False,
) -> Iterator[Slot]:
    """Yield the slots that are free after a time for a go-live of no change yet: at `hour` where the day has it, else
    at the first hour that is free.
    """
    after = after.astimezone(plan.zone)
    start = datetime.combine(after, hour, tzinfo=plan.zone)
    return free_slots(plan, booking(start, length, touches=touches, partners=partners), after=after)


def slots_for(change: Change, book: Book, item: Booking) -> list[Slot]:
    """Return the next slots that are free for a go-live of `change`, no earlier than its day, its board, the lead time
    of its kind while it is a draft, and its partners' notice.

    A partner that was told has its notice from then on.
    """
    kind = book.desk.kinds.get(change.kind)
    lead = kind and kind.lead_time if change.status == "draft" and change.urgency not in HURRIED else None
    ahead, fixed = lead or timedelta(), [item.start.replace(hour=0, minute=0)]
    fixed += [change.board] if change.board else []
    for partner in filter(None, (book.desk.partners.get(name) for name in change.affects.partners)):
        told = [told.at for told in change.told if told.partner == partner.id]
        if partner.asks and partner.notice and told:
            fixed.append(min(told) + partner.notice)
        elif partner.asks and partner.notice:
            ahead = max(ahead, partner.notice)
    after = max(book.now + ahead, max(fixed, key=datetime.timestamp))
    return list(islice(free_slots(schedule_of(book), item, after=after), _OFFERED))


def moment(plan: Schedule, day: date, hour: time) -> datetime | None:
    """Return an hour of a day, None where clocks skip it or have it twice: no record may name it."""
    start = datetime.combine(day, hour, tzinfo=plan.zone)
    there = start.astimezone(UTC).astimezone(plan.zone).replace(tzinfo=None) == start.replace(tzinfo=None)
    return start if there and _is_once(start) else None


def _until_stopped(plan: Schedule, item: Booking) -> Iterator[Collision]:
    for hit in of_the_hour(plan, item, last=True):
        yield hit
        if hit.stops:
            return


def _is_once(at: datetime) -> bool:
    return at.replace(fold=0).utcoffset() == at.replace(fold=1).utcoffset()
