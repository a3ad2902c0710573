"""Cells as other programs write them, as records have them: hours, numbers and names."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Literal

from babel.dates import get_day_names

from changebook.language import ENGLISH
from changebook.language.catalog import catalog

# How lists of teams say that somebody is always there.
_ALWAYS = re.compile(r"24 ?[x/*] ?7(?: ?[x/*] ?365)?|24 ?h(?:ours)?|round the clock|rund um die uhr", re.I)
# An hour that stands alone may be of the morning or of the evening: it is left as it is, and refused.
_TIME = re.compile(r"\b(\d{1,2})(?:[:.](\d\d))?(?: ?([ap])\.?m\b\.?)?")
_WIDTHS: tuple[Literal["wide", "abbreviated", "short"], ...] = ("wide", "abbreviated", "short")


def plain_cells(cells: Mapping[str, str], *, names: Collection[str], language: str) -> dict[str, str]:
    """Return cells by their field, with hours as records have them, and as titles can hold it what is in `names`."""
    return {
        field: plain_hours(cell, language)
        if field == "hours"
        else plain_name(cell, language)
        if field in names
        else cell
        for field, cell in cells.items()
    }


def plain_hours(cell: str, language: str = ENGLISH) -> str:
    """Return a team's hours as a record has them: `24x7` is `always`, `Mo-Fr 8:00 to 5 pm` is mon-fri 08:00-17:00.

    Days may be named in English or in `language`. What is not understood is left, for the check to name.
    """
    if _ALWAYS.fullmatch(cell):
        return "always"
    text = re.sub(r"\s*(?:[-\u2013\u2014]|\bto\b|\bbis\b)\s*", "-", cell.lower().replace(";", ","))
    text = re.sub(r"\bm-f\b", "mon-fri", _TIME.sub(_time, re.sub(r" ?\buhr\b", "", text)))
    days = _days(language)
    return re.sub(r"[^\W\d_]+\.?", lambda word: days.get(word[0].rstrip("."), word[0]), text)


def _time(found: re.Match[str]) -> str:
    hour, minutes, half = found.groups()
    if not minutes and not half:
        return found[0]
    whole = int(hour) % 12 + 12 * (half == "p") if half else int(hour)
    return f"{whole:02}:{minutes or '00'}"


def _days(language: str) -> dict[str, str]:
    """Return what records call each day, by its names in English and in a language."""
    called: dict[str, str] = {}
    for spoken in (ENGLISH, language):
        for width in _WIDTHS:
            for day, name in get_day_names(width, locale=spoken).items():
                called[name.rstrip(".").lower()] = f"{date(2024, 1, day + 1):%a}".lower()
    return called


def plain_number(cell: str) -> int | None:
    """Return a number, also one with its thousands apart, `1,240` or `1.240`; None for another cell."""
    return (
        int(re.sub(r"\D", "", cell)) if re.fullmatch(r"\d+|\d{1,3}(?:[,.' \u2019\u00a0\u202f]\d{3})+", cell) else None
    )


def plain_name(cell: str, language: str = ENGLISH) -> str:
    """Return a name as titles can hold it: `Lab & Pathology` is Lab and Pathology."""
    return re.sub(r"\s*&\s*", f" {catalog(language).gettext('and')} ", cell).strip()
