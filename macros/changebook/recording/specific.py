"""Words that are true of one change only: in a general playbook they would be wrong for the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from changebook.model import Change

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATE = rf"\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}} {_MONTH}\b|{_MONTH} \d{{1,2}}\b|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}"
_WHEN = (
    r"(?:since|after|before|during|until|with) (?:the|this|that|our|last|tonight's|last night's)(?: new)? "
    r"(?:change|cutover|go-live|launch|release|switch|update|upgrade|window)"
    r"|this (?:change|cutover|go-live|launch|release)"
)


def specific_words(value: Any, change: Change, *, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield where a text inside `value`, as its file has it, speaks of one change only, and the words: its name, id or
    number, a date, the hours of its window, or words such as "since the release".
    """
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from specific_words(inner, change, place=f"{place}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from specific_words(inner, change, place=f"{place}:{number}")
    else:
        for found in _pattern(change).finditer(str(value)):
            yield place, found[0]


def _pattern(change: Change) -> re.Pattern[str]:
    window = change.window
    hours = [f"{moment:%H:%M}" for moment in (window.start, window.end)] if window else []
    names = [change.name, change.id, *change.former_names, *(item.number for item in change.references)]
    own = "|".join(re.escape(words) for words in sorted([*names, *hours], key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{own}|{_DATE}|{_WHEN})(?![\w-])", re.IGNORECASE)
