"""The codes of playbooks: what a ticket says of the one that was used, and the next code that nobody has had."""

from __future__ import annotations

from collections.abc import Iterable

from changebook.model import Change, Scenario


def reference(scenario: Scenario, change: Change | None = None) -> str:
    """Return what a ticket names: the code of the symptom, then the change's shared name if its playbook was used.

    Both stay for good, so tickets are counted by playbook, by change, and by the two together.
    """
    return f"{scenario.code} {change.name}" if change else scenario.code


def ways_to_type(code: str) -> tuple[str, ...]:
    """Return how a playbook's code is typed: whole, and without its zeros."""
    return tuple(dict.fromkeys((code, f"PB-{int(code[3:])}"))) if code else ()


def next_code(given: Iterable[str]) -> str:
    """Return the code after the highest of those that were ever `given`: a gap may be a playbook's that is gone."""
    return f"PB-{max((int(code.removeprefix('PB-')) for code in given), default=0) + 1:03}"
