"""The rules of the calendar: what keeps a go-live from its day, each with what clears it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from changebook.book import Book
from changebook.model import Change
from changebook.names import slug
from changebook.schedule.golives import Booking
from changebook.schedule.whole import DAYS, Schedule, schedule_of, week_of

_NAMED = 3
_WORDS = {"groups": "user group", "categories": "ticket category", "partners": "partner", "playbooks": "playbook"}
_HOUR, _DAY, _MINUTE = 3600, 86400, timedelta(minutes=1)


@dataclass(frozen=True)
class Collision:
    """Why a go-live cannot be when it is: the rule, what `said` of it, and what clears it beside another time.

    `name` is the rule's and what it is about, as a waiver names it; `others` are the ids of the changes it is with. One
    that does not `stop` is told only. Every later start before `until`, in seconds, has it too.
    """

    golive: Booking
    name: str
    said: str
    clears: str = ""
    others: tuple[str, ...] = ()
    stops: bool = True
    until: float = 0


def collisions_of(change: Change, book: Book) -> list[Collision]:
    """Return the collisions of the go-lives of a change that are still to come."""
    plan = schedule_of(book)
    ours = [item for item in plan.golives if item.change == change.id and item.to_come]
    # Two phases can collide with the same change: it is said once.
    found = {hit.name: hit for item in reversed(ours) for hit in collisions(plan, item)}
    return sorted(found.values(), key=lambda hit: (not hit.stops, hit.golive.order, hit.name))


def collisions(plan: Schedule, item: Booking, *, last: bool = False) -> Iterator[Collision]:
    """Yield what `item` collides with in `plan`, in which it may be already: the later of two has the collision.

    With `last`, it comes after everything that is planned, whenever that is.
    """
    yield from of_the_day(plan, item, last=last)
    yield from of_the_hour(plan, item, last=last)


def of_the_day(plan: Schedule, item: Booking, *, last: bool = False) -> Iterator[Collision]:
    """Yield what is the same for every hour of a day: too many go-lives on it or in its week, or the week's end."""
    calendar, day = plan.calendar, item.start.date()
    week = week_of(day)
    for most, named, when, same in (
        (calendar.a_day, f"day-full/{day}", f"on {_day(day)}", plan.days.get(day, ())),
        (calendar.a_week, f"week-full/{week[0]}-W{week[1]:02}", f"in week {week[1]}", plan.weeks.get(week, ())),
    ):
        if most is None or len(same) < most:
            continue
        before = [other for other in same if other.key != item.key and (last or other.order < item.order)]
        if len(before) >= most:
            said = f"{_listed(before)} {'go' if len(before) > 1 else 'goes'} live {when}"
            said = f"{said}, and the desk carries {most}" if before else f"the desk carries no go-live {when}"
            yield Collision(item, named, said, others=_ids(before))
    if calendar.last_day and day.weekday() > DAYS.index(calendar.last_day) and not item.strong:
        said = f"{_day(day)} is the end of the week, when few are there to help"
        yield Collision(item, f"end-of-week/{day}", said, "or have strong cover and write 'cover: strong'")


def of_the_hour(plan: Schedule, item: Booking, *, last: bool = False) -> Iterator[Collision]:
    """Yield what depends on the hour: whether it is staffed, holidays, blackouts, and what else is near."""
    for rule in (_unstaffed, _holiday, _blackout):
        yield from rule(plan, item)
    yield from _with_others(plan, item, last=last)


def _unstaffed(plan: Schedule, item: Booking) -> Iterator[Collision]:
    hours = plan.calendar.staffed
    if hours and not plan.is_staffed(item.start, item.end):
        said = f"{_time(item.start)} to {item.end:%H:%M} is not all in staffed hours, {hours.text}"
        yield Collision(item, f"hours-unstaffed/{item.start.date()}", said)


def _holiday(plan: Schedule, item: Booking) -> Iterator[Collision]:
    for day in sorted({item.start.date(), (item.end - _MINUTE).date()} & plan.off.keys()):
        yield Collision(item, f"holiday/{day}", f"{_day(day)} is {plan.off[day]}")


def _blackout(plan: Schedule, item: Booking) -> Iterator[Collision]:
    for closed in plan.closed(item.begins, item.ends):
        name = closed.blackout.name
        said = f"{name} is from {_time(closed.start)} to {_time(closed.end)}"
        stops = closed.blackout.effect == "stop"
        yield Collision(item, f"blackout/{slug(name)}-{closed.start.date()}", said, stops=stops, until=closed.ends)


