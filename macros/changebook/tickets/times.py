"""Times as helpdesks write them, to UTC."""

from __future__ import annotations

import contextlib
import re
import warnings
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil import parser

_NUMERIC = re.compile(
    r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})"
    r"(?:,?[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?: ?([AaPp])\.?[Mm]\.?)?)?"
)
# Helpdesks write 1970-01-01 for never.
_NEVER = 1990
# Two moments that differ in each part: a text that leaves one out reads differently beside each.
_BESIDE = (datetime(2003, 3, 4), datetime(2004, 5, 6))


class TimeReader:
    """Reads the times of one export: `zone` is that of times without one, `day_first` means 3/4 is 3 April."""

    def __init__(self, zone: ZoneInfo, *, day_first: bool) -> None:
        self.zone, self.day_first = zone, day_first
        # Days that fit only this order of day and month, and those that fit only the other.
        self.fits: list[str] = []
        self.misfits: list[str] = []
        # Moments that may be an hour earlier or later: clocks show their hour twice, or skip it.
        self.unsure: set[datetime] = set()

    def read(self, text: str) -> datetime | None:
        """Return the time that `text` names, None for 1970 and others that mean never; raise ValueError if it is none.

        Of an hour that clocks show twice it is the first; one that they skip is as far behind the change: both are
        `unsure`.
        """
        moment = self._local(text)
        if moment.year < _NEVER:
            return None
        if moment.tzinfo:
            return moment.astimezone(UTC)
        first = moment.replace(tzinfo=self.zone)
        found = first.astimezone(UTC)
        if first.utcoffset() != first.replace(fold=1).utcoffset():
            self.unsure.add(found)
        return found

    def _local(self, text: str) -> datetime:
        if text[4:5] == "-":
            with contextlib.suppress(ValueError):
                return datetime.fromisoformat(text)
        if not (parts := _NUMERIC.fullmatch(text)):
            return _in_words(text, self.day_first)
        one, two, year, hour, minute, second = (int(part or 0) for part in parts.groups()[:6])
        day, month = (one, two) if self.day_first else (two, one)
        if max(one, two) <= 31 and min(one, two) <= 12 < max(one, two):
            (self.fits if month <= 12 else self.misfits).append(text)
        if half := parts[7]:
            if not 1 <= hour <= 12:
                raise ValueError(text)
            hour = hour % 12 + (12 if half in "pP" else 0)
        return datetime(year if year > 99 else 2000 + year, month, day, hour, minute, second)


@lru_cache(maxsize=4096)  # a column of events repeats its times
def _in_words(text: str, day_first: bool) -> datetime:
    """Return a time with the name of a month, such as `Fri Nov 27 17:43:08 2026` or `27/Nov/26 5:43 PM`."""
    if not re.search(r"[A-Za-z]{3}|^\d{4}-", text):
        raise ValueError(text)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a zone that it does not know would be taken for ours
            one, two = (parser.parse(text, default=beside, dayfirst=day_first) for beside in _BESIDE)
    except (OverflowError, TypeError, Warning) as error:
        raise ValueError(text) from error
    if one != two:
        raise ValueError(text)
    return one
