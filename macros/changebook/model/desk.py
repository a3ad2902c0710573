"""What changes share: the desk's teams, systems, user groups, partners, workflows, categories and kinds."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from annotated_types import MinLen

from changebook.model.record import Entry, Record, field
from changebook.model.scalar import Count, Day, Duration, Moment, WorkingHours, Zone
from changebook.model.text import (
    Branch,
    CategoryId,
    Folder,
    GroupId,
    Id,
    Line,
    Phone,
    Prose,
    SystemId,
    TeamId,
    Term,
    Title,
    Url,
)

SystemKind = Literal[
    "ehr",
    "departmental",
    "interface-engine",
    "middleware",
    "identity",
    "alerting",
    "reporting",
    "scheduling",
    "portal",
    "partner-endpoint",
    "vendor-endpoint",
]


class ServiceDesk(Record):
    """How the desk itself is reached."""

    name: Title = field("What the desk is called.")
    phone: Phone = field("The number callers dial.")
    hours: WorkingHours = field("When it answers.")


class Forge(Record):
    """Where the book's repository can be looked at and edited in a browser."""

    kind: Literal["github", "gitlab"] = field("github or gitlab, also one of your own.", readers="desk")
    repository: Url = field("The repository's address, as a browser shows it.", readers="desk")
    branch: Branch = field("The branch that is published.", readers="desk", default="main")
    book: Folder = field("The folder of the records.", readers="desk", default="changes")
    docs: Folder = field("The folder of the hand-written pages.", readers="desk", default="docs")


class Holiday(Record):
    """A day on which only teams that answer day and night do so."""

    day: Day = field("The day.", readers="desk")
    name: Title = field("What it is called.", readers="desk")


class Settings(Record):
    """`desk/book.yaml`: whose book this is."""

    organisation: Title = field("The organization's name.")
    desk: ServiceDesk = field("The service desk.")
    zone: Zone = field("The time zone of every time in the book.")
    paper: Literal["letter", "a4"] = field(
        "What pages and the downtime binder print on: letter or a4.", readers="desk", default="letter"
    )
    today: Moment | None = field("A pinned now, for a sample book; leave it out in a real one.", default=None)
    forge: Forge | None = field("Where pages lead to be edited; without it they do not.", readers="desk", default=None)
    reviewer: TeamId | None = field("The team that reviews every pull request.", readers="desk", default=None)
    lead: TeamId | None = field(
        "The team that runs the shift: it is called when nobody is on call.", readers="desk", default=None
    )
    holidays: tuple[Holiday, ...] = field(
        "Days on which only teams that answer day and night do so; a night shift ends on the morning after it began.",
        readers="desk",
        default=(),
    )

    @property
    def closed(self) -> frozenset[date]:
        """The days on which no shift begins."""
        return frozenset(holiday.day for holiday in self.holidays)


class Team(Entry):
    """An assignment group: whom to call, when, and where tickets wait for it."""

    id: Id
    name: Title = field("The team's name.", readers="desk")
    phone: Phone = field("The number the desk dials.", readers="desk")
    queue: Term = field("The queue its tickets go to.", readers="desk")
    hours: WorkingHours = field("When it answers.", readers="desk")
    zone: Zone | None = field("Its time zone, where it is not the book's.", readers="desk", default=None)
    backup: TeamId | None = field("Who answers outside its hours.", readers="desk", default=None)
    does: Prose = field("What it is responsible for.", readers="desk")


class System(Entry):
    """An application, engine, endpoint or service that changes touch."""

    id: Id
    name: Title = field("What people call it.")
    kind: SystemKind = field("What sort of system it is.")
    owner: TeamId = field("The team that runs it.", readers="desk")
    about: Prose = field("What it does, in a sentence for an analyst.")
    other_names: tuple[Term, ...] = field("What else people call it.", default=())


class Group(Entry):
    """People who use the systems in the same way."""

    id: Id
    name: Title = field("What the group is called.")
    people: Count = field("How many people it has.")
    about: Prose = field("What they do with the systems.")


class Partner(Entry):
    """Another organization on the far side of an interface."""

    id: Id
    name: Title = field("The partner's name.")
    about: Prose = field("What is exchanged with it.")
    contact: Line = field("The partner's own desk, and its number.", readers="desk")
    status_page: Url | None = field("Where it publishes outages.", default=None)
    notice: Duration = field("How long before a change it must be told.", readers="desk")
    systems: tuple[SystemId, ...] = field("Its endpoints among the systems.", readers="desk", default=())


class Outage(Entry):
    """`desk/status.yaml`: a system or partner that is known to be slow or down, under its id."""

    state: Literal["degraded", "down"] = field("degraded: slow or partly failing; down: answers nobody.")
    since: Moment = field("Since when.")
    next_update: Moment = field("When the next word comes.")
    says: Prose = field("What callers notice and what works meanwhile, to be read out.")
    where: Line | None = field("Which sites, when it is not all.", default=None)


class Workflow(Entry):
    """A user's journey, as the systems it passes."""

    id: Id
    name: Title = field("The journey, as its users call it.")
    groups: Annotated[tuple[GroupId, ...], MinLen(1)] = field("Who makes it.")
    systems: Annotated[tuple[SystemId, ...], MinLen(1)] = field("The systems it passes, in order.")


class Category(Entry):
    """A ticket category."""

    id: CategoryId
    name: Title = field("How the ticket tool shows it.", readers="desk")
    team: TeamId = field("The team whose queue such tickets go to.", readers="desk")
