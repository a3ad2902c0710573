"""The times in what the desk says, filled in: `[time + 30 min]` is a time of day in the book's zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from changebook.book.book import Desk
from changebook.language import short_date, zone_name
from changebook.model import Team
from changebook.model.blanks import BLANK, is_time

# What `due.js` does in a browser; one table of cases holds the two together.
_PARTS = re.compile(r"([0-9]+) (min|h)(?:, or ([0-9]+):([0-9]+))?")
_FIVE, _DAY = timedelta(minutes=5), timedelta(days=1)


def filled(desk: Desk, text: str, moment: datetime, *, team: Team | None = None) -> str:
    """Return `text` with its times as of `moment` (aware), rounded up to five minutes; other blanks stay.

    `team` gives the answer: where it is not there at the time that is promised, the hour after "or" is taken, the
    first one from then on. Without a team somebody always is.
    """

    def words(found: re.Match[str]) -> str:
        blank = found[0]
        return time_words_at(desk, promised(desk, blank, moment, team=team), moment) if is_time(blank) else blank

    return BLANK.sub(words, text)


def promised(desk: Desk, blank: str, moment: datetime, *, team: Team | None = None) -> datetime:
    """Return the time that `blank` names at `moment`, in the book's zone."""
    parts = _PARTS.search(blank)
    assert parts  # nothing else is a time
    count, unit, hour, minute = parts.groups()
    zone, wait = desk.settings.zone, timedelta(minutes=int(count) * (60 if unit == "h" else 1))
    start = moment.astimezone(UTC).replace(second=0, microsecond=0) + wait
    at = start + (-timedelta(minutes=start.minute) % _FIVE)
    if not hour or not team or desk.answers(team, at):
        return at.astimezone(zone)
    clock = at.astimezone(zone).replace(tzinfo=None)
    then = clock.replace(hour=int(hour), minute=int(minute))
    while then < clock or ("working day" in blank and not _works(desk, team, then)):
        then += _DAY
    # Of an hour that comes twice it is the first; one that is skipped shows as the hour after it.
    return then.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


def time_words_at(desk: Desk, at: datetime, moment: datetime) -> str:
    """Return a time as it is said at `moment`: `10:15 CST`, with the day where that is another one."""
    today = moment.astimezone(desk.settings.zone).date()
    day = "" if at.date() == today else f"{short_date(at)}, "
    return f"{day}{at:%H:%M} {zone_name(at)}"


def _works(desk: Desk, team: Team, at: datetime) -> bool:
    return any(shift.begins(at.date(), desk.settings.closed) for shift in team.hours.shifts)
