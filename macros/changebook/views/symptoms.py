"""What callers say, under the playbook that answers it, by subject."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change, Scenario
from changebook.names import change_address, scenario_address
from changebook.render.timing import suspects
from changebook.views.duty import Rota, scenario_rota
from changebook.views.finding import Choice, Find, Folded, find, folded
from changebook.views.guidance import playbook_title

# Sayings that are shown at first under one playbook, besides the first of the newest change.
SAYINGS_SHOWN = 3


@dataclass(frozen=True)
class NewWords:
    """What callers say about one change, and the address and title of its playbook."""

    change: Change
    title: str
    address: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Reported:
    """A playbook with what its callers say, `count` sayings: at all times, and while changes are new.

    Of the newest change the first saying is shown, as `new`; all others are in `more`, folded.
    """

    scenario: Scenario
    address: str
    rota: Rota
    codes: tuple[str, ...]
    count: int
    words: Folded[str]
    new: NewWords | None
    more: list[NewWords]


@dataclass(frozen=True)
class Subject:
    """What callers report trouble with: the area of the ticket category, and its playbooks by title."""

    name: str
    anchor: str
    symptoms: list[Reported]


@dataclass(frozen=True)
class Symptoms:
    """The subjects A-Z, the letters that they begin with, each with its first subject, and the filters."""

    find: Find
    letters: list[tuple[str, str]]
    subjects: list[Subject]


def symptoms_by_subject(book: Book) -> Symptoms:
    """Return what callers say by subject: every playbook's words, and under it those of suspect changes."""
    found = by_subject(book)
    subjects = [
        Subject(subject_of(book, group[0]), f"subject-{area}", [_symptom(book, item) for item in group])
        for area, group in ((area, list(group)) for area, group in groupby(found, key=_area))
    ]
    letters: dict[str, str] = {}
    for subject in subjects:
        letters.setdefault(subject.name[0], subject.anchor)
    areas = Choice("subject", _("Subject"), _("All subjects"), [(_area_of(item), item.name) for item in subjects])
    return Symptoms(find(_("playbooks"), len(found), areas), list(letters.items()), subjects)


def by_subject(book: Book) -> list[Scenario]:
    """Return the scenarios by subject, and under each by title."""
    return sorted(book.desk.scenarios.values(), key=lambda item: (_area(item), item.title.casefold()))


def subject_of(book: Book, scenario: Scenario) -> str:
    """Return a scenario's subject: the area of its ticket category, as its name says it: `EHR` of `EHR - outage`."""
    area, name = _area(scenario).replace("-", " "), book.desk.categories[scenario.file_as.category].name
    return name[: len(area)] if name.casefold().startswith(area) else area.capitalize()


def _symptom(book: Book, scenario: Scenario) -> Reported:
    new = [
        NewWords(
            change,
            playbook_title(playbook, book),
            change_address(change.id, "playbooks", name),
            playbook.callers_say,
        )
        for change in suspects(book)
        for name, playbook in change.playbooks_by_id().items()
        if playbook.scenario == scenario.id and playbook.callers_say
    ]
    first = replace(new[0], words=new[0].words[:1]) if new else None
    more = [replace(item, words=item.words[item is new[0] :]) for item in new]
    return Reported(
        scenario=scenario,
        address=scenario_address(scenario.id),
        rota=scenario_rota(book.desk, scenario),
        codes=scenario.codes,
        count=len(scenario.callers_say) + sum(len(item.words) for item in new),
        words=folded(scenario.callers_say, shown=SAYINGS_SHOWN, spare=1),
        new=first,
        more=[item for item in more if item.words],
    )


def _area(scenario: Scenario) -> str:
    return scenario.file_as.category.partition("/")[0]


def _area_of(subject: Subject) -> str:
    return subject.anchor.removeprefix("subject-")
