"""The hub of a change: how it speaks of what is to come, of what is over, and of what never came."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from changebook.book import Book
from changebook.model.status import Status
from changebook.pages import blocks
from changebook.views.known_errors import every_open_error
from changebook.views.queue_rules import routes, rules
from golden_texts import html_of, text_of


def with_status(book: Book, status: Status) -> Book:
    """Return the book with its complete change at another status."""
    change = book.change("complete-change").model_copy(update={"status": status})
    return replace(book, changes={**book.changes, change.id: change})


@pytest.mark.parametrize(
    ("status", "calls", "see", "touches"),
    [
        ("ready", "If someone calls about this", "What people will see", "What it touches"),
        ("live", "If someone calls about this", "What people see", "What it touches"),
        ("closed", "If someone still calls about this", "What people saw", "What it touched"),
        ("rolled-back", "If someone still calls about this", "What people saw", "What it touched"),
        ("cancelled", "If someone asks about this", "What people would have seen", "What it would have touched"),
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


@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("status", ["draft", "live", "cancelled"])
def test_the_facts_of_a_hub_have_no_empty_cell(book: Book, status: Status, *, dated: bool) -> None:
    seen = with_status(book, status)
    for more in ({}, {"bridge": None}, {"bridge": None, "go_no_go": None}):
        change = seen.change("complete-change").model_copy(update=more)
        if not dated:
            change = change.model_copy(update={"window": None, "phases": ()})
        html = html_of(blocks.hub(replace(seen, changes={change.id: change}), change.id))
        facts = re.search(r'<dl class="cb-facts cb-facts--([0-9])">(.*?)</dl>', html, re.S)
        assert facts
        assert facts[2].count("<dt>") % int(facts[1]) == 0
        assert int(facts[1]) in {3, 4, 5}


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


def test_a_queue_rule_is_in_force_from_its_start_or_go_live_until_its_end(book: Book) -> None:
    change = book.change("complete-change")
    assert change.window
    (rule,) = change.queue_rules
    begun, minute = change.window.end, timedelta(minutes=1)

    def states(starts: datetime | None, *moments: datetime) -> list[str]:
        update = {"removed": None, "starts": starts}
        kept = change.model_copy(update={"queue_rules": (rule.model_copy(update=update),)})
        return [item.state for moment in moments for item in rules(replace(book, now=moment), kept)]

    assert states(None, change.window.start - minute, begun, rule.ends + minute) == [
        "Not yet in force",
        "In force",
        "Still in force past its end",
    ]
    assert states(begun + minute, begun, begun + minute) == ["Not yet in force", "In force"]


def test_a_rule_that_is_over_is_on_home_until_somebody_removes_it(book: Book) -> None:
    change = book.change("complete-change")
    (rule,) = change.queue_rules

    def shown(status: str, moment: datetime, removed: date | None = None) -> str:
        kept = change.model_copy(
            update={"status": status, "queue_rules": (rule.model_copy(update={"removed": removed}),)}
        )
        seen = replace(book, changes={kept.id: kept}, now=moment)
        return text_of(blocks.rules_to_remove(seen), seen)

    ended = rule.ends + timedelta(days=3)
    assert "Route tickets about the search to `REL-SEARCH`" in shown("live", ended)
    assert shown("live", rule.ends - timedelta(days=1)) == shown("live", ended, ended.date()) == ""
    # A change that is over leaves no rule behind, whatever its end.
    assert "REL-SEARCH" in shown("rolled-back", rule.ends - timedelta(days=1))


def test_a_playbook_names_the_rule_that_routes_its_tickets_elsewhere(book: Book) -> None:
    change = book.change("complete-change")
    (rule,) = change.queue_rules

    def routed(what: str, category: str, queue: str = "OTHER") -> list[str | None]:
        update = {"what": what, "removed": None}
        kept = change.model_copy(update={"queue_rules": (rule.model_copy(update=update),)})
        return [item.rule.to for item in routes(book, kept, category=category, queue=queue)]

    named, other = list(book.desk.categories)[:2]
    assert routed(f"{named} tickets with a code", named) == ["REL-SEARCH"]
    assert routed(f"{named} tickets with a code", other) == []
    assert routed("Tickets about the search", other) == ["REL-SEARCH"]
    # A rule that sends them where they go anyway changes nothing.
    assert routed("Tickets about the search", other, "REL-SEARCH") == []