def _with_others(plan: Schedule, item: Booking, *, last: bool) -> Iterator[Collision]:
    """Yield collisions with single other changes that are near: partners, what is shared, and clusters."""
    calendar = plan.calendar
    gap = calendar.partner_gap.total_seconds() if calendar.partner_gap and item.faces_partners else 0
    shared = calendar.overlap.within.total_seconds() if calendar.overlap else 0
    cluster = calendar.cluster.within.total_seconds() if calendar.cluster else 0
    reach = max(gap, shared, cluster)
    if not reach:
        return
    near = []
    for other in plan.between(item.begins - reach, item.ends + reach):
        if other.change == item.change or not (last or other.order < item.order):
            continue
        # From the end of the earlier to the start of the later; below zero while both are on.
        apart = max(item.begins - other.ends, other.begins - item.ends)
        if abs(item.begins - other.begins) < cluster:
            near.append(other)
        if gap and other.faces_partners and apart < gap:
            said = f"goes live {_apart(item, other)}, and both affect partners; leave {_span(gap)} between"
            until = other.ends + gap
            yield Collision(item, f"partners-near/{other.change}", said, others=(other.change,), until=until)
        if apart < shared:
            yield from _overlap(plan, item, other)
    yield from _cluster(plan, item, near, last=last)


def _shared(shared: list[tuple[str, str]], called: str) -> str:
    """Return in words what is shared, the first named as `called`: "Nurses, 1 other user group and 1 playbook"."""
    first, counts = shared[0][0], Counter(kind for kind, _ in shared[1:])
    named = [called if first in counts else f"the {_WORDS[first]} {called}"]
    for kind, count in counts.items():
        named.append(f"{count} {'other ' if kind == first else ''}{_WORDS[kind] if count == 1 else kind}")
    return f"{', '.join(named[:-1])} and {named[-1]}" if counts else named[0]


def _overlap(plan: Schedule, item: Booking, other: Booking) -> Iterator[Collision]:
    """Yield what two changes share while the earlier is watched; those that are planned together may."""
    overlap, both = plan.calendar.overlap, item.touches & other.touches
    if not overlap or not both or other.change in item.related or item.change in other.related:
        return
    stopping = sorted(pair for pair in both if pair[0] in overlap.stops)
    if shared := stopping or sorted(pair for pair in both if pair[0] in overlap.warns):
        what = _shared(shared, plan.called.get(shared[0], shared[0][1]))
        long = overlap.within.total_seconds()
        said = f"goes live {_apart(item, other)}; both affect {what}, and each is watched for {_span(long)}"
        name, stops = f"overlap/{other.change}", bool(stopping)
        yield Collision(item, name, said, others=(other.change,), stops=stops, until=other.ends + long)


def _cluster(plan: Schedule, item: Booking, near: list[Booking], *, last: bool) -> Iterator[Collision]:
    cluster = plan.calendar.cluster
    if not cluster or not near or len(near) + 1 < cluster.go_lives:
        return
    # Whoever comes last must not make those that are later lack a lead either.
    later = [other for other in near if last and other.order > item.order]
    if item.lead in cluster.leads and all(one.emergency or one.lead in cluster.leads for one in later):
        return
    leads = " or ".join(plan.called.get(("teams", name), name) for name in cluster.leads)
    said = f"{_listed(near)} {'go' if len(near) > 1 else 'goes'} live within {_span(cluster.within.total_seconds())}"
    clears = f"or have {leads} lead the bridge, under 'bridge.lead'"
    yield Collision(item, f"lead-missing/{near[-1].change}", f"{said}, which needs a support lead", clears, _ids(near))


def _listed(items: Iterable[Booking]) -> str:
    names = list(dict.fromkeys(item.name for item in items))
    more = f"{len(names) - _NAMED} more" if len(names) > _NAMED else ""
    *first, end = [*names[:_NAMED], *filter(None, [more])] or [""]
    return f"{', '.join(first)} and {end}" if first else end


def _ids(items: Iterable[Booking]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.change for item in items if item.change))


def _apart(item: Booking, other: Booking) -> str:
    """Return how far a go-live is from another: `2 days after Claims API 2.4`."""
    if other.ends > item.begins and other.begins < item.ends:
        return f"at the same time as {other.name}"
    later = other.ends <= item.begins
    apart, word = item.begins - other.ends if later else other.begins - item.ends, "after" if later else "before"
    return f"{_span(apart) if apart else 'right'} {word} {other.name}"


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _time(moment: datetime) -> str:
    return f"{_day(moment)}, {moment:%H:%M}"


def _span(seconds: float) -> str:
    for size, unit in ((_DAY, "day"), (_HOUR, "hour"), (60, "minute")):
        if seconds >= size and (unit != "day" or seconds >= 2 * _DAY or seconds % _DAY == 0):
            number = int(seconds // size)
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return "0 minutes"
