"""The Book: all changes and the desk, at one moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from changebook.errors import UnknownTermError
from changebook.git.past import UNASKED, Past
from changebook.git.trail import UNTRACKED, Trail
from changebook.model import (
    Calendar,
    Case,
    Category,
    Change,
    Entry,
    Group,
    Kind,
    NotOurs,
    Outage,
    Partner,
    Record,
    Scenario,
    Settings,
    Site,
    System,
    Team,
    Wording,
    Workflow,
)
from changebook.model.mapping import TicketMapping
from changebook.model.ticket import Ticket
from changebook.names import did_you_mean
from changebook.source.events import Steps
from changebook.source.places import Spot

_R = TypeVar("_R", bound=Record)
TABLES: dict[str, type[Entry]] = {
    "teams": Team,
    "systems": System,
    "groups": Group,
    "partners": Partner,
    "sites": Site,
    "workflows": Workflow,
    "categories": Category,
    "kinds": Kind,
    "cases": Case,
    "status": Outage,
    "elsewhere": NotOurs,
}
# What an entry of each list is called.
NOUNS = {
    "teams": "team",
    "systems": "system",
    "groups": "user group",
    "partners": "partner",
    "sites": "site",
    "workflows": "workflow",
    "categories": "ticket category",
    "kinds": "kind of change",
    "cases": "test case",
    "status": "known outage",
    "elsewhere": "outside contact",
}


@dataclass(frozen=True)
class Desk:
    """What changes share. Each list maps an id to its record, in the order of the file.

    `ids` holds every id that a list names, also those whose entry is wrong, and None for a list that
    could not be read: nothing is known to be missing from it.
    """

    settings: Settings
    teams: Mapping[str, Team]
    systems: Mapping[str, System]
    groups: Mapping[str, Group]
    partners: Mapping[str, Partner]
    sites: Mapping[str, Site]
    workflows: Mapping[str, Workflow]
    categories: Mapping[str, Category]
    kinds: Mapping[str, Kind]
    cases: Mapping[str, Case]
    status: Mapping[str, Outage]
    elsewhere: Mapping[str, NotOurs]
    scenarios: Mapping[str, Scenario]
    wording: Wording
    calendar: Calendar
    ids: Mapping[str, frozenset[str] | None]
    mappings: Mapping[str, TicketMapping] = field(default_factory=dict)

    def audience(self, name: str) -> Group | Partner:
        """Return the user group or partner called `name`."""
        return self.groups.get(name) or self.partners[name]

    def zone_of(self, team: Team) -> ZoneInfo:
        """Return the zone in which a team's hours are meant: its own, else the book's."""
        return team.zone or self.settings.zone

    def answers(self, team: Team, moment: datetime) -> bool:
        """Return whether a team is within its hours at `moment` (aware), in the team's own zone."""
        return team.hours.holds(moment.astimezone(self.zone_of(team)), self.settings.closed)


@dataclass(frozen=True, eq=False)
class Book:
    """All changes, by id, and the desk, as seen at `now` (aware, in the book's zone).

    `past` is how its files were before, and `trail` who changed which evidence, where git was asked; `tickets` are the
    counted ones, as they were opened. `plain_ok` are the steps to the texts of a file for which a comment says why they
    may hold jargon; `not_read` are, for a change, those to what was carried over from another and is still marked as
    not read. `undated` has those changes in phases whose texts name their times in brackets, as they are written: each
    reader has times of their own. `asked` are the changes that checks are asked about: all, unless `only` names some.
    `digests` are of the bytes of each file that was read.
    """

    folder: Path
    desk: Desk
    changes: Mapping[str, Change]
    now: datetime
    past: Past = UNASKED
    trail: Trail = UNTRACKED
    tickets: tuple[Ticket, ...] = ()
    plain_ok: Mapping[Path, frozenset[Steps]] = field(default_factory=dict)
    not_read: Mapping[str, tuple[Steps, ...]] = field(default_factory=dict)
    undated: Mapping[str, Change] = field(default_factory=dict)
    only: frozenset[str] | None = None
    digests: Mapping[Path, bytes] = field(default_factory=dict)

    def __repr__(self) -> str:
        # mkdocs-macros prints its variables: a thousand records would cost more than the build.
        return f"<Book of {len(self.changes)} changes>"

    @property
    def asked(self) -> Iterable[Change]:
        """The changes that checks are asked about; what they say of another one is not asked for."""
        if self.only is None:
            return self.changes.values()
        return [change for name, change in self.changes.items() if name in self.only]

    @property
    def pinned(self) -> bool:
        """Whether the book's own settings pin its now, as a sample book's do."""
        return self.desk.settings.today is not None

    def spot(self, record: Record, *steps: str | int) -> Spot:
        """Return where `record` is, or a value in it."""
        if isinstance(record, Change):
            return Spot(_file(self.folder, record.id), steps)
        if isinstance(record, Scenario | TicketMapping):
            folder = "scenarios" if isinstance(record, Scenario) else "mappings"
            return Spot(_file(self.folder, f"desk/{folder}/{record.id}"), steps)
        for table, cls in TABLES.items():
            if isinstance(record, cls):
                return Spot(_file(self.folder, f"desk/{table}"), (str(record.id), *steps))
        file = "wording" if isinstance(record, Wording) else "calendar" if isinstance(record, Calendar) else "book"
        return Spot(_file(self.folder, f"desk/{file}"), steps)

    def change(self, name: str) -> Change:
        """Return the change with the id `name`; raise UnknownTermError with the nearest one."""
        return _known("change", name, self.changes)

    def scenario(self, name: str) -> Scenario:
        """Return the scenario with the id `name`; raise UnknownTermError with the nearest one."""
        return _known("scenario", name, self.desk.scenarios)

    def group(self, name: str) -> Group:
        """Return the user group with the id `name`; raise UnknownTermError with the nearest one."""
        return _known("user group", name, self.desk.groups)

    def partner(self, name: str) -> Partner:
        """Return the partner with the id `name`; raise UnknownTermError with the nearest one."""
        return _known("partner", name, self.desk.partners)

    def system(self, name: str) -> System:
        """Return the system with the id `name`; raise UnknownTermError with the nearest one."""
        return _known("system", name, self.desk.systems)


@lru_cache(4096)
def _file(folder: Path, name: str) -> Path:
    """Return the file of a record; a path is slow to join, and what a record says has thousands of spots."""
    return folder / f"{name}.yaml"


def _known(what: str, name: str, table: Mapping[str, _R]) -> _R:
    if name not in table:
        raise UnknownTermError(f"no {what} {name!r}; {did_you_mean(name, table)}")
    return table[name]
