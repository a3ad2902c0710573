"""A moment that notes what is asked of it: what was worked out at it holds as long as every answer stays the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, SupportsIndex

_LEAST = timedelta(microseconds=1)
# Clocks are changed by an hour or two: what is so near to a moment that was shifted is asked for again.
_NEAR = timedelta(hours=3)


@dataclass
class Holding:
    """The moments, from `low` until before `high`, at which the same is answered; none other where it is `exact`."""

    low: datetime | None = None
    high: datetime | None = None
    exact: bool = False

    def holds(self, now: datetime) -> bool:
        """Return whether the same is answered at `now`."""
        return not self.exact and not (self.low and now < self.low) and not (self.high and now >= self.high)

    def bounds(self, now: datetime) -> tuple[datetime | None, datetime | None]:
        """Return `low` and `high` of what was worked out at `now`; of what is exact, that moment: books pin one."""
        return (now, now + _LEAST) if self.exact else (self.low, self.high)

    def begins(self, moment: datetime) -> None:
        """Note that no earlier moment than this is answered the same."""
        self.low = max(self.low, moment) if self.low else moment

    def ends(self, moment: datetime) -> None:
        """Note that this moment is answered otherwise."""
        self.high = min(self.high, moment) if self.high else moment

    def pin(self) -> None:
        """Note that no other moment is answered the same."""
        self.exact = True


class Watched(datetime):
    """A moment of which a span is noted: comparisons and its date narrow it; whatever else is asked makes it exact."""

    _span: Holding
    _shift: timedelta

    @classmethod
    def at(cls, now: datetime, span: Holding, shift: timedelta = timedelta()) -> Watched:
        """Return `now`, so that `span` is noted of it; it is `shift` before the moment that is watched."""
        parts = (now.year, now.month, now.day, now.hour, now.minute, now.second, now.microsecond)
        moment = cls(*parts, tzinfo=now.tzinfo, fold=now.fold)
        moment._span, moment._shift = span, shift
        return moment

    def __getattribute__(self, name: str) -> Any:
        """Return an attribute; any but those that are watched makes the span exact."""
        if not name.startswith("_") and name not in _WATCHED:
            return getattr(_plain(self), name)
        return super().__getattribute__(name)

    @property
    def shift(self) -> timedelta:
        """Return how long before the moment that is watched it is."""
        return self._shift

    @property
    def _zone(self) -> tzinfo | None:
        zone: tzinfo | None = datetime.tzinfo.__get__(self)
        return zone

    def _before(self, other: datetime, answer: bool) -> bool:
        """Note the answer to whether this is before `other`."""
        bound = other + self._shift
        # Within one zone, a moment is shifted and compared by the clock on the wall.
        near = _NEAR if self._shift and other.tzinfo is not self._zone else timedelta()
        if near and abs(datetime.__sub__(self, other)) < near:
            self._span.pin()
        if answer:
            self._span.ends(bound - near)
        else:
            self._span.begins(bound + near)
        return answer

    def __lt__(self, other: date) -> bool:
        return self._before(_moment(other), datetime.__lt__(self, _moment(other)))

    def __ge__(self, other: date) -> bool:
        return not self < other

    def __le__(self, other: date) -> bool:
        return self._before(_moment(other) + _LEAST, datetime.__le__(self, _moment(other)))

    def __gt__(self, other: date) -> bool:
        return not self <= other

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, datetime):
            return False
        return self <= other and self >= other

    def __ne__(self, other: object) -> bool:
        return not self == other

    def date(self) -> date:
        """Return its day, on which it is noted."""
        day = datetime.date(self)
        self._before(datetime.combine(day, time.min, self._zone), answer=False)
        self._before(datetime.combine(day + timedelta(days=1), time.min, self._zone), answer=True)
        return day

    @property
    def year(self) -> int:
        """Return its year, noted by its day."""
        return self.date().year

    def __sub__(self, other: Any) -> Any:
        if isinstance(other, timedelta) and not self._shift:
            return Watched.at(_bare(self) - other, self._span, other)
        return _unwatched(self, "__sub__", other)

    def __rsub__(self, other: Any) -> Any:
        return other - _plain(self)

    def __add__(self, other: Any) -> Any:
        if isinstance(other, timedelta) and not self._shift:
            return Watched.at(_bare(self) + other, self._span, -other)
        return _unwatched(self, "__add__", other)

    __radd__ = __add__

    def __hash__(self) -> int:
        return hash(_plain(self))

    def __format__(self, form: str) -> str:
        return format(_plain(self), form)

    def __str__(self) -> str:
        return str(_plain(self))

    def __repr__(self) -> str:
        return repr(_plain(self))

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        return _plain(self).__reduce_ex__(protocol)

    def steps_to(self, moment: datetime, step: timedelta) -> int:
        """Return how many whole steps there are to `moment`; see `steps_between`."""
        if self._shift or moment.tzinfo is not self._zone:
            return (moment - _plain(self)) // step
        steps = (moment - _bare(self)) // step
        self._before(moment - steps * step + _LEAST, answer=True)
        self._before(moment - (steps + 1) * step + _LEAST, answer=False)
        return steps


def steps_between(now: datetime, moment: datetime, step: timedelta) -> int:
    """Return how many whole steps there are from `now` to `moment`, by the clock on the wall."""
    return now.steps_to(moment, step) if isinstance(now, Watched) else (moment - now) // step


_WATCHED = {"at", "date", "shift", "steps_to", "tzinfo", "year"}


def _moment(other: date) -> datetime:
    if not isinstance(other, datetime):
        raise TypeError("a moment is no date")
    # What was worked out of a watched moment goes on with it: to compare the two asks nothing.
    return _bare(other) if isinstance(other, Watched) else other


def _plain(moment: Watched) -> datetime:
    """Return a moment that nothing is noted of, once the span is exact."""
    moment._span.pin()
    return _bare(moment)


def _bare(moment: Watched) -> datetime:
    return datetime.combine(datetime.date(moment), datetime.timetz(moment))


def _unwatched(moment: Watched, how: str, other: Any) -> Any:
    return getattr(_plain(moment), how)(other)
