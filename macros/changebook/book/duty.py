"""Who answers at a moment: the team that is called, else who covers for it, else nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from changebook.book.book import Desk
from changebook.model import Team

# A team with a shift a week opens within days, also over holidays.
_DAYS_AHEAD = 60
# As far as a clock is put forward.
_SKIPPED = timedelta(hours=3)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Closed:
    """A team that does not answer, and when it does next, in the book's zone; None when not for weeks."""

    team: Team
    opens: datetime | None


@dataclass(frozen=True)
class OnDuty:
    """Who answers at a moment, in the book's zone.

    `team` is the one to call, None when nobody answers; `closed` are those in line before it, in that order; `then`
    is who answers next in line if it does not pick up. With nobody there, a ticket waits in `queue`, and `lead`, the
    desk's lead, is called if it answers.
    """

    at: datetime
    team: Team | None
    closed: tuple[Closed, ...]
    then: Team | None
    queue: str
    lead: Team | None


def on_duty(
    desk: Desk, team: Team, moment: datetime, *, backup: Team | None = None, queue: str | None = None
) -> OnDuty:
    """Return who answers at `moment` (aware) for `team`, for which `backup` covers before its own backup does.

    Without `queue`, a ticket waits in the queue of `team`.
    """
    at = moment.astimezone(desk.settings.zone)
    line = in_line(desk, team, backup)
    there = [one for one in line if desk.answers(one, at)]
    before = line[: line.index(there[0])] if there else line
    lead = lead_to_call(desk)
    return OnDuty(
        at=at,
        team=there[0] if there else None,
        closed=tuple(Closed(one, opens(desk, one, at)) for one in before),
        then=there[1] if len(there) > 1 else None,
        queue=queue or team.queue,
        lead=lead if not there and lead and desk.answers(lead, at) else None,
    )


def in_line(desk: Desk, team: Team, backup: Team | None = None) -> tuple[Team, ...]:
    """Return whom to try, in order: `team`, then `backup` and those that cover for it, then those for `team`.

    The desk reads this and does not call itself: a team that answers its number covers for nobody.
    """
    line = _chain(desk, backup) | _chain(desk, team)
    others = (one for one in line.values() if one.id != team.id and one.phone != desk.settings.desk.phone)
    return (team, *others)


def lead_to_call(desk: Desk) -> Team | None:
    """Return the desk's lead, None where it has the desk's own number: the desk does not call itself."""
    lead = desk.teams.get(desk.settings.lead or "")
    return lead if lead and lead.phone != desk.settings.desk.phone else None


def _chain(desk: Desk, team: Team | None) -> dict[str, Team]:
    found: dict[str, Team] = {}
    while team and team.id not in found:  # two teams may cover for each other
        found[team.id] = team
        team = desk.teams.get(team.backup or "")
    return found


def opens(desk: Desk, team: Team, moment: datetime) -> datetime | None:
    """Return when a team that is closed at `moment` (aware) answers next, in the book's zone, None if not for weeks."""
    zone, start = desk.zone_of(team), moment.astimezone(UTC).replace(second=0, microsecond=0)
    clock = start.astimezone(zone).replace(tzinfo=None)
    for begins in _beginnings(desk, team, clock):
        there = start + (begins - clock)
        # If the clock is changed on the way, it shows another hour then.
        there -= there.astimezone(zone).replace(tzinfo=None) - begins
        # A shift that would begin in the hour that is skipped begins after it.
        until = there + _SKIPPED
        while there < until and not desk.answers(team, there):
            there += _MINUTE
        if there < until:
            return there.astimezone(desk.settings.zone)
    return None


def _beginnings(desk: Desk, team: Team, clock: datetime) -> Iterator[datetime]:
    """Yield when the shifts of a team begin after `clock`, by its own clock, the next first."""
    midnight = clock.replace(hour=0, minute=0)
    for day in (midnight + timedelta(days=number) for number in range(-1, _DAYS_AHEAD)):
        starts = {shift.start for shift in team.hours.shifts if shift.begins(day.date(), desk.settings.closed)}
        yield from (begins for start in sorted(starts) if (begins := day + start * _MINUTE) > clock)
