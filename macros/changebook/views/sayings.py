"""How much of what callers say a playbook shows at once."""

from __future__ import annotations

from collections.abc import Iterable

# Sayings; letters in one row of a desktop, fewer where the pages under a change are listed beside it; and what the gap
# after a saying costs.
AT_ONCE, ROW, ROW_OF_CHANGE, APART = 3, 144, 108, 7


def in_one_row(sayings: Iterable[str], *, under_change: bool) -> int:
    """Return how many of `sayings` are shown, the first ones: three at most, as many as fit one row."""
    room, shown = ROW_OF_CHANGE if under_change else ROW, 0
    for words in list(sayings)[:AT_ONCE]:
        room -= len(words) + APART
        shown += room >= 0 or not shown
    return shown
