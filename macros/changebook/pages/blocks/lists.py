"""Macros that place lists across changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Scenario, System
from changebook.render import Block, Listed
from changebook.views import change_lists, desk, lists
from changebook.views.finding import Choice, Find, Folded, find, folded
from changebook.views.known_errors import Known, every_open_error
from changebook.views.on_call import on_call_page
from changebook.views.symptoms import symptoms_by_subject

_TOP = 3


@dataclass(frozen=True)
class Audiences:
    """A list of user groups, or of partners."""

    find: Find
    items: list[desk.AudiencePage]
    groups: bool


@dataclass(frozen=True)
class Systems:
    """The systems, and the filters over them."""

    find: Find
    items: list[lists.SystemPage]


@dataclass(frozen=True)
class KnownErrors:
    """Open known errors by rank, of changes that are made and of those that are planned, and the filters over both."""

    find: Find
    now: Folded[Known]
    planned: Folded[Known]


@dataclass(frozen=True)
class SearchField:
    """A search field: large on the first page, small in the header."""

    big: bool


def systems(book: Book) -> Block:
    """Place the list of systems, with the changes that could be the cause of a failure there.

    Example: {{ systems() }}
    """
    pages = [lists.system_page(book, item) for item in book.desk.systems.values()]
    owners = lists.by_owner(book, (item.owner for item in book.desk.systems.values()))
    return Block("systems", Systems(find(_("systems"), len(pages), owners), pages))


def group_list(book: Book) -> Block:
    """Place the list of user groups, with the changes that could be why they call.

    Example: {{ group_list() }}
    """
    pages = [desk.audience_page(book, item) for item in book.desk.groups.values()]
    return Block("audiences", Audiences(find(_("user groups"), len(pages)), pages, groups=True))


def partner_list(book: Book) -> Block:
    """Place the list of partners, with the changes that could be why they call.

    Example: {{ partner_list() }}
    """
    pages = [desk.audience_page(book, item) for item in book.desk.partners.values()]
    return Block("audiences", Audiences(find(_("partners"), len(pages)), pages, groups=False))


def first_responses(book: Book) -> Block:
    """Place the first responses of recent changes and of every scenario, each to copy.

    Example: {{ first_responses() }}
    """
    return Block("responses", desk.responses(book))


def symptoms(book: Book) -> Block:
    """Place what callers say by subject, under the playbook that answers it, with what recent changes add.

    Example: {{ symptoms() }}
    """
    return Block("symptoms", symptoms_by_subject(book))


def on_call(book: Book) -> Block:
    """Place every team with its number, queue and hours, and who answers for it now; then what the desk does not
    handle, and whom to call.

    Example: {{ on_call() }}
    """
    return Block("on_call", on_call_page(book))


def scenario_matrix(book: Book) -> Block:
    """Place all playbooks: owner, who answers now, backup and after how long.

    Example: {{ scenario_matrix() }}
    """
    return Block("scenarios", lists.matrix(book))


def known_errors(book: Book) -> Block:
    """Place all open known errors by what they may cost the desk, with the workaround and whom to call.

    Example: {{ known_errors() }}
    """
    now, planned = every_open_error(book)
    found = [*now, *planned]
    choices = (
        _choice(
            "system", _("System"), book.desk.systems, (name for one in found for name in one.change.affects.systems)
        ),
        _choice("playbook", _("Playbook"), book.desk.scenarios, (one.error.scenario or "" for one in found)),
        lists.by_owner(book, (item.error.owner for item in found), label=_("Fix owner")),
    )
    finding = find(_("known errors"), len(found), *choices)
    return Block("known_errors", KnownErrors(finding, folded(now, shown=20), folded(planned, shown=10)))


def top_known_errors(book: Book) -> Block:
    """Place the first known errors of all by what they may cost the desk, and the way to the others.

    Example: {{ top_known_errors() }}
    """
    return Block("top_known_errors", folded(every_open_error(book)[0], shown=_TOP, spare=0))


def _choice(name: str, label: str, known: Mapping[str, System] | Mapping[str, Scenario], ids: Iterable[str]) -> Choice:
    held = set(ids)
    options = [(str(one.id), one.title if isinstance(one, Scenario) else one.name) for one in known.values()]
    kept = sorted((option for option in options if option[0] in held), key=lambda option: option[1].casefold())
    return Choice(name, label, _("All {many}", many=f"{label.lower()}s"), kept)


def release_notes(book: Book) -> Block:
    """Place the release notes: planned ones, then the newest by month, then the others by year.

    Example: {{ release_notes() }}
    """
    return Block("release_notes", change_lists.notes_by_date(book))


def change_list(book: Book) -> Block:
    """Place all changes: by status, and what is closed, rolled back or canceled by year.

    Example: {{ change_list() }}
    """
    return Block("changes", change_lists.all_changes(book))


def question_list(book: Book) -> Block:
    """Place what each user group, each partner and the desk asks about current changes, each question leading to its
    answer.

    Example: {{ question_list() }}
    """
    return Block("question_list", lists.questions_by_audience(book))


def kind_table(book: Book) -> Block:
    """Place the kinds of change: support risk, what drives tickets, what helps, the artifact, the sections needed.

    Example: {{ kind_table() }}
    """
    return Block("kinds", Listed(list(book.desk.kinds.values())))


def search_field(book: Book) -> Block:
    """Place the large search field.

    Example: {{ search_field() }}
    """
    return Block("search", SearchField(big=True))


def unanswered_searches(book: Book) -> Block:
    """Place the searches that this browser kept because nothing answered them, to copy or download.

    Example: {{ unanswered_searches() }}
    """
    return Block("unanswered")
