"""Macros that place what proves that support is ready for a change."""

from __future__ import annotations

from dataclasses import dataclass

from changebook.book import Book
from changebook.pages.ledger import LEDGER_FILE
from changebook.render import Block
from changebook.views.artifact import artifact_page
from changebook.views.rehearsals import rehearsal_page
from changebook.views.support_tests import Script, support_script


@dataclass(frozen=True)
class SupportTests:
    """The support tests of a change, and the name of the file that holds their ledger."""

    script: Script
    file: str


def support_tests(book: Book, change: str) -> Block:
    """Place the support test script of a change, and the ledger of its runs before production and after go-live.

    Arguments: `change`, the id of a change.
    Errors: a change that the book does not hold.
    Example: {{ support_tests("fhir-patient-lookup-r4") }}
    """
    return Block("support_tests", SupportTests(support_script(book, book.change(change)), LEDGER_FILE))


def rehearsals(book: Book, change: str) -> Block:
    """Place the rehearsals of a change: a card for each playbook, empty where it is still to be rehearsed.

    Arguments: `change`, the id of a change.
    Errors: a change that the book does not hold.
    Example: {{ rehearsals("fhir-patient-lookup-r4") }}
    """
    return Block("rehearsals", rehearsal_page(book, book.change(change)))


def artifact(book: Book, change: str) -> Block:
    """Place the readiness artifact that the kind of a change asks for, made from its record.

    Arguments: `change`, the id of a change.
    Errors: a change that the book does not hold.
    Example: {{ artifact("fhir-patient-lookup-r4") }}
    """
    return Block("artifact", artifact_page(book, book.change(change)))
