"""The language that pages are written in: the program's own words in it, and which of them a number asks for.

English is in the sources. A language is two files: `language/XX.po` here with every text of the pages, and
`search/languages/XX.js` with the endings of its words. What a command says in a terminal is English.
"""

from changebook.language.catalog import ENGLISH, LANGUAGES
from changebook.language.spoken import (
    TimeUnit,
    amount,
    day_month,
    decimal,
    gettext,
    in_words,
    long_day,
    long_month,
    month_year,
    plural,
    short_date,
    short_day,
    short_month,
    short_names,
    speak,
    spoken,
    thousands,
    zone_name,
)

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "TimeUnit",
    "amount",
    "day_month",
    "decimal",
    "gettext",
    "in_words",
    "long_day",
    "long_month",
    "month_year",
    "plural",
    "short_date",
    "short_day",
    "short_month",
    "short_names",
    "speak",
    "spoken",
    "thousands",
    "zone_name",
]
