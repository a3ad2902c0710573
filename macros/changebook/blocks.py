"""The macros: what a page in `docs/` can place among its prose.

Each takes the book and the arguments a page writes, and returns a block. The docstrings are what the
handbook prints; the book itself is no argument of a page. An argument that the book does not hold
raises UnknownTermError.
"""

from __future__ import annotations

from collections.abc import Callable

from changebook.book import Book
from changebook.model import Change
from changebook.render import Block
from changebook.views import change as changes
from changebook.views import lists, timing
from changebook.views.contract import exchanges
from changebook.views.playbook import playbook_page

SHOWN = 8


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
    page = {"change": record, "audiences": names, "seen": changes.seen(book, record), "asked": asked}
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
    page = playbook_page(book, standing, book.change(change) if change else None)
    return Block("playbook", {"page": page, "systems": [book.desk.systems[name] for name in standing.systems]})


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


def system(book: Book, system: str) -> Block:
    """Place the page of a system: its owner, the changes that touch it, what callers report when it fails.

    Arguments: `system`, the id of a system.
    Errors: a system that the book does not hold.
    Example: {{ system("patient-index") }}
    """
    page = lists.system_page(book, book.system(system))
    journeys = [(item, [book.desk.systems[name].name for name in item.systems]) for item in page.workflows]
    return Block("system", {"page": page, "kind": page.system.kind.replace("-", " "), "workflows": journeys})


def systems(book: Book) -> Block:
    """Place the list of systems, with the changes that could be the cause of a failure there.

    Example: {{ systems() }}
    """
    return Block("systems", {"systems": [lists.system_page(book, item) for item in book.desk.systems.values()]})


def symptoms(book: Book) -> Block:
    """Place what callers say, A-Z, each leading to its playbook: the standing ones, and those of recent changes.

    Example: {{ symptoms() }}
    """
    return Block("symptoms", {"letters": lists.sayings(book)})


def scenario_matrix(book: Book) -> Block:
    """Place the scenario matrix: owner, who answers now, backup and after how long.

    Example: {{ scenario_matrix() }}
    """
    return Block("scenarios", {"duties": lists.duties(book)})


def release_notes(book: Book) -> Block:
    """Place the list of release notes, by month, newest first.

    Example: {{ release_notes() }}
    """
    return Block("release_notes", {"months": lists.months(book)})


def change_list(book: Book) -> Block:
    """Place all changes, by status.

    Example: {{ change_list() }}
    """
    return Block("changes", {"groups": lists.by_status(book)})


def question_list(book: Book) -> Block:
    """Place what each user group and partner asks of current changes, each question leading to its answer.

    Example: {{ question_list() }}
    """
    return Block("question_list", {"audiences": lists.questions_by_audience(book)})


def live_changes(book: Book) -> Block:
    """Place the changes that are live.

    Example: {{ live_changes() }}
    """
    live = [change for change in timing.suspects(book) if change.status == "live"]
    return _rows(live, "Nothing is live.", text=True)


def next_changes(book: Book, days: int = 14) -> Block:
    """Place the changes planned for the next days.

    Arguments: `days`, how many days ahead, 14 when left out.
    Example: {{ next_changes(days=7) }}
    """
    return _rows(timing.coming(book, days), f"Nothing is planned for the next {days} days.", text=True)


def recent_changes(book: Book) -> Block:
    """Place the changes of the last 30 days that are no longer watched and could still be the cause.

    Example: {{ recent_changes() }}
    """
    recent = [change for change in timing.suspects(book) if change.status != "live"]
    return _rows(recent, "Nothing else changed in the last 30 days.", text=False)


def change_name(book: Book, change: str) -> Block:
    """Place the shared name of a change, linked to its hub, inside a sentence.

    Arguments: `change`, the id of a change.
    Errors: a change that the book does not hold.
    Example: {{ change_name("fhir-patient-lookup-r4") }}
    """
    return Block("change_link", {"change": book.change(change)})


def kind_table(book: Book) -> Block:
    """Place the kinds of change: support risk, what drives tickets, what helps, the artifact, the sections needed.

    Example: {{ kind_table() }}
    """
    return Block("kinds", {"kinds": list(book.desk.kinds.values())})


def _rows(found: list[Change], empty: str, *, text: bool) -> Block:
    facts = {"changes": found[:SHOWN], "more": len(found[SHOWN:]), "empty": empty, "text": text}
    return Block("change_rows", facts)


BLOCKS: tuple[Callable[..., Block], ...] = (
    change_list,
    change_name,
    contract,
    hub,
    kind_table,
    live_changes,
    next_changes,
    playbook,
    question_list,
    questions,
    recent_changes,
    release_note,
    release_notes,
    scenario,
    scenario_matrix,
    symptoms,
    system,
    systems,
)
