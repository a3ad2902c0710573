"""How an export of tickets is read: `desk/mappings/NAME.yaml`."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import MinLen

from changebook.model.record import Entry, Record, field
from changebook.model.scalar import Truth, Zone
from changebook.model.text import CategoryId, GroupId, Id, Term, Title


class TicketColumns(Record):
    """Which column of an export holds what; in JSON, the keys down to it with dots: `fields.created`."""

    number: Term = field("The ticket's number.", readers="desk")
    opened: Term = field("When it was opened.", readers="desk")
    changed: Term | None = field(
        "When the row was written; required for rows of events. Where nothing else says when a ticket was resolved, it "
        "does.",
        readers="desk",
        default=None,
    )
    classified: Term | None = field("When it was given its category or team.", readers="desk", default=None)
    resolved: Term | None = field("When it was resolved.", readers="desk", default=None)
    state: Term | None = field("Its state.", readers="desk", default=None)
    category: Term | None = field("Its category.", readers="desk", default=None)
    group: Term | None = field("The user group, department or location of the caller.", readers="desk", default=None)
    caller: Term | None = field("Who called, to tell repeats; it is read and never kept.", readers="desk", default=None)
    channel: Term | None = field("How the caller reached the desk: phone, mail, portal.", readers="desk", default=None)
    reassigned: Term | None = field("How often it went to another team.", readers="desk", default=None)
    teams: Term | None = field(
        "How many teams it was with; more than one is another team.", readers="desk", default=None
    )
    escalated: Term | None = field("Whether it was escalated.", readers="desk", default=None)
    reopened: Term | None = field("How often it was reopened, or whether.", readers="desk", default=None)
    first_contact: Term | None = field("Whether the first contact resolved it.", readers="desk", default=None)
    sla_met: Term | None = field("Whether its SLA was met.", readers="desk", default=None)
    sla_missed: Term | None = field("Whether its SLA was missed.", readers="desk", default=None)
    text: tuple[Term, ...] = field(
        "Columns in which a change's number, a name or a playbook's code may be; they are read and never kept.",
        readers="desk",
        default=(),
    )


class TicketStates(Record):
    """What states mean; in rows of events the first row in such a state says when.

    Where a row is a ticket, only `resolved` is read: its state of today does not say how it was before.
    """

    classified: tuple[Term, ...] = field("States of a ticket that is classified.", readers="desk", default=())
    escalated: tuple[Term, ...] = field("States of a ticket that is escalated.", readers="desk", default=())
    resolved: tuple[Term, ...] = field("States of a ticket that is resolved.", readers="desk", default=())


class CategoryValue(Record):
    """What the export calls one of the desk's ticket categories."""

    value: Term = field("The export's value.", readers="desk")
    category: CategoryId = field("The desk's category.", readers="desk")


class GroupValue(Record):
    """What the export calls one of the desk's user groups."""

    value: Term = field("The export's value.", readers="desk")
    group: GroupId = field("The desk's user group.", readers="desk")


class TicketMapping(Entry):
    """`desk/mappings/NAME.yaml`: what the columns and values of a helpdesk's ticket export mean."""

    id: Id
    title: Title = field("What exports it reads.", readers="desk")
    columns: TicketColumns = field("Which column holds what.", readers="desk")
    rows: Literal["ticket", "event"] = field(
        "Whether a row is a ticket, or an event of a ticket that has many.", readers="desk", default="ticket"
    )
    records: Term | None = field(
        "The key of the list of tickets in a JSON export, such as result.", readers="desk", default=None
    )
    zone: Zone | None = field("The zone of times without one, if not the book's.", readers="desk", default=None)
    day_first: Truth = field("Whether 3/4/2026 is 3 April.", readers="desk", default=False)
    missing: Annotated[tuple[Term, ...], MinLen(1)] = field(
        "Values that mean nothing is known; an empty one always does.", readers="desk", default=("?", "null", "None")
    )
    states: TicketStates = field("What states mean.", readers="desk", default=TicketStates())
    categories: tuple[CategoryValue, ...] = field(
        "Categories that the export calls by neither the desk's name nor its id.", readers="desk", default=()
    )
    groups: tuple[GroupValue, ...] = field(
        "User groups that the export calls by neither the desk's name nor their id.", readers="desk", default=()
    )
