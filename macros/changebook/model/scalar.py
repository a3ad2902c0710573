"""Numbers, days, moments, durations and hours: text in a file, typed values in a record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BeforeValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from changebook.characters import shown
from changebook.errors import ChangebookError
from changebook.model.plain import fault, typed
from changebook.model.shape import Shape, or_bare, pattern

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_DATE, _CLOCK = "20[0-9]{2}-[0-9]{2}-[0-9]{2}", "[0-9]{2}:[0-9]{2}"
_OFFSET, _COUNT = "(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])", "0|[1-9][0-9]{0,8}"
# Zones that are another one on every machine, and the variants of zones that no browser knows.
_OF_THE_MACHINE = ("localtime", "posixrules", "Factory", "posix/", "right/")
_ZONE = r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+){0,2}"
_A_ZONE = "write an IANA name, such as America/Chicago"
_HOUR = "([01][0-9]|2[0-4]):([0-5][0-9])"


@dataclass(frozen=True)
class Shift:
    """Hours on some days of the week (0 is Monday), in minutes after midnight; `end` may pass midnight."""

    days: frozenset[int]
    start: int
    end: int

    def begins(self, day: date, closed: frozenset[date]) -> bool:
        """Return whether this shift begins on `day`, unless that is one of the `closed` days."""
        return day.weekday() in self.days and day not in closed

    def holds(self, moment: datetime, closed: frozenset[date]) -> bool:
        """Return whether the local time `moment` falls into this shift; one past midnight is of the day it began."""
        minute, day = moment.hour * 60 + moment.minute, moment.date()
        if self.start < self.end:
            return self.begins(day, closed) and self.start <= minute < self.end
        return (self.begins(day, closed) and minute >= self.start) or (
            self.begins(day - timedelta(days=1), closed) and minute < self.end
        )


@dataclass(frozen=True)
class Hours:
    """When a team answers: its shifts, none meaning around the clock; `text` is what its desk file says."""

    text: str
    shifts: tuple[Shift, ...]

    def holds(self, moment: datetime, closed: frozenset[date] = frozenset()) -> bool:
        """Return whether the team answers at the local time `moment`; no shift begins on a day of `closed`."""
        return not self.shifts or any(shift.holds(moment, closed) for shift in self.shifts)


def in_zone(text: str, zone: ZoneInfo) -> datetime:
    """Return the aware time that `text`, such as `2026-12-02 21:00`, names in `zone`.

    An offset may follow and must agree with the zone. Hours that the zone skips or has twice are refused, as are
    years that no release is planned for: before 2000 or after 2099.
    """
    parts = re.fullmatch(rf"({_DATE})[ T]({_CLOCK})(?: ?({_OFFSET}))?", text)
    if not parts:
        if re.fullmatch(rf"{_DATE}[ T]{_CLOCK} (?:(?!AM|PM)[A-Z]{{2,5}}|[A-Z]\w+/\w+)", text):
            raise fault(f"{shown(text)} names a zone; times are those of {zone.key}, leave the zone out")
        raise fault(f"{shown(text)} is not a time; write it like 2026-12-02 21:00, in the years 2000 to 2099")
    try:
        local = datetime.fromisoformat(f"{parts[1]}T{parts[2]}").replace(tzinfo=zone)
    except ValueError as error:
        raise fault(f"{shown(text)} is not a time: {error}; write it like 2026-12-02 21:00") from error
    if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise fault(f"{shown(text)} does not exist: clocks in {zone.key} skip that hour; choose another")
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise fault(f"{shown(text)} happens twice: clocks in {zone.key} go back that night; choose another hour")
    if parts[3] and datetime.fromisoformat(f"{parts[1]}T{parts[2]}{parts[3]}") != local:
        raise fault(f"the offset {parts[3]} is not that of {zone.key} at that time ({local:%z}); leave the offset out")
    return local


def moment_in(text: str, zone: ZoneInfo) -> datetime:
    """Return the time, or the beginning of the day, that `text` names; raise ChangebookError when it is neither."""
    moment = text if " " in text or "T" in text else " ".join((text, "00:00"))
    try:
        return in_zone(moment, zone)
    except PydanticCustomError as error:
        raise ChangebookError(error.message().replace(moment, text)) from error


def duration_in(text: str) -> timedelta:
    """Return the span of time that `text`, such as `90m`, names; raise ChangebookError when it is none."""
    try:
        return _duration(text)
    except PydanticCustomError as error:
        raise ChangebookError(error.message()) from error


def _moment(value: Any, info: ValidationInfo) -> datetime:
    # A record's zone comes from its book; the book's own pinned time comes after its zone.
    zone = (info.context or {}).get("zone") or info.data.get("zone") or ZoneInfo("UTC")
    return in_zone(typed(value), zone)


def _day(value: Any) -> date:
    text = typed(value)
    try:
        return date.fromisoformat(text if re.fullmatch(_DATE, text) else "")
    except ValueError as error:
        raise fault(f"{shown(text)} is not a date; write it like 2026-12-02, in the years 2000 to 2099") from error


def _day_or_moment(value: Any, info: ValidationInfo) -> datetime:
    return _moment(f"{value} 00:00" if re.fullmatch(_DATE, typed(value)) else value, info)


def _duration(value: Any) -> timedelta:
    text = typed(value)
    if not (found := re.fullmatch(r"([1-9][0-9]{0,3})([smhd])", text)):
        raise fault(f"{shown(text)} is not a duration; write a number from 1 to 9999 and s, m, h or d, such as 30m")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _truth(value: Any) -> bool:
    text = typed(value)
    if text not in ("true", "false"):
        raise fault(f"{shown(text)} is neither true nor false; write one of the two")
    return text == "true"


def _count(value: Any) -> int:
    text = typed(value)
    if not re.fullmatch(_COUNT, text):
        raise fault(f"{shown(text)} is not a whole number; write digits only, nine at most")
    return int(text)


def _level(value: Any) -> int:
    text = typed(value)
    if text not in ("1", "2", "3", "4"):
        raise fault(f"{shown(text)} is not a level; write 1 (critical), 2 (major), 3 (minor) or 4 (routine)")
    return int(text)


def _zone(value: Any) -> ZoneInfo:
    text = typed(value)
    try:
        if text.startswith(_OF_THE_MACHINE) or not re.fullmatch(_ZONE, text):
            raise KeyError(text)
        return ZoneInfo(text)
    except (ValueError, OSError, KeyError) as error:
        place = f"/{text.replace(' ', '_')}".casefold()
        near = [f"did you mean {zone}?" for zone in sorted(available_timezones()) if zone.casefold().endswith(place)]
        raise fault(f"no time zone {shown(text)}; {(*near, _A_ZONE)[0]}") from error


def _hours(value: Any) -> Hours:
    text = typed(value)
    return Hours(text, () if text == "always" else tuple(_shift(part.strip(), text) for part in text.split(",")))


def _shift(part: str, text: str) -> Shift:
    found = re.fullmatch(rf"(?:([a-z]{{3}})(?:-([a-z]{{3}}))? )?{_HOUR}-{_HOUR}", part)
    if not found or any(day not in _DAYS for day in found.groups()[:2] if day):
        raise fault(f"{shown(text)} are not hours; write always, or for example mon-fri 07:00-19:00, sat 08:00-12:00")
    first = _DAYS.index(found[1] or "mon")
    last = _DAYS.index(found[2] or found[1] or "sun")
    days = frozenset((first + offset) % 7 for offset in range((last - first) % 7 + 1))
    start, end = int(found[3]) * 60 + int(found[4]), int(found[5]) * 60 + int(found[6])
    if start == end or max(start, end) > 24 * 60:
        raise fault(f"{shown(part)} is not a span of hours; end it at another time, 24:00 at the latest")
    return Shift(days, start, end)


_DAY = "20[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_TIME = rf"{_DAY}[ T](?:[01][0-9]|2[0-3]):[0-5][0-9](?: ?{_OFFSET})?"
_MOMENT = Shape("a time, `2026-12-02 21:00`, in the book's zone", pattern(_TIME), says_how=True, dated=True)
Moment = Annotated[datetime, BeforeValidator(_moment), _MOMENT]
Day = Annotated[date, BeforeValidator(_day), Shape("a day, `2026-12-02`", pattern(_DAY), says_how=True, dated=True)]
_EITHER = Shape("a day or a time, `2026-12-02`", pattern(f"(?:{_DAY}|{_TIME})"), says_how=True, dated=True)
DayOrMoment = Annotated[datetime, BeforeValidator(_day_or_moment), _EITHER]
Duration = Annotated[
    timedelta, BeforeValidator(_duration), Shape("a duration, `30m`", pattern("[1-9][0-9]{0,3}[smhd]"), says_how=True)
]
_BOOLEAN = or_bare(pattern("(?:true|false)"), type="boolean")
Truth = Annotated[bool, BeforeValidator(_truth), Shape("true or false", _BOOLEAN, says_how=True)]
_WHOLE = or_bare(pattern(f"(?:{_COUNT})"), type="integer", minimum=0, maximum=999_999_999)
Count = Annotated[int, BeforeValidator(_count), Shape("a whole number", _WHOLE)]
Level = Annotated[int, BeforeValidator(_level), Shape("a level, 1 to 4", or_bare(pattern("[1-4]"), enum=[1, 2, 3, 4]))]
Zone = Annotated[ZoneInfo, BeforeValidator(_zone), Shape("a time zone", {"type": "string"})]
WorkingHours = Annotated[
    Hours, BeforeValidator(_hours), Shape("hours, `mon-fri 07:00-19:00` or `always`", {"type": "string"})
]
