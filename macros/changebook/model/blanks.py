"""The [blanks] of a text that the desk sends: times that fill themselves, and words that somebody fills in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from changebook.language import gettext as _
from changebook.model.typed import prose_only

BLANK = re.compile(r"\[[^\[\]]+\]")
# In Markdown, an address in brackets behind it makes it a link.
_NO_LINK = re.compile(r"\[[^\[\]]+\](?![(\[])")
# The same rule is in `due.js`; one table of cases holds the two together.
_TIME = re.compile(
    r"\[time \+ [1-9][0-9]{0,2} (?:min|h)(?:, or (?:[01][0-9]|2[0-3]):[0-5][0-9](?: on the next working day)?)?\]"
)
_FROM_NOW = re.compile(r"^\[time \+ ([0-9]+ (?:min|h))")
# What the site fills in from the window of a change.
OF_THE_WINDOW = ("[go-live]", "[go-live day]", "[end]")
# How else people write them, letters alone; only the first ones are also meant with a slip.
_MEANT = {"golive": "[go-live]", "golivetime": "[go-live]", "goliveday": "[go-live day]", "golivedate": "[go-live day]"}
_MEANT_AS_SPELLED = {"end": "[end]", "endtime": "[end]", "windowend": "[end]", "windowstart": "[go-live]"}
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
    return _FROM_NOW.sub(lambda found: f"[{_('time, {amount} from now', amount=found[1])}", blank)


def is_meant_as_time(blank: str) -> bool:
    """Return whether a blank that is no time looks as if it was meant to be one."""
    return not is_time(blank) and bool(_MEANT_AS_TIME.search(blank))


def is_open(text: str) -> bool:
    """Return whether a bracket of a text has no partner, or nothing between it and its partner."""
    return bool(re.search(r"[\[\]]", BLANK.sub("", text)))


def window_blanks(text: str) -> Iterator[re.Match[str]]:
    """Yield each blank in `text` that is filled in from a window, as found there; a link and code are none."""
    if "[go-live" in text or "[end]" in text:
        yield from (found for found in _NO_LINK.finditer(prose_only(text)) if found[0] in OF_THE_WINDOW)


def meant_blank(text: str) -> dict[str, str]:
    """Return the blanks of `text` that are meant to be filled in from a window and are written otherwise, each with
    the one that is meant.
    """
    found: dict[str, str] = {}
    for blank in (blank[0] for blank in _NO_LINK.finditer(prose_only(text) if "[" in text else "")):
        letters = re.sub(r"[^a-z]", "", blank.lower())
        near = get_close_matches(letters, _MEANT, n=1, cutoff=0.8)
        meant = _MEANT[near[0]] if near else _MEANT_AS_SPELLED.get(letters)
        if meant and blank not in OF_THE_WINDOW:
            found[blank] = meant
    return found
