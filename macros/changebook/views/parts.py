"""The parts that a kind's artifact is made of: which of them a record holds, and what is missing otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from changebook.model import Change
from changebook.model.kinds import Part

# What is missing, and where in the record it is written; names and contacts every record has.
LACKING: Mapping[Part, tuple[str, str]] = {
    "visible": ("what people see before and after", "visible"),
    "unchanged": ("what will not change", "unchanged"),
    "data_set": ("the data in scope and out of it", "data_set"),
    "versions": ("which version replaces which, and until when the old one answers", "contract"),
    "rules": ("timeouts, retries, validation and what is normal", "contract"),
    "answers": ("the codes, and what the desk does at each", "contract"),
    "tests": ("the test cases", "tests"),
    "playbooks": ("where each complaint leads", "playbooks"),
    "first_responses": ("what the desk says first", "playbooks"),
    "questions": ("what people ask, and the answers", "questions"),
    "announcement": ("what is sent to whom", "announcement"),
    "watch": ("what is watched, and from when it is an incident", "watch"),
    "queue_rules": ("the rules of the queues while the change is new", "queue_rules"),
    "rollback": ("when it is undone, how, and who decides", "rollback"),
    "compliance": ("privacy, audit and what a ticket may hold", "compliance"),
}
_HELD: Mapping[Part, Callable[[Change], object]] = {
    "versions": lambda change: any(exchange.version for exchange in change.contract),
    "answers": lambda change: change.contract,
    "rules": lambda change: any(
        item.timeout or item.retry or item.missing_field or item.normal_failure or item.validation
        for item in change.contract
    ),
    "first_responses": lambda change: change.playbooks,
}


def is_written(part: Part, change: Change) -> bool:
    """Return whether the record says anything of a part."""
    if part not in LACKING:
        return True
    held = _HELD[part](change) if part in _HELD else getattr(change, part)
    return bool(held)
