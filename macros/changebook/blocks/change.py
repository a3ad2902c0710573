"""Macros that place what the book says of one change, one scenario or one system."""

from __future__ import annotations

from changebook.book import Book
from changebook.names import audience_address
from changebook.render import Block
from changebook.views import change as changes
from changebook.views.announcement import announcement_page
from changebook.views.contract import exchanges
from changebook.views.desk import audience_page, outages
from changebook.views.known_errors import open_errors
from changebook.views.lists import system_page
from changebook.views.playbook import playbook_page


def hub(book: Book, change: str) -> Block:
    """Place the hub of a change: its card, its playbooks, what will not change, everything under its name.

    Arguments: `change`, the id of a change.
    Errors: a change that the book does not hold.
    Example: {{ hub("fhir-patient-lookup-r4") }}
    """
    record = book.change(change)
    desk, affects = book.desk, record.affects
    facts = {
        "page": changes.hub_page(book, record),
        "systems": [desk.systems[name] for name in affects.systems],
        "workflows": [desk.workflows[name] for name in affects.workflows],
        "categories": [desk.categories[name] for name in affects.categories],
    }
    return Block("hub", facts)


def release_note(book: Book, change: str) -> Block:
    """Place the release note of a change, as staff and partners read it.

    Arguments: `change`, the id of a change.
    Errors: a change that the book does not hold.
    Example: {{ release_note("fhir-patient-lookup-r4") }}
    """
    record = book.change(change)
    names = [book.desk.audience(name).name for name in (*record.affects.groups, *record.affects.partners)]
    asked = [item for item in changes.asked(book, record) if item.question.for_readers("staff", "partners")]
    staff = record.announcement.staff if record.announcement else None
    page = {"change": record, "audiences": names, "staff": staff, "seen": changes.seen(book, record), "asked": asked}
    return Block("release_note", {"page": page, "desk": book.desk.settings.desk})


def playbook(book: Book, change: str, scenario: str) -> Block:
    """Place the playbook of a change for one scenario: what differs, then the standing guidance.

    Arguments: `change`, the id of a change; `scenario`, the id of a scenario.
    Errors: a change or a scenario that the book does not hold.
    Example: {{ playbook("fhir-patient-lookup-r4", "failed-patient-lookup") }}
    """
    return _playbook(book, scenario, change)


def scenario(book: Book, scenario: str) -> Block:
    """Place the standing playbook of a scenario.

    Arguments: `scenario`, the id of a scenario.
    Errors: a scenario that the book does not hold.
    Example: {{ scenario("failed-patient-lookup") }}
    """
    return _playbook(book, scenario, None)


def _playbook(book: Book, scenario: str, change: str | None) -> Block:
    standing = book.scenario(scenario)
    record = book.change(change) if change else None
    page = playbook_page(book, standing, record)
    systems = [book.desk.systems[name] for name in standing.systems]
    # A change's playbook is also about what the change touches.
    on_the_way = (*standing.systems, *(record.affects.systems if record else ()))
    facts = {"page": page, "systems": systems, "outages": outages(book, on_the_way)}
    return Block("playbook", {**facts, "errors": open_errors(book, standing, record)})


def questions(book: Book, change: str) -> Block:
    """Place the questions of a change and their answers, each with an address of its own.

    Arguments: `change`, the id of a change.
    Errors: a change that the book does not hold.
    Example: {{ questions("fhir-patient-lookup-r4") }}
    """
    record = book.change(change)
    return Block("questions", {"page": {"change": record, "asked": changes.asked(book, record)}})


def contract(book: Book, change: str) -> Block:
    """Place the data contract of a change: every answer and what the desk does then, and the data in scope.

    Arguments: `change`, the id of a change.
    Errors: a change that the book does not hold.
    Example: {{ contract("fhir-patient-lookup-r4") }}
    """
    record = book.change(change)
    return Block("contract", {"page": {"change": record, "exchanges": exchanges(book, record)}})


def announcement(book: Book, change: str) -> Block:
    """Place the announcement of a change: for the desk, staff and partners, with a mail to copy.

    Arguments: `change`, the id of a change.
    Errors: a change that the book does not hold.
    Example: {{ announcement("fhir-patient-lookup-r4") }}
    """
    return Block("announcement", {"page": announcement_page(book, book.change(change))})


def group(book: Book, group: str) -> Block:
    """Place the page of a user group: the changes that reach it and what it asks.

    Arguments: `group`, the id of a user group.
    Errors: a user group that the book does not hold.
    Example: {{ group("registration-clerks") }}
    """
    page = audience_page(book, book.group(group))
    return Block("audience", {"page": page, "crumb": ("User groups", audience_address())})


def partner(book: Book, partner: str) -> Block:
    """Place the page of a partner: its own desk, the changes that reach it and what it asks.

    Arguments: `partner`, the id of a partner.
    Errors: a partner that the book does not hold.
    Example: {{ partner("meridian-clearing") }}
    """
    page = audience_page(book, book.partner(partner))
    return Block("audience", {"page": page, "crumb": ("Partners", audience_address(groups=False))})


def system(book: Book, system: str) -> Block:
    """Place the page of a system: its owner, the changes that touch it, what callers report when it fails.

    Arguments: `system`, the id of a system.
    Errors: a system that the book does not hold.
    Example: {{ system("patient-index") }}
    """
    page = system_page(book, book.system(system))
    journeys = [(item, [book.desk.systems[name].name for name in item.systems]) for item in page.workflows]
    facts = {"page": page, "kind": page.system.kind.replace("-", " "), "workflows": journeys}
    return Block("system", {**facts, "outages": outages(book, (system,))})


def change_name(book: Book, change: str) -> Block:
    """Place the shared name of a change, linked to its hub, inside a sentence.

    Arguments: `change`, the id of a change.
    Errors: a change that the book does not hold.
    Example: {{ change_name("fhir-patient-lookup-r4") }}
    """
    return Block("change_link", {"change": book.change(change)})
