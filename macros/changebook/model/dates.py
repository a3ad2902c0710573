"""Dates as people write them in prose: `19 Jan`, `Tuesday, January 19`, `2027-01-19`, and the weekday beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from changebook.model.typed import prose_only

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Capitals and whole words only: "may", "march" and "sat" are verbs.
_WEEKDAY = r"(?:(?:Mon|Fri|Sun)(?:day)?|Tue(?:s(?:day)?)?|Wed(?:nesday)?|Thu(?:rs?(?:day)?)?|Sat(?:urday)?)"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_YEAR = r"(?:,?\s+(?P<{}>20[0-9]{{2}})(?!\w|[.:]\d))?"
_DATE = re.compile(
    rf"(?<![\w./:\-\u2013])(?:(?P<weekday>{_WEEKDAY})\.?,?\s+(?:the\s+)?)?"
    rf"(?:(?P<day>{_DAY})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})(?!\w){_YEAR.format('year')}"
    rf"|(?P<us_month>{_MONTH})\.?\s+(?P<us_day>{_DAY})(?:st|nd|rd|th)?(?![\w%]|[.:/]\d){_YEAR.format('us_year')}"
    r"|(?P<iso>20[0-9]{2}-[0-9]{2}-[0-9]{2})(?![\w\-/]|[.:]\d))"
    rf"(?:\s+\((?P<after>{_WEEKDAY})\)|,\s+a\s+(?P<said>{_WEEKDAY})\b)?"
)
_PART = re.compile(
    rf"(?P<iso>20[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}})|\b(?P<weekday>{_WEEKDAY})\b|\b(?P<month>{_MONTH})\b|\b(?P<year>20[0-9]{{2}})\b"
    r"|\b(?P<number>[0-9]{1,2})(?P<ordinal>st|nd|rd|th)?\b"
)
_HINT = re.compile(rf"{'|'.join(_MONTHS)}|20[0-9]{{2}}-")
# A day without a year half a year away may be of the year before or after.
_MAY_BE = 215
# A number so far ahead may be a year, and may be a time: `Tue 8 Dec 2030` is said of 20:30 too.
_FAR = 2


@dataclass(frozen=True)
class WrittenDate:
    """A date in a text, from `start` to `end`: the days that it may name, the likeliest first, none where there is no
    such day; and the weekday beside it, as written, "" without one.
    """

    start: int
    end: int
    text: str
    days: tuple[date, ...]
    weekday: str

    @property
    def number(self) -> int:
        """The number of its weekday, Monday being 0."""
        return next(at for at, name in enumerate(WEEKDAYS) if name[:3] == self.weekday[:3])

    @property
    def wrong(self) -> bool:
        """Whether it has a weekday, and names no day of that weekday."""
        return bool(self.weekday) and self.number not in {day.weekday() for day in self.days}


def dates_in(text: str, near: date) -> Iterator[WrittenDate]:
    """Yield the dates in `text`, in order; one without a year is the nearest to the day `near`. Code is not read."""
    if not _HINT.search(text):
        return
    for found in _DATE.finditer(prose_only(text)):
        weekday = found["weekday"] or found["after"] or found["said"] or ""
        days = _days(found, near)
        # "Feb 30" alone may be said of 30 people.
        if days or weekday:
            yield WrittenDate(found.start(), found.end(), text[found.start() : found.end()], days, weekday)


def _days(found: re.Match[str], near: date) -> tuple[date, ...]:
    if found["iso"]:
        return tuple(filter(None, (_date(*map(int, found["iso"].split("-"))),)))
    month = _MONTHS.index((found["month"] or found["us_month"])[:3]) + 1
    day, year = int(found["day"] or found["us_day"]), int(found["year"] or found["us_year"] or 0)
    if year and year - near.year <= _FAR:
        return tuple(filter(None, (_date(year, month, day),)))
    around = filter(None, (_date(near.year + step, month, day) for step in range(-4, 5)))
    nearest = sorted(around, key=lambda one: (abs((one - near).days), one))
    likely = [one for at, one in enumerate(nearest) if not at or abs((one - near).days) <= _MAY_BE]
    return tuple(filter(None, (*likely, _date(year, month, day) if year else None)))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def as_written(text: str, day: date) -> str:
    """Return the date `day` as `text`, which is a date, is written: its weekday, month and year in full or short."""

    def part(found: re.Match[str]) -> str:
        if found["iso"]:
            return day.isoformat()
        if found["weekday"]:
            name = WEEKDAYS[day.weekday()]
            return name if found["weekday"] in WEEKDAYS else name[:3]
        if found["month"]:
            return f"{day:%b}" if found["month"] in (*_MONTHS, "Sept") and found["month"] != "May" else _long(text, day)
        if found["year"]:
            return str(day.year)
        zero = "0" if found["number"].startswith("0") and day.day < 10 else ""
        return f"{zero}{day.day}{_ordinal(day.day) if found['ordinal'] else ''}"

    return _PART.sub(part, text)


def _long(text: str, day: date) -> str:
    """Return the month of `day` in full, or short where `text`, in which the two are alike, has a short weekday."""
    short = "May" in text and re.search(rf"\b(?:{'|'.join(name[:3] for name in WEEKDAYS)})\b", text)
    return f"{day:%b}" if short else f"{day:%B}"


def _ordinal(number: int) -> str:
    return "th" if 10 < number < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
