"""How work goes on by hand while a system is down: for a playbook, and for all who fill in the forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from changebook.book import Book
from changebook.model import Change, Playbook, Scenario
from changebook.model.downtime import Downtime
from changebook.model.status import IN_USE
from changebook.views.duty import Rota, rota


@dataclass(frozen=True)
class ByHand:
    """A downtime procedure, who gives the all clear, and the names of the fields that are new with a change."""

    steps: Downtime
    all_clear: Rota
    new: frozenset[str]


@dataclass(frozen=True)
class Form:
    """What people do by hand while `symptom` lasts; `change` is the one that it is new with, if any."""

    symptom: str
    steps: Downtime
    change: Change | None


def by_hand(book: Book, scenario: Scenario, *, playbook: Playbook | None) -> ByHand | None:
    """Return the downtime procedure of `scenario`, as the `playbook` of a change has it; None where there is none."""
    if not scenario.downtime:
        return None
    own = playbook.downtime if playbook else None
    steps = scenario.downtime.with_change(own)
    new = {name for name in type(steps).model_fields if own and getattr(own, name) is not None}
    return ByHand(steps, rota(book.desk, book.desk.teams[steps.all_clear]), frozenset(new))


def forms(book: Book) -> Iterator[Form]:
    """Yield what people do by hand, symptom by symptom: as always, then as it is while a change is new."""
    for scenario in book.desk.scenarios.values():
        if steps := scenario.downtime:
            yield Form(scenario.title, steps, None)
            for change in book.changes.values():
                for playbook in change.playbooks if change.status in IN_USE else ():
                    if playbook.scenario == scenario.id and playbook.downtime:
                        yield Form(scenario.title, steps.with_change(playbook.downtime), change)
