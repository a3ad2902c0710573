"""The [blanks] of a text that the desk sends: times that fill themselves, and words that somebody fills in."""

from __future__ import annotations

import re

BLANK = re.compile(r"\[[^\[\]]+\]")
# The same rule is in `due.js`; one table of cases holds the two together.
_TIME = re.compile(
    r"\[time \+ [1-9][0-9]{0,2} (?:min|h)(?:, or (?:[01][0-9]|2[0-3]):[0-5][0-9](?: on the next working day)?)?\]"
)
_FROM_NOW = re.compile(r"^\[time \+ ([0-9]+ (?:min|h))")
# What somebody writes who means a time: a plus, "time" with digits, or a bare duration.
_MEANT_AS_TIME = re.compile(
    r"\+|\bplus\b|^\[\s*(?:time|now)\b.*[0-9]|^\[\s*(?:in\s+)?[0-9]+\s*(?:m|mins?|minutes?|h|hrs?|hours?)\b", re.I
)


def blanks_in(text: str) -> list[str]:
    """Return the blanks of a text, brackets included, in their order; a line break in one is a space."""
    return BLANK.findall(" ".join(text.split()))


def is_time(blank: str) -> bool:
    """Return whether a blank is a time that fills itself: `[time + 30 min]`, `[time + 2 h, or 08:00 on ...]`."""
    return bool(_TIME.fullmatch(blank))


def time_in_words(blank: str) -> str:
    """Return a time as a person reads it who fills it in: `[time, 30 min from now]`."""
    return _FROM_NOW.sub(r"[time, \1 from now", blank)


def is_meant_as_time(blank: str) -> bool:
    """Return whether a blank that is no time looks as if it was meant to be one."""
    return not is_time(blank) and bool(_MEANT_AS_TIME.search(blank))


def is_open(text: str) -> bool:
    """Return whether a bracket of a text has no partner, or nothing between it and its partner."""
    return bool(re.search(r"[\[\]]", BLANK.sub("", text)))
