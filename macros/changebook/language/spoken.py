"""The language that is spoken: a door says once which, and every page that it makes is written in it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any, Literal, TypeVar

from changebook.language.catalog import ENGLISH, PSEUDO, catalog

TimeUnit = Literal["day", "hour", "minute", "second"]
_Key = TypeVar("_Key")
# What needs no catalog of days and months.
_PLAIN = (ENGLISH, PSEUDO)
_SPOKEN: ContextVar[str] = ContextVar("_SPOKEN", default=ENGLISH)


def speak(language: str) -> None:
    """Write what follows in a language, by its two letters."""
    catalog(language)
    _SPOKEN.set(language)


def spoken() -> str:
    """Return the language that is spoken, by its two letters."""
    return _SPOKEN.get()


def gettext(text: str, /, **facts: object) -> str:
    """Return one of the program's own texts in the language that is spoken, with `facts` in place of their names in
    braces; as it is where nobody translated it. What is behind a bar tells a text from another that is the same in
    English: `Answers|to a rehearsed call`.
    """
    language = _SPOKEN.get()
    # What a catalog says for no text is its own head.
    said = text if language == ENGLISH or not text else catalog(language).gettext(text)
    said = said.partition("|")[0]
    return said.format(**facts) if facts else said


def in_words(texts: Mapping[_Key, str]) -> dict[_Key, str]:
    """Return a table of the program's own texts in the language that is spoken."""
    return {key: gettext(text) for key, text in texts.items()}


def thousands(number: int) -> str:
    """Return a number with its thousands apart: `1,200`."""
    language = _SPOKEN.get()
    if language in _PLAIN:
        return f"{number:,}"
    return str(import_module("babel.numbers").format_decimal(number, locale=language))


def decimal(number: Decimal) -> str:
    """Return a number with the decimal mark of the language: `3.5`."""
    language = _SPOKEN.get()
    return (
        str(number)
        if language in _PLAIN
        else str(import_module("babel.numbers").format_decimal(number, locale=language))
    )


def plural(number: int, one: str, many: str) -> str:
    """Return which of a word's forms goes with a number, in the language that is spoken: `file`, `files`."""
    language = _SPOKEN.get()
    return (one if number == 1 else many) if language == ENGLISH else catalog(language).ngettext(one, many, number)


def amount(number: int, unit: TimeUnit, *, from_now: bool = False) -> str:
    """Return so many of a unit of time: `3 days`; with `from_now`, `in 3 days`, or `3 days ago` for a negative one."""
    language = _SPOKEN.get()
    if language in _PLAIN:
        said = f"{abs(number)} {plural(abs(number), unit, f'{unit}s')}"
        form = "{said}" if not from_now else "in {said}" if number > 0 else "{said} ago"
        return gettext(form, said=said)
    span = timedelta(**{f"{unit}s": number})
    # Never a larger unit than the one that is asked for.
    return str(_dates().format_timedelta(span, unit, threshold=math.inf, add_direction=from_now, locale=language))


def short_day(day: date) -> str:
    """Return the short name of a weekday: `Wed`."""
    language = _SPOKEN.get()
    if language in _PLAIN:
        return gettext(f"{day:%a}")
    return str(_dates().get_day_names("short", locale=language)[day.weekday()]).rstrip(".")


def long_day(day: date) -> str:
    """Return the name of a weekday: `Wednesday`."""
    language = _SPOKEN.get()
    if language in _PLAIN:
        return gettext(f"{day:%A}")
    return str(_dates().get_day_names("wide", locale=language)[day.weekday()])


def day_month(day: date) -> str:
    """Return a day of any year: `2 Dec`."""
    return gettext("{day} {month}", day=day.day, month=short_month(day))


def short_date(day: date) -> str:
    """Return a day of any year with its weekday: `Wed 2 Dec`."""
    return f"{short_day(day)} {day_month(day)}"


def month_year(day: date) -> str:
    """Return a month of a year: `December 2026`."""
    return f"{long_month(day)} {day.year}"


def short_names() -> Mapping[str, str]:
    """Return the short names of days and months by their English ones."""
    return _short_names(_SPOKEN.get())


@cache
def _short_names(_language: str) -> Mapping[str, str]:
    week = [date(2024, 1, day) for day in range(1, 8)]
    year = [date(2024, month, 1) for month in range(1, 13)]
    return {f"{day:%a}": short_day(day) for day in week} | {f"{day:%b}": short_month(day) for day in year}


def short_month(day: date) -> str:
    """Return the short name of a month: `Dec`."""
    language = _SPOKEN.get()
    if language in _PLAIN:
        return gettext(f"{day:%b}")
    return str(_dates().get_month_names("abbreviated", locale=language)[day.month])


def long_month(day: date) -> str:
    """Return the name of a month: `December`."""
    language = _SPOKEN.get()
    return gettext(f"{day:%B}") if language in _PLAIN else _dates().get_month_names("wide", locale=language)[day.month]


def zone_name(moment: datetime) -> str:
    """Return the short name of a zone at a moment: `CST`, or how far it is from UTC where a language has none."""
    language = _SPOKEN.get()
    return f"{moment:%Z}" if language in _PLAIN else str(_dates().get_timezone_name(moment, "short", locale=language))


def _dates() -> Any:
    # A command in English starts sooner without.
    return import_module("babel.dates")
