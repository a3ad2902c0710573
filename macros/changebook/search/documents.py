"""The book as search sees it: its documents in the order in which equal ones are shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from changebook.book import Book
from changebook.model import Change
from changebook.model.status import PLANNED
from changebook.render.timing import ended, is_suspect
from changebook.search.cards import change_card
from changebook.search.document import Document, Documents
from changebook.search.hand import HandSection
from changebook.search.more import change_parts, desk_documents, error_documents, hand_document
from changebook.search.numbers import not_ours_documents
from changebook.search.symptoms import hub_document, playbook_document, scenario_document
from changebook.views.assets import assets


class SaidOfChange(NamedTuple):
    """What search says of a change: the documents that answer a symptom, its others, and what every result shows."""

    symptoms: list[Document]
    more: list[Document]
    card: dict[str, Any]


def documents_of(
    book: Book, sections: Iterable[HandSection] = (), before: Mapping[str, SaidOfChange] | None = None
) -> Documents:
    """Return the documents of `book` and of hand-written `sections`; what is live or recent comes first. What
    was said `before` of a change, by its id, is said again.
    """
    changes = by_heat(book)
    symptoms, others, lists = documents_of_desk(book)
    more: list[Document] = []
    cards = {}
    for change in changes:
        said = (before or {}).get(change.id)
        said = said or SaidOfChange(*documents_of_change(book, change), change_card(book, change))
        symptoms += said.symptoms
        more += said.more
        cards[change.id] = said.card
    more += lists
    # A page that the desk's own lists describe is not told of twice.
    known = {item.address for item in more}
    more += [hand_document(section) for section in sections if section.address not in known]
    return Documents(changes, symptoms + others, more, cards)


def documents_by_change(documents: Documents, names: Collection[str]) -> dict[str, SaidOfChange]:
    """Return what `documents` say of the changes with these ids."""
    found = {name: SaidOfChange([], [], documents.cards[name]) for name in names}
    for item in documents.symptoms if found else ():
        if item.change in found:
            found[item.change].symptoms.append(item)
    for item in documents.more if found else ():
        # Known errors are on the desk's list, also those of a change.
        if item.change in found and item.kind != "error":
            found[item.change].more.append(item)
    return found


def documents_of_desk(book: Book) -> tuple[list[Document], list[Document], list[Document]]:
    """Return the general playbooks, what other desks do, and the lists of open known errors and of the desk."""
    scenarios = [scenario_document(book, scenario) for scenario in book.desk.scenarios.values()]
    return scenarios, [*not_ours_documents(book)], [*error_documents(book), *desk_documents(book)]


def documents_of_change(book: Book, change: Change) -> tuple[list[Document], list[Document]]:
    """Return the documents of a change that answer a symptom, and its others."""
    pages = assets(book, change)
    playbooks = [playbook_document(book, change, name, own) for name, own in change.playbooks_by_id().items()]
    return [hub_document(book, change, pages), *playbooks], [*change_parts(book, change, pages)]


def by_heat(book: Book) -> list[Change]:
    """Return all changes, what callers can mean now first: live, made of late, coming, then the newest."""
    return sorted(book.changes.values(), key=lambda change: heat(change, book))


def heat(change: Change, book: Book) -> tuple[int, float, str]:
    """Return what changes are sorted by in `by_heat`."""
    if change.status == "cancelled" or not change.window:
        return (4, -ended(change), change.id)
    if change.status == "live":
        return (0, -ended(change), change.id)
    if is_suspect(change, book.now):
        return (1, -ended(change), change.id)
    if change.status in PLANNED:
        return (2, ended(change), change.id)
    return (3, -ended(change), change.id)
