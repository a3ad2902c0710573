"""How work goes on by hand while a system is down, and who notices the outage of a window."""

from __future__ import annotations

from dataclasses import replace

import pytest

from changebook.book import Book
from changebook.editions import edition_of
from changebook.model import Change
from changebook.model.status import Status
from changebook.outside.facts import call_the_desk
from changebook.pages import blocks
from changebook.readiness import readiness
from changebook.views.announcement import announced
from golden_texts import text_of

CLAIMS = "claims-api-2-4"


def test_a_change_replaces_only_what_differs_in_a_downtime_procedure(book: Book) -> None:
    change, scenario = book.changes["complete-change"], book.desk.scenarios["patient-not-found"]
    assert scenario.downtime
    own = change.playbooks[0].downtime
    assert own
    only_the_time = own.model_copy(update={name: None for name in type(own).model_fields if name != "after"})
    merged = scenario.downtime.with_change(only_the_time)
    assert merged.after == own.after
    assert merged == scenario.downtime.model_copy(update={"after": own.after})


def test_a_playbook_and_its_card_say_the_form_and_staff_find_it(sample: Book) -> None:
    page = text_of(blocks.scenario(sample, "order-not-received"), sample)
    section = page.partition("## If it stays down")[2].partition("\n## ")[0]
    assert "After 30 minutes, use form NH-114, Downtime order requisition." in section
    assert "Red binder at each nurse station." in section
    assert "Within 4 hours of the all clear" in section
    assert "Integration Operations" in section
    staff = call_the_desk(edition_of(sample, "staff"), partner=False).forms
    assert [form.steps.form.number for form in staff] == ["NH-100", "NH-101", "NH-114"]
    # Staff hear from the desk that all is clear; partners have no forms here.
    assert {form.steps.all_clear for form in staff} == {None}
    partner = next(name for name, one in sample.desk.partners.items() if one.asks)
    assert call_the_desk(edition_of(sample, "partners", partner), partner=True).forms == []


def test_an_outage_is_announced_to_those_who_notice_it(sample: Book) -> None:
    def mail(audience: str) -> str:
        versions = announced(sample, sample.changes[CLAIMS]).versions
        return next(version.mail for version in versions if version.audience == audience)

    assert "some functions down for Registration, Billing and Meridian Clearing" in mail("desk")
    assert "some functions down for Registration and Billing\n" in mail("staff")
    assert "some functions down for Meridian Clearing\n" in mail("partners")


def test_an_edition_holds_no_outage_that_only_others_notice(sample: Book) -> None:
    change = sample.changes[CLAIMS]
    assert change.window
    window = change.window.model_copy(update={"outage_for": ("meridian-clearing",)})
    book = replace(sample, changes={CLAIMS: change.model_copy(update={"window": window})})
    staff, partner = (edition_of(book, "staff"), edition_of(book, "partners", "meridian-clearing"))
    seen = [edition.changes[CLAIMS].window for edition in (staff, partner)]
    assert [(one.outage, one.outage_for) for one in seen if one] == [(None, ()), ("down", ("meridian-clearing",))]


@pytest.mark.parametrize(("status", "missing"), [("ready", True), ("stable", False)])
def test_a_window_that_is_not_over_says_its_outage_where_the_kind_asks(
    sample: Book, status: Status, *, missing: bool
) -> None:
    change: Change = sample.changes[CLAIMS]
    assert change.window
    window = change.window.model_copy(update={"outage": None, "outage_for": ()})
    book = replace(sample, changes={CLAIMS: change.model_copy(update={"window": window, "status": status})})
    later = book if missing else replace(book, now=window.end)
    names = {gap.name for gap in readiness(later)[CLAIMS].gaps}
    assert ("outage-missing/window" in names) == missing
