"""The rules of the calendar: what keeps a go-live from its day, each with what clears it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from changebook.book import Book
from changebook.language import gettext as _
from changebook.language import plural, short_date
from changebook.model import Change
from changebook.names import slug
from changebook.schedule.golives import Booking
from changebook.schedule.whole import DAYS, Schedule, schedule_of, week_of
from changebook.schedule.words import apart_words, calendar_time, listed_words, shared_words, span_of_time

_MINUTE = timedelta(minutes=1)


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
    # Two phases can collide with the same change: it is said once.
    found = {hit.name: hit for item in reversed(plan.to_come.get(change.id, ())) for hit in collisions(plan, item)}
    return sorted(found.values(), key=lambda hit: (not hit.stops, hit.golive.order, hit.name))


def collisions(plan: Schedule, item: Booking) -> Iterator[Collision]:
    """Yield what `item` collides with in `plan`, in which it may be already: the later of two has the collision."""
    yield from of_the_day(plan, item)
    yield from of_the_hour(plan, item)


def of_the_day(plan: Schedule, item: Booking, *, last: bool = False) -> Iterator[Collision]:
    """Yield what is the same for every hour of a day: too many go-lives on it or in its week, or the week's end.

    With `last`, it comes after everything that is planned, whenever that is.
    """
    calendar, day = plan.calendar, item.start.date()
    week = week_of(day)
    for most, named, when, same in (
        (calendar.a_day, f"day-full/{day}", _("on {day}", day=short_date(day)), plan.days.get(day, ())),
        (
            calendar.a_week,
            f"week-full/{week[0]}-W{week[1]:02}",
            _("in week {number}", number=week[1]),
            plan.weeks.get(week, ()),
        ),
    ):
        if most is None or len(same) < most:
            continue
        before = [other for other in same if other.key != item.key and (last or other.order < item.order)]
        if len(before) >= most:
            said = (
                plural(
                    len(before),
                    "{changes} goes live {when}, and the desk carries {most}",
                    "{changes} go live {when}, and the desk carries {most}",
                ).format(changes=listed_words(before), when=when, most=most)
                if before
                else _("the desk carries no go-live {when}", when=when)
            )
            yield Collision(item, named, said, others=_ids(before))
    if calendar.last_day and day.weekday() > DAYS.index(calendar.last_day) and not item.strong:
        said = _("{day} is the end of the week, when few are there to help", day=short_date(day))
        yield Collision(item, f"end-of-week/{day}", said, _("or have strong cover and write 'cover: strong'"))


def of_the_hour(plan: Schedule, item: Booking, *, last: bool = False) -> Iterator[Collision]:
    """Yield what depends on the hour: whether it is staffed, holidays, blackouts, and what else is near."""
    for rule in (_unstaffed, _holiday, _blackout):
        yield from rule(plan, item)
    yield from _with_others(plan, item, last=last)


def _unstaffed(plan: Schedule, item: Booking) -> Iterator[Collision]:
    hours = plan.calendar.staffed
    if hours and not plan.is_staffed(item.start, item.end):
        said = _(
            "{start} to {end:%H:%M} is not all in staffed hours, {hours}",
            start=calendar_time(item.start),
            end=item.end,
            hours=hours.text,
        )
        yield Collision(item, f"hours-unstaffed/{item.start.date()}", said)


def _holiday(plan: Schedule, item: Booking) -> Iterator[Collision]:
    for day in sorted({item.start.date(), (item.end - _MINUTE).date()} & plan.off.keys()):
        yield Collision(item, f"holiday/{day}", _("{day} is {holiday}", day=short_date(day), holiday=plan.off[day]))


def _blackout(plan: Schedule, item: Booking) -> Iterator[Collision]:
    for closed in plan.closed(item.begins, item.ends):
        name = closed.blackout.name
        said = _(
            "{name} is from {start} to {end}",
            name=name,
            start=calendar_time(closed.start),
            end=calendar_time(closed.end),
        )
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
            said = _(
                "runs {when}, and both affect partners; leave {span} between",
                when=apart_words(item, other),
                span=span_of_time(gap),
            )
            until = other.ends + gap
            yield Collision(item, f"partners-near/{other.change}", said, others=(other.change,), until=until)
        if apart < shared:
            yield from _overlap(plan, item, other)
    yield from _cluster(plan, item, near, last=last)


def _overlap(plan: Schedule, item: Booking, other: Booking) -> Iterator[Collision]:
    """Yield what two changes share while the earlier is watched; those that are planned together may."""
    overlap, both = plan.calendar.overlap, item.touches & other.touches
    if not overlap or not both or other.change in item.related or item.change in other.related:
        return
    stopping = sorted(pair for pair in both if pair[0] in overlap.stops)
    if shared := stopping or sorted(pair for pair in both if pair[0] in overlap.warns):
        what = shared_words(shared, plan.called.get(shared[0], shared[0][1]))
        long = overlap.within.total_seconds()
        said = _(
            "runs {when}; both affect {what}, and each is watched for {span}",
            when=apart_words(item, other),
            what=what,
            span=span_of_time(long),
        )
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
    leads = _(" or ").join(plan.called.get(("teams", name), name) for name in cluster.leads)
    said = plural(
        len(near),
        "{changes} goes live within {span}, which needs a support lead",
        "{changes} go live within {span}, which needs a support lead",
    ).format(changes=listed_words(near), span=span_of_time(cluster.within.total_seconds()))
    clears = _("or have {leads} lead the bridge, under 'bridge.lead'", leads=leads)
    yield Collision(item, f"lead-missing/{near[-1].change}", said, clears, _ids(near))


def _ids(items: Iterable[Booking]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.change for item in items if item.change))
