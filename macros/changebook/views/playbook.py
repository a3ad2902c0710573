"""One playbook as an analyst reads it: the standing guidance and what differs while a change is new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Generic, TypeVar

from changebook.book import Book
from changebook.model import Category, Change, Playbook, Scenario, Team
from changebook.model.playbook import Check, Escalation, FileAs, Severity
from changebook.names import change_address, scenario_address
from changebook.render.timing import suspects
from changebook.views.due import ReviewDue, review_due

_T = TypeVar("_T")
CAUSES_SHOWN = 8


@dataclass(frozen=True)
class Item(Generic[_T]):
    """One item of a merged list, and whether the change adds it."""

    value: _T
    is_new: bool


@dataclass(frozen=True)
class Link:
    """A page's title and address."""

    title: str
    address: str


@dataclass(frozen=True)
class Elsewhere:
    """A sign that it is another scenario, and the playbook to read then."""

    when: str
    playbook: Link


@dataclass(frozen=True)
class Call:
    """Whom to call: a team, its backup and after how long, and each reason to call."""

    team: Team
    backup: Team
    within: timedelta
    reasons: list[Item[Escalation]]


@dataclass(frozen=True)
class Cause:
    """A recent change that could cause a symptom: what differs (its playbook's address), or the shared systems."""

    change: Change
    playbook: str
    systems: tuple[str, ...]


@dataclass(frozen=True)
class PlaybookPage:
    """Everything the playbook page shows, in its order."""

    title: str
    change: Change | None
    scenario: Scenario
    owner: Team
    review: ReviewDue
    usual: int
    callers_say: list[Item[str]]
    codes: list[Item[str]]
    elsewhere: list[Elsewhere]
    checks: list[Item[Check]]
    first_response: str
    calls: list[Call]
    worse: list[Item[Severity]]
    file_as: FileAs
    category: Category
    queue: str
    workaround: list[Item[str]]
    rollback: list[Item[str]]
    causes: list[Cause]
    more_causes: int


def playbook_title(playbook: Playbook, book: Book) -> str:
    """Return the title of a change's playbook: its own, else its scenario's."""
    return playbook.title or book.desk.scenarios[playbook.scenario].title


def playbook_link(book: Book, scenario: str, *, change: Change | None) -> Link:
    """Return the page to read for `scenario`: the playbook of `change` where it has one, else the standing one."""
    playbook = change.playbook_for(scenario) if change else None
    if change and playbook:
        return Link(playbook_title(playbook, book), change_address(change.id, "playbooks", scenario))
    return Link(book.desk.scenarios[scenario].title, scenario_address(scenario))


def usual_severity(scenario: Scenario, playbook: Playbook | None = None) -> int:
    """Return the severity level a symptom usually has: the priority its ticket is usually filed with."""
    return scenario.filed(playbook).priority


def playbook_page(book: Book, scenario: Scenario, *, change: Change | None = None) -> PlaybookPage:
    """Return the standing playbook of `scenario`, or that of `change` over it.

    Lists of the change go before the standing ones, its texts replace them.
    """
    new = change.playbook_for(scenario.id) if change else None
    desk = book.desk
    file_as = scenario.filed(new)
    category = desk.categories[file_as.category]
    found = causes(book)[scenario.id]
    worse = _both(new.severity if new else (), scenario.severity)
    return PlaybookPage(
        title=playbook_title(new, book) if new else scenario.title,
        change=change,
        scenario=scenario,
        owner=desk.teams[scenario.owner],
        review=review_due(scenario.review_by, book.now),
        usual=usual_severity(scenario, new),
        callers_say=_both(new.callers_say if new else (), scenario.callers_say),
        codes=_both(new.codes if new else (), scenario.codes),
        elsewhere=[
            Elsewhere(item.value.when, playbook_link(book, item.value.scenario, change=change))
            for item in _both(new.otherwise if new else (), scenario.otherwise)
        ],
        checks=_both(new.checks if new else (), scenario.checks),
        first_response=(new and new.first_response) or scenario.first_response,
        calls=_calls(_both(new.escalate if new else (), scenario.escalate), book, scenario),
        worse=sorted(worse, key=lambda item: item.value.level),
        file_as=file_as,
        category=category,
        queue=file_as.queue or desk.teams[category.team].queue,
        workaround=_both(new.workaround if new else (), scenario.workaround),
        rollback=_both(new.rollback if new else (), scenario.rollback),
        causes=found[:CAUSES_SHOWN],
        more_causes=len(found[CAUSES_SHOWN:]),
    )


def _both(new: tuple[_T, ...], standing: tuple[_T, ...]) -> list[Item[_T]]:
    return [Item(value, True) for value in new] + [Item(value, False) for value in standing if value not in new]


def _calls(items: list[Item[Escalation]], book: Book, scenario: Scenario) -> list[Call]:
    """Return one entry for each pair of team and backup: whom a change names first, then the scenario's owner."""
    teams, calls = book.desk.teams, dict[tuple[str, str], Call]()
    for item in items:
        call = item.value
        new = Call(teams[call.to], teams[call.backup], call.within or scenario.backup_after, [])
        calls.setdefault((call.to, call.backup), new).reasons.append(item)
    return sorted(
        calls.values(),
        key=lambda call: (not any(item.is_new for item in call.reasons), call.team.id != scenario.owner),
    )


@lru_cache(maxsize=1)  # every playbook page of a scenario shows the same
def causes(book: Book) -> dict[str, list[Cause]]:
    """Return, for each scenario, the recent changes that could cause it: those that say so, then those on its way."""
    said: dict[str, list[Cause]] = {name: [] for name in book.desk.scenarios}
    near: dict[str, list[Cause]] = {name: [] for name in book.desk.scenarios}
    for change in suspects(book):
        systems, own = set(change.affects.systems), {playbook.scenario for playbook in change.playbooks}
        for name, scenario in book.desk.scenarios.items():
            shared = tuple(book.desk.systems[system].name for system in scenario.systems if system in systems)
            if name in own:
                said[name].append(Cause(change, change_address(change.id, "playbooks", name), shared))
            elif shared:
                near[name].append(Cause(change, "", shared))
    return {name: said[name] + near[name] for name in said}
