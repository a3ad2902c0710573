"""Which parts and items of a change's playbook are folded, by what was asked for and by what the general one has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from changebook.book.folding import new_items, own_guidance, undecided
from changebook.errors import ChangebookError
from changebook.model import Playbook, Scenario
from changebook.model.folding import Difference
from changebook.model.playbook import Severity
from changebook.names import did_you_mean

# The places of the items of a list; None for a text, which is folded as it is.
Chosen = dict[Difference, "list[int] | None"]
_ITEM = re.compile(r"(.+):([0-9]{1,3})")


def chosen(keys: Sequence[str], own: Playbook, scenario: Scenario, *, every: bool) -> Chosen:
    """Return what is folded of a playbook: what `keys` name, a key or an item of it such as `checks:2`, and without
    them `every` key that is not decided on. A level of severity that the general playbook has is only folded by its
    number: it takes the place of the general one.

    Raises ChangebookError for a key or an item that the playbook does not have.
    """
    asked = _asked(keys, own)
    found: Chosen = {}
    for key in undecided(own, scenario):
        if key not in asked and (asked or not every):
            continue
        if not isinstance(getattr(own, key), tuple):
            found[key] = None
            continue
        named = asked.get(key) or set()
        places = [place for place in new_items(key, own, scenario) if not named or place in named]
        if key == "severity" and not named:
            places = [place for place in places if not _same_level(own.severity[place], scenario)]
        if places:
            found[key] = places
    return found


def _asked(keys: Sequence[str], own: Playbook) -> Mapping[str, set[int]]:
    known, asked = own_guidance(own), dict[str, set[int]]()
    for text in keys:
        item = _ITEM.fullmatch(text)
        key = item[1] if item else text
        if key not in known:
            raise ChangebookError(f"{own.scenario} has no {key!r} to fold; {did_you_mean(key, known)}")
        places = asked.setdefault(key, set())
        if item:
            value = getattr(own, key)
            count = len(value) if isinstance(value, tuple) else 0
            if not 1 <= int(item[2]) <= count:
                has = f"{key} has {count} item{'s' if count > 1 else ''}" if count else f"{key} is one text"
                raise ChangebookError(f"there is no {text}: {has}; name another, or {key} alone")
            places.add(int(item[2]) - 1)
    return asked


def same_levels(own: Playbook, scenario: Scenario) -> list[str]:
    """Return a question for each severity of a playbook whose level the general one has too, with both texts."""
    return [
        f"severity {entry.level}: the general playbook says {general.when!r}, the change {entry.when!r}; "
        f"severity:{place + 1} takes the change's, --drop REASON keeps the general one"
        for place in new_items("severity", own, scenario)
        if (general := _same_level(entry := own.severity[place], scenario))
    ]


def _same_level(entry: Severity, scenario: Scenario) -> Severity | None:
    return next((general for general in scenario.severity if general.level == entry.level), None)
