"""The codes of playbooks: what a ticket says of the one that was used, and the next code that nobody has had."""

from __future__ import annotations

import re
from collections.abc import Iterable

from changebook.book.book import Desk
from changebook.model import Change, Scenario

# A code as people type it, also without the hyphen or its zeros.
TYPED_CODE = re.compile(r"\bPB-?([0-9]{1,5})\b", re.I)


def reference(scenario: Scenario, change: Change | None = None) -> str:
    """Return what a ticket names: the code of the symptom, then the change's shared name if its playbook was used.

    Both stay for good, so tickets are counted by playbook, by change, and by the two together.
    """
    return f"{scenario.code} {change.name}" if change else scenario.code


def ways_to_type(scenario: Scenario) -> tuple[str, ...]:
    """Return how the codes of a playbook are typed, its own and former ones: whole, and without zeros."""
    codes = filter(None, (scenario.code, *scenario.former_codes))
    return tuple(dict.fromkeys(typed for code in codes for typed in (code, f"PB-{int(code[3:])}")))


def codes_gone(desk: Desk) -> dict[str, str]:
    """Return the code of each playbook that is gone, with the code of the one that took its place, "" if none did."""
    former = {old: scenario.code for scenario in desk.scenarios.values() for old in scenario.former_codes}
    return dict.fromkeys(desk.settings.retired_codes, "") | former


def codes_used(desk: Desk) -> set[str]:
    """Return every code that a playbook has or had, as far as the desk's records say."""
    return {*(scenario.code for scenario in desk.scenarios.values() if scenario.code), *codes_gone(desk)}


def next_code(given: Iterable[str]) -> str:
    """Return the code after the highest of those that were ever `given`: a gap may be a playbook's that is gone."""
    return f"PB-{max((int(code.removeprefix('PB-')) for code in given), default=0) + 1:03}"
