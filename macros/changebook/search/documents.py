"""The book as search sees it: its documents in the order in which equal ones are shown."""

from __future__ import annotations

from collections.abc import Iterable

from changebook.book import Book
from changebook.model import Change
from changebook.model.status import PLANNED
from changebook.render.timing import ended, is_suspect
from changebook.search.document import Document, Documents
from changebook.search.hand import HandSection
from changebook.search.more import change_parts, desk_documents, error_documents, hand_document
from changebook.search.numbers import not_ours_documents
from changebook.search.symptoms import hub_document, playbook_document, scenario_document
from changebook.views.assets import assets


def documents_of(book: Book, sections: Iterable[HandSection] = ()) -> Documents:
    """Return the documents of `book` and of hand-written `sections`; what is live or recent comes first."""
    changes = by_heat(book)
    symptoms = [scenario_document(book, scenario) for scenario in book.desk.scenarios.values()]
    more: list[Document] = []
    for change in changes:
        pages = assets(book, change)
        symptoms += [
            hub_document(book, change, pages),
            *(playbook_document(book, change, name, own) for name, own in change.playbooks_by_id().items()),
        ]
        more += change_parts(book, change, pages)
    symptoms += not_ours_documents(book)
    more += error_documents(book)
    more += desk_documents(book)
    # A page that the desk's own lists describe is not told of twice.
    known = {item.address for item in more}
    more += [hand_document(section) for section in sections if section.address not in known]
    return Documents(changes, symptoms, more)


def by_heat(book: Book) -> list[Change]:
    """Return all changes, what callers can mean now first: live, made of late, coming, then the newest."""

    def heat(change: Change) -> tuple[int, float, str]:
        if change.status == "cancelled" or not change.window:
            return (4, -ended(change), change.id)
        if change.status == "live":
            return (0, -ended(change), change.id)
        if is_suspect(change, book.now):
            return (1, -ended(change), change.id)
        if change.status in PLANNED:
            return (2, ended(change), change.id)
        return (3, -ended(change), change.id)

    return sorted(book.changes.values(), key=heat)
