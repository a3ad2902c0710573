"""What a playbook says of possible harm: the words that mean it, whom to call, where to report it, and the hazards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from changebook.book import Book
from changebook.cache.notes import once
from changebook.model import Change
from changebook.model.safety import Hazard
from changebook.views.duty import Rota, rota


@dataclass(frozen=True)
class PossibleHarm:
    """What the desk does when a caller's words mean possible harm, and the hazards that its callers can describe."""

    words: tuple[str, ...]
    rota: Rota
    report: str
    hazards: list[Hazard]


def harm_of(book: Book, scenario: str, *, change: Change | None) -> PossibleHarm | None:
    """Return what the playbook of `scenario` says of harm: for hazards of `change`, its own, and of live changes."""
    own = [hazard for hazard in _hazards(change) if hazard.scenario == scenario]
    live = _of_live_changes(book).get(scenario, [])
    hazards = own + [hazard for of, hazard in live if not change or of.id != change.id]
    harm = book.desk.settings.harm
    if not hazards or not harm:
        return None
    return PossibleHarm(harm.words, rota(book.desk, book.desk.teams[harm.call]), harm.report, hazards)


def _hazards(change: Change | None) -> tuple[Hazard, ...]:
    return change.safety.hazards if change and change.safety else ()


@once  # every playbook asks for them
def _of_live_changes(book: Book) -> Mapping[str, list[tuple[Change, Hazard]]]:
    found: defaultdict[str, list[tuple[Change, Hazard]]] = defaultdict(list)
    for change in book.changes.values():
        for hazard in _hazards(change) if change.status == "live" else ():
            found[hazard.scenario].append((change, hazard))
    return found
