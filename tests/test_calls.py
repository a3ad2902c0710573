"""Whom to call: one entry for each team and its backup, whatever the reasons."""

from __future__ import annotations

from datetime import timedelta

from changebook.book import Book
from changebook.views.calls import Item, calls_of


def test_a_team_called_for_two_reasons_has_the_shorter_wait(book: Book) -> None:
    reason = book.changes["complete-change"].playbooks[0].escalate[0]
    soon, late = (reason.model_copy(update={"within": timedelta(minutes=wait)}) for wait in (5, 40))
    scenario = book.desk.scenarios["patient-not-found"]
    for reasons in ((soon, late), (late, soon)):
        (call,) = calls_of([Item(one, True) for one in reasons], book, scenario=scenario, queue="Front")
        assert (call.within, len(call.reasons)) == (timedelta(minutes=5), 2)
