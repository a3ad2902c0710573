"""The hub of a change: how it speaks of what is to come, of what is over, and of what never came."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from changebook.book import Book
from changebook.model.status import Status
from changebook.pages import blocks
from changebook.views.change import routes, rules
from changebook.views.known_errors import every_open_error
from golden_texts import text_of


def with_status(book: Book, status: Status) -> Book:
    """Return the book with its complete change at another status."""
    change = book.change("complete-change").model_copy(update={"status": status})
    return replace(book, changes={**book.changes, change.id: change})


@pytest.mark.parametrize(
    ("status", "calls", "see", "touches"),
    [
        ("ready", "If they call about this", "What people will see", "What it touches"),
        ("live", "If they call about this", "What people see", "What it touches"),
        ("closed", "If they still call about this", "What people saw", "What it touched"),
        ("rolled-back", "If they still call about this", "What people saw", "What it touched"),
        ("cancelled", "If they ask about this", "What people would have seen", "What it would have touched"),
    ],
)
def test_a_hub_speaks_in_the_tense_of_its_change(
    book: Book, status: Status, calls: str, see: str, touches: str
) -> None:
    seen = with_status(book, status)
    said = text_of(blocks.hub(seen, "complete-change"), seen)
    headings = [line for line in said.split("\n") if line.startswith("## ")]
    for heading in (calls, see, touches):
        assert f"## {heading}" in headings
    assert len(headings) == len(set(headings))


def test_a_rollback_is_a_plan_an_account_or_nobodys_business_any_more(book: Book) -> None:
    # Who decides is called for a change that can still be rolled back.
    wanted: dict[Status, tuple[str, list[str]]] = {
        "live": ("## Rollback", ["Decision:"]),
        "rolled-back": ("## How it was rolled back", ["Interfaces decided."]),
        "closed": ("## Rollback plan", []),
    }
    found = {}
    for status in wanted:
        seen = with_status(book, status)
        lines = text_of(blocks.hub(seen, "complete-change"), seen).split("\n")
        heading = next(
            line for line in lines if line in ("## Rollback", "## How it was rolled back", "## Rollback plan")
        )
        found[status] = (
            heading,
            [line.split(" {")[0] for line in lines if line.startswith(("Interfaces decide", "Decision: "))],
        )
    assert found == wanted


def test_a_change_that_was_cancelled_has_nothing_to_watch_or_to_roll_back(book: Book) -> None:
    seen = with_status(book, "cancelled")
    said = text_of(blocks.hub(seen, "complete-change"), seen)
    assert "Rollback" not in said
    assert "watched" not in said


def test_a_known_error_is_open_until_it_is_fixed_or_its_change_is_cancelled(book: Book) -> None:
    listed = [[item.error.number for item in found] for found in every_open_error(with_status(book, "live"))]
    assert listed == [["KE-1"], []]
    assert [len(found) for found in every_open_error(with_status(book, "ready"))] == [0, 1]
    assert [len(found) for found in every_open_error(with_status(book, "cancelled"))] == [0, 0]
    change = book.change("complete-change")
    fixed = tuple(item.model_copy(update={"state": "fixed"}) for item in change.known_errors)
    repaired = replace(book, changes={change.id: change.model_copy(update={"known_errors": fixed})})
    assert [len(found) for found in every_open_error(repaired)] == [0, 0]


def test_a_queue_rule_is_in_force_from_go_live_until_its_end(book: Book) -> None:
    change = book.change("complete-change")
    assert change.window
    (rule,) = change.queue_rules
    moments = (change.window.start - timedelta(hours=1), change.window.end, rule.ends + timedelta(hours=1))
    kept = change.model_copy(update={"queue_rules": (rule.model_copy(update={"removed": None}),)})
    states = [item.state for moment in moments for item in rules(replace(book, now=moment), kept)]
    assert states == ["From go-live", "In force", "End date passed; check whether to remove it"]


def test_a_playbook_names_the_rule_that_routes_its_tickets_elsewhere(book: Book) -> None:
    change = book.change("complete-change")
    (rule,) = change.queue_rules

    def routed(what: str, category: str) -> list[str | None]:
        update = {"what": what, "removed": None}
        kept = change.model_copy(update={"queue_rules": (rule.model_copy(update=update),)})
        return [item.rule.to for item in routes(book, kept, category=category)]

    named, other = list(book.desk.categories)[:2]
    assert routed(f"{named} tickets with a code", named) == ["REL-SEARCH"]
    assert routed(f"{named} tickets with a code", other) == []
    assert routed("Tickets about the search", other) == ["REL-SEARCH"]
