"""What the pages across changes show."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, zip_longest

from changebook.book import Book
from changebook.book.duty import on_duty
from changebook.model import Category, Change, Group, Partner, Scenario, System, Workflow
from changebook.model.status import PLANNED, SETTLED
from changebook.names import change_address, scenario_address
from changebook.render.timing import coming, ended, is_suspect, suspects
from changebook.views.change import Asked, asks_of, asks_of_nobody
from changebook.views.desk import KnownOutage, outages
from changebook.views.duty import Post, Rota, Told, post, rota, scenario_rota, told
from changebook.views.playbook import playbook_title

ASKED_SHOWN = 12


@dataclass(frozen=True)
class Saying:
    """What a caller says, and the playbook that answers it; `change` is its shared name, if it is a change's."""

    words: str
    title: str
    address: str
    change: str
    rota: Rota


@dataclass(frozen=True)
class Month:
    """The changes whose window starts in one month, newest first; `name` is "" for those without a window."""

    name: str
    changes: list[Change]


@dataclass(frozen=True)
class Duty:
    """A scenario's line in the matrix: whom to call, who answers at the book's now, who owns it, who covers."""

    scenario: Scenario
    rota: Rota
    told: list[Told]
    owner: Post
    backup: Post
    category: Category


@dataclass(frozen=True)
class SystemPage:
    """A system, the workflows through it with the systems of each, and the changes that touch it, suspects first."""

    system: System
    rota: Rota
    journeys: list[tuple[Workflow, list[str]]]
    outages: list[KnownOutage]
    scenarios: list[Scenario]
    partners: list[Partner]
    current: list[Change]
    earlier: list[Change]
    planned: list[Change]


@dataclass(frozen=True)
class AskedOf:
    """The questions one user group, partner or the desk asks, change by change, and how many changes are left out."""

    name: str
    anchor: str
    changes: list[tuple[Change, list[Asked]]]
    more: int


def sayings(book: Book) -> list[tuple[str, list[Saying]]]:
    """Return callers' words A-Z under their first letter: every scenario's, and those of suspect changes."""
    desk = book.desk
    found = []
    for scenario in desk.scenarios.values():
        to_call = scenario_rota(desk, scenario)
        found += [
            Saying(words, scenario.title, scenario_address(scenario.id), "", to_call) for words in scenario.callers_say
        ]
    for change in suspects(book):
        for playbook in change.playbooks:
            to_call = scenario_rota(desk, desk.scenarios[playbook.scenario])
            address = change_address(change.id, "playbooks", playbook.scenario)
            title = playbook_title(playbook, book)
            found += [Saying(words, title, address, change.name, to_call) for words in playbook.callers_say]
    found.sort(key=lambda saying: (_letter(saying.words), _sortable(saying.words), saying.address))
    return [(letter, list(group)) for letter, group in groupby(found, key=lambda saying: _letter(saying.words))]


def heard(book: Book) -> list[Saying]:
    """Return the first saying of each playbook of a live change: every change's first playbook, then the second..."""
    desk = book.desk
    found = []
    live = [change for change in suspects(book) if change.status == "live"]
    for round_ in zip_longest(*(change.playbooks for change in live)):
        for change, playbook in ((change, item) for change, item in zip(live, round_, strict=True) if item):
            words = (playbook.callers_say or desk.scenarios[playbook.scenario].callers_say)[0]
            to_call = scenario_rota(desk, desk.scenarios[playbook.scenario])
            address = change_address(change.id, "playbooks", playbook.scenario)
            found.append(Saying(words, playbook_title(playbook, book), address, change.name, to_call))
    return found


def months(book: Book) -> list[Month]:
    """Return every change that was not left a draft or cancelled, by the month of its window, newest first."""
    noted = [
        change for change in book.changes.values() if change.status not in ("draft", "cancelled") and change.window
    ]
    noted.sort(key=lambda change: (-ended(change), change.id))
    grouped = groupby(noted, key=lambda change: f"{change.window.start:%B %Y}" if change.window else "")
    return [Month(name, list(group)) for name, group in grouped]


def by_status(book: Book) -> list[tuple[str, list[Change]]]:
    """Return all changes under their status: live, planned (the soonest first), then the others, newest first."""
    order = ("live", "ready", "draft", "stable", "rolled-back", "closed", "cancelled")
    found = []
    for status in order:
        changes = [change for change in book.changes.values() if change.status == status]
        if status in PLANNED:
            changes.sort(key=lambda change: (not change.window, ended(change), change.id))
        else:
            changes.sort(key=lambda change: (-ended(change), change.id))
        if changes:
            found.append((status, changes))
    return found


def duties(book: Book) -> list[Duty]:
    """Return the list of all playbooks, by title, with who answers at the book's now."""
    desk = book.desk
    rows = []
    for scenario in sorted(desk.scenarios.values(), key=lambda scenario: scenario.title.casefold()):
        owner, backup = desk.teams[scenario.owner], desk.teams[scenario.backup]
        category = desk.categories[scenario.file_as.category]
        to_call = scenario_rota(desk, scenario)
        said = told(on_duty(desk, owner, book.now, backup=backup, queue=to_call.queue), to_call.within)
        rows.append(Duty(scenario, to_call, said, post(desk, owner), post(desk, backup), category))
    return rows


def system_page(book: Book, system: System) -> SystemPage:
    """Return what a system's page shows."""
    desk = book.desk
    touching = [change for change in book.changes.values() if system.id in change.affects.systems]
    current = [change for change in suspects(book) if system.id in change.affects.systems]
    planned = [change for change in touching if change.status in PLANNED]
    earlier = [change for change in touching if change.status in SETTLED and not is_suspect(change, book.now)]
    return SystemPage(
        system=system,
        rota=rota(desk, desk.teams[system.owner]),
        journeys=[
            (item, [desk.systems[name].name for name in item.systems])
            for item in desk.workflows.values()
            if system.id in item.systems
        ],
        outages=outages(book, (system.id,)),
        scenarios=[scenario for scenario in desk.scenarios.values() if system.id in scenario.systems],
        partners=[partner for partner in desk.partners.values() if system.id in partner.systems],
        current=current,
        earlier=earlier,
        planned=planned,
    )


def questions_by_audience(book: Book) -> list[AskedOf]:
    """Return what each user group and partner asks of changes that are suspect or come within 30 days, then what
    anybody asks, and what the desk itself does.
    """
    current = [*suspects(book), *coming(book, 30)]
    audiences: tuple[Group | Partner, ...] = (*book.desk.groups.values(), *book.desk.partners.values())
    asked_by = [(who.name, f"asks-{who.id}", asks_of(book, who.id, among=current)) for who in audiences]
    # Ids hold no two hyphens in a row.
    asked_by.append(("Anybody", "asks--anybody", asks_of_nobody(book, among=current, desk=False)))
    asked_by.append((book.desk.settings.desk.name, "asks--desk", asks_of_nobody(book, among=current, desk=True)))
    return [
        AskedOf(name, anchor, asks[:ASKED_SHOWN], len(asks[ASKED_SHOWN:])) for name, anchor, asks in asked_by if asks
    ]


def _sortable(words: str) -> str:
    return words.casefold().lstrip("\"'\u201c\u2018( ")


def _letter(words: str) -> str:
    first = _sortable(words)[:1].upper()
    return first if first.isascii() and first.isalpha() else "0-9"
