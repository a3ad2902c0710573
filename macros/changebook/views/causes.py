"""The recent changes that could cause a symptom."""

from __future__ import annotations

from dataclasses import dataclass

from changebook.book import Book
from changebook.cache.notes import once
from changebook.model import Change
from changebook.names import change_address
from changebook.render.timing import suspects


@dataclass(frozen=True)
class Cause:
    """A recent change that could cause a symptom: what differs (its playbook's address), or the shared systems."""

    change: Change
    playbook: str
    systems: tuple[str, ...]


@once  # every playbook page of a scenario shows the same
def causes(book: Book) -> dict[str, list[Cause]]:
    """Return, for each scenario, the recent changes that could cause it: those that say so, then those on its way."""
    said: dict[str, list[Cause]] = {name: [] for name in book.desk.scenarios}
    near: dict[str, list[Cause]] = {name: [] for name in book.desk.scenarios}
    for change in suspects(book):
        systems, own = set(change.affects.systems), set(change.scenarios)
        for name, scenario in book.desk.scenarios.items():
            shared = tuple(book.desk.systems[system].name for system in scenario.systems if system in systems)
            if name in own:
                said[name].append(Cause(change, change_address(change.id, "playbooks", name), shared))
            elif shared:
                near[name].append(Cause(change, "", shared))
    return {name: said[name] + near[name] for name in said}
