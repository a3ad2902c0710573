"""Macros that place what the book says of one change or one scenario."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from changebook.book import Book
from changebook.model import Change, System, Team
from changebook.model.notices import Notice
from changebook.model.settings import ServiceDesk
from changebook.render import Block
from changebook.render.phasing import ReaderDates, note_dates, still_to_name
from changebook.render.prose import first_table
from changebook.views import change as changes
from changebook.views import queue_rules
from changebook.views.announcement import Announced, announced
from changebook.views.contract import ExchangeView, exchanges
from changebook.views.desk import KnownOutage, outages
from changebook.views.hub import hub_page
from changebook.views.known_errors import Known, open_errors
from changebook.views.now import going_on
from changebook.views.playbook import PlaybookPage, playbook_page
from changebook.views.told import Topic


@dataclass(frozen=True)
class ReleaseNote:
    """A change as staff and partners read it: whom it reaches by name, what staff do, the first table of its details,
    the rest of them, how many answers there are, the desk to ask, what is announced to whom, and
    the dates of those who read it, if it is made in phases.
    """

    change: Change
    audiences: list[str]
    staff: Notice | None
    seen: list[changes.Seen]
    table: Markup
    details: Markup
    answers: int
    desk: ServiceDesk
    announcement: Announced
    dates: list[ReaderDates]


@dataclass(frozen=True)
class PlaybookFacts:
    """A playbook, the systems on its way, what is known to be down or wrong there, where its tickets are routed,
    the changes of which callers are told something now: its own, or others with a playbook for it; and how many tickets
    lead to it.
    """

    guide: PlaybookPage
    systems: list[System]
    outages: list[KnownOutage]
    errors: list[Known]
    routes: list[queue_rules.RuleInForce]
    told: list[Topic]
    tickets: int


@dataclass(frozen=True)
class Questions:
    """A change and the questions about it."""

    change: Change
    asked: list[changes.Asked]


@dataclass(frozen=True)
class Contract:
    """A change, what it exchanges with other systems, and who reviews its privacy."""

    change: Change
    exchanges: list[ExchangeView]
    reviewed_by: Team | None


@dataclass(frozen=True)
class Named:
    """A change of which a sentence says the name."""

    change: Change


def hub(book: Book, change: str) -> Block:
    """Place the hub of a change: its facts, its playbooks, its pages, known errors, and what people see.

    Arguments: `change`, the id of a change.
    Errors: a change that the book does not hold.
    Example: {{ hub("fhir-patient-lookup-r4") }}
    """
    return Block("hub", hub_page(book, book.change(change)))


def release_note(book: Book, change: str) -> Block:
    """Place the release note of a change, as staff and partners read it, and its announcement with the mails to copy.

    Arguments: `change`, the id of a change.
    Errors: a change that the book does not hold.
    Example: {{ release_note("fhir-patient-lookup-r4") }}
    """
    record = book.change(change)
    table, details = first_table(record.details) if record.details else (Markup(""), Markup(""))
    facts = ReleaseNote(
        change=record,
        audiences=still_to_name(book, record, (*record.affects.groups, *record.affects.partners)),
        staff=record.announcement.staff if record.announcement and not record.is_outdated else None,
        seen=changes.seen(book, record),
        table=table,
        details=details,
        answers=len(record.questions),
        desk=book.desk.settings.desk,
        announcement=announced(book, record),
        dates=note_dates(book, record),
    )
    return Block("release_note", facts)


def playbook(book: Book, change: str, scenario: str) -> Block:
    """Place the playbook of a change for one scenario: what is new with the change, then the general steps.

    Arguments: `change`, the id of a change; `scenario`, the id of a scenario, or of a further playbook of the change
    for it: the end of its address.
    Errors: a change, or a scenario or playbook, that the book does not hold.
    Example: {{ playbook("fhir-patient-lookup-r4", "failed-patient-lookup") }}
    """
    return _playbook(book, scenario, change)


def scenario(book: Book, scenario: str) -> Block:
    """Place the playbook of a scenario, without what is new with any change.

    Arguments: `scenario`, the id of a scenario.
    Errors: a scenario that the book does not hold.
    Example: {{ scenario("failed-patient-lookup") }}
    """
    return _playbook(book, scenario, None)


def _playbook(book: Book, name: str, change: str | None) -> Block:
    record = book.change(change) if change else None
    own = record.playbook_for(name) if record else None
    standing = book.scenario(own.scenario if own else name)
    guide = playbook_page(book, standing, change=record, name=name)
    systems = [book.desk.systems[name] for name in standing.systems]
    # A change's playbook is also about what the change touches.
    on_the_way = (*standing.systems, *(record.affects.systems if record else ()))
    known, errors = outages(book, on_the_way), open_errors(book, standing, change=record)
    routes = queue_rules.routes(book, record, category=guide.category.id, queue=guide.queue) if record else []
    now = going_on(book)
    told = [item for item in (*now.told, *now.over) if item.change and item.change.playbook_for(standing.id)]
    tickets = sum(ticket.playbook == standing.code for ticket in book.tickets)
    return Block("playbook", PlaybookFacts(guide, systems, known, errors, routes, told, tickets))


def questions(book: Book, change: str) -> Block:
    """Place the questions of a change and their answers, each with an address of its own.

    Arguments: `change`, the id of a change.
    Errors: a change that the book does not hold.
    Example: {{ questions("fhir-patient-lookup-r4") }}
    """
    record = book.change(change)
    return Block("questions", Questions(record, changes.asked(book, record)))


def contract(book: Book, change: str) -> Block:
    """Place the data contract of a change: every answer and what the desk does then, the data in scope, and privacy
    and audit.

    Arguments: `change`, the id of a change.
    Errors: a change that the book does not hold.
    Example: {{ contract("fhir-patient-lookup-r4") }}
    """
    record = book.change(change)
    reviewer = book.desk.teams[record.compliance.reviewed_by] if record.compliance else None
    return Block("contract", Contract(record, exchanges(book, record), reviewer))


def change_name(book: Book, change: str) -> Block:
    """Place the shared name of a change, linked to its hub, inside a sentence.

    Arguments: `change`, the id of a change.
    Errors: a change that the book does not hold.
    Example: {{ change_name("fhir-patient-lookup-r4") }}
    """
    return Block("change_link", Named(book.change(change)))
