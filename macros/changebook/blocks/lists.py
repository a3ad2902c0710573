"""Macros that place lists across changes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from changebook.book import Book
from changebook.model import Change
from changebook.render import Block
from changebook.views import desk, lists, timing
from changebook.views.board import first_due
from changebook.views.due import Due

SHOWN = 8
LIVE_SHOWN = HEARD_SHOWN = 5


@dataclass(frozen=True)
class ChangeRows:
    """The first changes of a list, and how many more `what` there are at `where` among all; `empty` without any."""

    changes: list[Change]
    more: int
    empty: str
    what: str
    where: str
    text: bool
    note: str = ""


@dataclass(frozen=True)
class NextChanges:
    """What is planned for the next days: a row of days, the changes, and of those that are late what is due."""

    rows: ChangeRows
    due: dict[str, Due]
    days: list[timing.CalendarDay]


def systems(book: Book) -> Block:
    """Place the list of systems, with the changes that could be the cause of a failure there.

    Example: {{ systems() }}
    """
    return Block("systems", {"systems": [lists.system_page(book, item) for item in book.desk.systems.values()]})


def group_list(book: Book) -> Block:
    """Place the list of user groups, with the changes that could be why they call.

    Example: {{ group_list() }}
    """
    pages = [desk.audience_page(book, item) for item in book.desk.groups.values()]
    return Block("audiences", {"pages": pages, "groups": True})


def partner_list(book: Book) -> Block:
    """Place the list of partners, with the changes that could be why they call.

    Example: {{ partner_list() }}
    """
    pages = [desk.audience_page(book, item) for item in book.desk.partners.values()]
    return Block("audiences", {"pages": pages, "groups": False})


def known_outages(book: Book) -> Block:
    """Place the systems and partners that are known to be slow or down, and what to say.

    Example: {{ known_outages() }}
    """
    return Block("outages", {"outages": desk.outages(book)})


def first_responses(book: Book) -> Block:
    """Place the first responses of recent changes and of every scenario, each to copy.

    Example: {{ first_responses() }}
    """
    return Block("responses", {"responses": desk.responses(book)})


def heard_today(book: Book) -> Block:
    """Place what callers say about live changes, one saying a playbook, each leading to it.

    Example: {{ heard_today() }}
    """
    return Block("heard", {"sayings": lists.heard(book)[:HEARD_SHOWN]})


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
    found = lists.months(book)
    reached = {
        name for month in found for item in month.changes for name in (*item.affects.groups, *item.affects.partners)
    }
    audiences = [who for who in (*book.desk.groups.values(), *book.desk.partners.values()) if who.id in reached]
    return Block("release_notes", {"months": found, "audiences": audiences})


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
    rows = _rows(live, "Nothing is live.", what="live changes", where="#live", shown=LIVE_SHOWN)
    return Block("change_rows", {"page": rows})


def next_changes(book: Book, days: int = 14) -> Block:
    """Place the changes planned for the next days.

    Arguments: `days`, how many days ahead, 14 when left out.
    Example: {{ next_changes(days=7) }}
    """
    rows = _rows(timing.coming(book, days), f"Nothing is planned for the next {days} days.", what="planned changes")
    due = {change.id: late for change in rows.changes if (late := first_due(book, change)) and late.late}
    return Block("next_changes", {"page": NextChanges(rows, due, timing.days_ahead(book, days))})


def recent_changes(book: Book) -> Block:
    """Place the changes of the last 30 days that are no longer watched and could still be the cause.

    Example: {{ recent_changes() }}
    """
    recent = [change for change in timing.suspects(book) if change.status != "live"]
    rows = _rows(recent, "Nothing else changed in the last 30 days.", what="recent changes", text=False)
    return Block("change_rows", {"page": replace(rows, note="Could still be the cause.")})


def kind_table(book: Book) -> Block:
    """Place the kinds of change: support risk, what drives tickets, what helps, the artifact, the sections needed.

    Example: {{ kind_table() }}
    """
    return Block("kinds", {"kinds": list(book.desk.kinds.values())})


def search_field(book: Book) -> Block:
    """Place the large search field.

    Example: {{ search_field() }}
    """
    return Block("search", {"big": True})


def unanswered_searches(book: Book) -> Block:
    """Place the searches that this browser kept because nothing answered them, to copy or download.

    Example: {{ unanswered_searches() }}
    """
    return Block("unanswered", {})


def _rows(
    found: list[Change], empty: str, *, what: str, where: str = "", shown: int = SHOWN, text: bool = True
) -> ChangeRows:
    return ChangeRows(found[:shown], len(found[shown:]), empty, what, where, text)
