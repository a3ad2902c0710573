"""Macros that place what tickets say: of one change, of the kinds over time, and of the playbooks."""

from __future__ import annotations

from changebook.book import Book
from changebook.render import Block, Listed
from changebook.views.burden import all_expected, burden_of_kinds, use_of_playbooks
from changebook.views.metrics import metrics_of


def change_metrics(book: Book, change: str) -> Block:
    """Place what a change cost the desk: its tickets a day, every figure before, at and after its launch, and its
    tickets by user group and playbook.

    Arguments: `change`, the id of a change.
    Errors: a change that the book does not hold.
    Example: {{ change_metrics("fhir-patient-lookup-r4") }}
    """
    return Block("change_metrics", metrics_of(book, book.change(change)))


def burden_by_kind(book: Book) -> Block:
    """Place what each kind of change cost over time: its tickets per change in each quarter, as a chart and a table.

    Example: {{ burden_by_kind() }}
    """
    return Block("burden", Listed(burden_of_kinds(book)))


def playbooks_by_use(book: Book) -> Block:
    """Place the playbooks by how many tickets lead to them, and those without any.

    Example: {{ playbooks_by_use() }}
    """
    return Block("playbook_use", use_of_playbooks(book))


def tickets_to_expect(book: Book) -> Block:
    """Place how many tickets each planned change will bring in its first three days, based on others of its kind;
    nothing where no tickets were counted.

    Example: {{ tickets_to_expect() }}
    """
    return Block("tickets_to_expect", all_expected(book))
