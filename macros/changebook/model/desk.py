"""What changes share: the desk's teams, systems, user groups, workflows and categories."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import MinLen

from changebook.model.record import Entry, field
from changebook.model.scalar import Count, Truth, WorkingHours, Zone
from changebook.model.text import (
    CategoryId,
    GroupId,
    Id,
    Phone,
    Prose,
    SystemId,
    TeamId,
    Term,
    Title,
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


class Team(Entry):
    """An assignment group: whom to call, when, and where tickets wait for it."""

    id: Id
    name: Title = field("The team's name.", readers="desk")
    phone: Phone = field("The number the desk calls.", readers="desk")
    queue: Term = field("The queue its tickets go to.", readers="desk")
    hours: WorkingHours = field("When it answers.", readers="desk")
    zone: Zone | None = field("Its time zone, if it is not the book's.", readers="desk", default=None)
    backup: TeamId | None = field("Who answers outside its hours.", readers="desk", default=None)
    does: Prose = field("What it is responsible for.", readers="desk")


class System(Entry):
    """An application, engine, endpoint or service that changes touch."""

    id: Id
    name: Title = field("What people call it.")
    kind: SystemKind = field("What kind of system it is.")
    owner: TeamId = field("The team that runs it.", readers="desk")
    about: Prose = field("What it does, in one sentence for an analyst.")
    other_names: tuple[Term, ...] = field("What else people call it.", default=())
    internal: Truth = field(
        "Whether only the desk knows it by name: true keeps its name out of what staff and partners read.",
        readers="desk",
        default=False,
    )


class Group(Entry):
    """People who use the systems in the same way."""

    id: Id
    name: Title = field("The group's name.")
    people: Count = field("How many people are in it.")
    about: Prose = field("What they do with the systems.")


class Workflow(Entry):
    """A user's workflow, as the systems it goes through."""

    id: Id
    name: Title = field("The workflow, as its users call it.")
    groups: Annotated[tuple[GroupId, ...], MinLen(1)] = field("Who does it.")
    systems: Annotated[tuple[SystemId, ...], MinLen(1)] = field("The systems it goes through, in order.")


class Category(Entry):
    """A ticket category."""

    id: CategoryId
    name: Title = field("Its name in the ticketing tool.", readers="desk")
    team: TeamId = field("The team whose queue gets these tickets.", readers="desk")
