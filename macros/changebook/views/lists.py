"""What the pages across changes show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from changebook.book import Book
from changebook.book.duty import on_duty
from changebook.language import gettext as _
from changebook.model import Category, Change, Group, Partner, Scenario, System, Workflow
from changebook.model.status import PLANNED, SETTLED
from changebook.names import change_address
from changebook.render.timing import coming, ended, is_suspect, suspects
from changebook.views.change import Asked, asks_of, asks_of_nobody
from changebook.views.desk import KnownOutage, outages
from changebook.views.duty import Post, Rota, Told, post, rota, scenario_rota, told
from changebook.views.finding import Choice, Find, Folded, Year, find, folded, years
from changebook.views.guidance import playbook_title

# Changes whose questions are shown at first, shared out among those who ask; each has one.
ASKED_SHOWN, ASKED_LEAST = 20, 1


@dataclass(frozen=True)
class Saying:
    """What a caller says, and the playbook that answers it; `change` is its shared name, if it is a change's."""

    words: str
    title: str
    address: str
    change: str
    rota: Rota


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
class Matrix:
    """The scenario matrix, and the filters over it."""

    find: Find
    items: list[Duty]


@dataclass(frozen=True)
class SystemPage:
    """A system, the workflows through it with the systems of each, and the changes that touch it, suspects first."""

    system: System
    rota: Rota
    journeys: list[tuple[Workflow, list[str]]]
    outages: list[KnownOutage]
    scenarios: list[Scenario]
    partners: list[Partner]
    current: Folded[Change]
    earlier: list[Year]
    planned: Folded[Change]


@dataclass(frozen=True)
class AskedOf:
    """The questions one user group, partner or the desk asks, change by change."""

    name: str
    anchor: str
    changes: Folded[tuple[Change, list[Asked]]]

    @property
    def who(self) -> str:
        """The id by which an address filters for them, as on other lists."""
        return self.anchor.removeprefix("asks-").strip("-")


@dataclass(frozen=True)
class QuestionList:
    """What everybody asks about current changes, and the filters over it."""

    find: Find
    entries: list[AskedOf]


def heard(book: Book) -> list[Saying]:
    """Return the first saying of each playbook of a live change that has one of its own: every change's first
    playbook, then the second...
    """
    desk = book.desk
    found = []
    live = [change for change in suspects(book) if change.status == "live"]
    for round_ in zip_longest(*(change.playbooks_by_id().items() for change in live)):
        said = ((change, item) for change, item in zip(live, round_, strict=True) if item and item[1].callers_say)
        for change, (name, playbook) in said:
            words = playbook.callers_say[0]
            to_call = scenario_rota(desk, desk.scenarios[playbook.scenario])
            address = change_address(change.id, "playbooks", name)
            found.append(Saying(words, playbook_title(playbook, book), address, change.name, to_call))
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


def matrix(book: Book) -> Matrix:
    """Return the scenario matrix with its filters."""
    rows = duties(book)
    return Matrix(find(_("playbooks"), len(rows), by_owner(book, [duty.owner.team.id for duty in rows])), rows)


def by_owner(book: Book, teams: Iterable[str], *, label: str = "") -> Choice:
    """Return the filter by the team that owns a row, called Owner without a `label`."""
    owners = set(teams)
    options = [(team.id, team.name) for team in book.desk.teams.values() if team.id in owners]
    return Choice(
        "owner", label or _("Owner"), _("All teams"), sorted(options, key=lambda option: option[1].casefold())
    )


def system_page(book: Book, system: System) -> SystemPage:
    """Return what a system's page shows."""
    desk = book.desk
    touching = [change for change in book.changes.values() if system.id in change.affects.systems]
    current = [change for change in suspects(book) if system.id in change.affects.systems]
    planned = [change for change in touching if change.status in PLANNED]
    planned.sort(key=lambda change: (not change.window, ended(change), change.id))
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
        current=folded(current),
        earlier=years(earlier),
        planned=folded(planned),
    )


def questions_by_audience(book: Book) -> QuestionList:
    """Return what each user group and partner asks of changes that are suspect or come within 30 days, then what
    anybody asks, and what the desk itself does.
    """
    # A live change with phases to come is a suspect already.
    current = [*suspects(book), *(change for change in coming(book, 30) if change.status in PLANNED)]
    audiences: tuple[Group | Partner, ...] = (*book.desk.groups.values(), *book.desk.partners.values())
    asked_by = [(who.name, f"asks-{who.id}", asks_of(book, who.id, among=current)) for who in audiences]
    # Ids hold no two hyphens in a row.
    asked_by.append((_("Anybody"), "asks--anybody", asks_of_nobody(book, among=current, desk=False)))
    asked_by.append((book.desk.settings.desk.name, "asks--desk", asks_of_nobody(book, among=current, desk=True)))
    asked = [item for item in asked_by if item[2]]
    shown = max(ASKED_SHOWN // len(asked), ASKED_LEAST) if asked else ASKED_LEAST
    entries = [AskedOf(name, anchor, folded(asks, shown=shown, spare=1)) for name, anchor, asks in asked]
    who_asks = Choice("for", _("For"), _("Everyone"), [(entry.who, entry.name) for entry in entries])
    total = sum(len(items) for _name, _anchor, asks in asked for _who, items in asks)
    return QuestionList(find(_("questions"), total, who_asks), entries)
