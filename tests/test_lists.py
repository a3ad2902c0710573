"""Long lists are cut where a page says so, with the way to the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from changebook.book import Book
from changebook.model.launch import KnownError
from changebook.pages.blocks import group, heard_today, known_errors, live_changes, system
from changebook.pages.blocks.today import ChangeRows
from changebook.render import Listed
from changebook.views.desk import outages
from changebook.views.known_errors import every_open_error, support_impact
from changebook.views.lists import Saying
from changebook.views.symptoms import symptoms_by_subject
from changebook.views.today import today
from golden_texts import text_of


def crowded(sample: Book) -> Book:
    """Return the sample with seven more live changes."""
    live = sample.changes["fhir-patient-lookup-r4"]
    more = {f"other-{number}": live.model_copy(update={"id": f"other-{number}"}) for number in range(7)}
    return replace(sample, changes={**sample.changes, **more})


def test_the_first_page_shows_five_live_changes_and_the_way_to_all(sample: Book) -> None:
    later = crowded(replace(sample, now=sample.now + timedelta(days=2)))
    rows = live_changes(later).page
    assert isinstance(rows, ChangeRows)
    assert len(rows.changes) == 5
    assert (rows.more, rows.what, rows.where) == (5, "live changes", "#live")


def test_the_first_page_shows_three_launches_and_how_many_more(sample: Book) -> None:
    page = today(crowded(sample))
    assert (len(page.launches), page.more) == (3, 5)


def test_a_change_is_a_launch_from_midnight_until_a_day_after_its_window(sample: Book) -> None:
    change = sample.changes["fhir-patient-lookup-r4"]
    assert change.window
    midnight = datetime.combine(change.window.start, time.min, change.window.start.tzinfo)
    day_after = change.window.end + timedelta(days=1)
    minute = timedelta(minutes=1)
    for now, launches in ((midnight - minute, 0), (midnight, 1), (day_after - minute, 1), (day_after, 0)):
        then = replace(sample, now=now)
        shown = [item.change.id for item in today(then).launches]
        assert shown == [change.id] * launches, now
        rows = live_changes(then).page
        assert isinstance(rows, ChangeRows)
        assert (change in rows.changes) == (not launches)


def test_known_errors_beyond_the_first_twenty_are_folded(sample: Book) -> None:
    live = sample.changes["fhir-patient-lookup-r4"]
    error = next(item for item in live.known_errors if item.state == "open")
    many = tuple(error.model_copy(update={"number": f"KE-{number}"}) for number in range(30))
    change = live.model_copy(update={"known_errors": many})
    page = text_of(known_errors(replace(sample, changes={change.id: change})), sample)
    assert "Show all 30" in page
    assert page.index("KE-19") < page.index("Show all 30") < page.index("KE-20")


def ranked(sample: Book, *errors: KnownError) -> list[str]:
    """Return the numbers of known errors of a live change as the page of all lists them."""
    live = sample.changes["fhir-patient-lookup-r4"]
    found, _ = every_open_error(replace(sample, changes={live.id: live.model_copy(update={"known_errors": errors})}))
    return [item.error.number for item in found]


def test_a_low_severity_mapping_fault_with_900_users_ranks_first(sample: Book) -> None:
    error = sample.changes["fhir-patient-lookup-r4"].known_errors[0]
    minutes = timedelta(minutes=1)
    of = {
        "MAP": {"severity": "low", "affected": 900, "tickets": None, "confusion": 3 * minutes},
        "GRAVE": {"severity": "high", "affected": 40, "tickets": 12, "confusion": 25 * minutes},
        "RARE": {"severity": "high", "affected": 3, "tickets": 3, "confusion": 60 * minutes},
        "OPEN": {"severity": "high", "affected": None, "tickets": None, "confusion": None},
        "NONE": {"severity": "high", "affected": 0, "tickets": 0, "confusion": 9 * minutes},
    }
    errors = [error.model_copy(update={"number": number, **figures}) for number, figures in of.items()]
    assert [support_impact(one) for one in errors] == [2700, 1300, 360, 5, 0]
    assert ranked(sample, *reversed(errors)) == list(of)
    # What costs as much is ranked by how bad it is.
    low, high = (errors[0].model_copy(update={"number": level, "severity": level}) for level in ("low", "high"))
    assert ranked(sample, low, high) == ["high", "low"]


def test_what_nobody_counted_is_said_and_is_not_zero(sample: Book) -> None:
    live = sample.changes["fhir-patient-lookup-r4"]
    update = {"affected": None, "tickets": 0, "confusion": None}
    error = live.known_errors[0].model_copy(update=update)

    def shown(one: KnownError) -> str:
        change = live.model_copy(update={"known_errors": (one,)})
        return text_of(known_errors(replace(sample, changes={change.id: change})), sample)

    assert "0 tickets / Not counted: people, minutes" in shown(error)
    unknown = shown(error.model_copy(update={"tickets": None}))
    assert "Not counted: people, tickets, minutes" in unknown
    assert " min " not in unknown


def test_the_page_of_a_system_and_of_a_group_folds_a_long_list_of_changes(sample: Book) -> None:
    live = sample.changes["fhir-patient-lookup-r4"]
    changes = {f"same-{number}": live.model_copy(update={"id": f"same-{number}"}) for number in range(40)}
    many = replace(sample, changes=changes)
    for block, lists in ((system(many, "patient-index"), 1), (group(many, "health-records"), 2)):
        assert text_of(block, sample).count("Show all 40") == lists


def test_a_day_without_a_launch_says_what_is_next(sample: Book) -> None:
    quiet = replace(sample, now=sample.now + timedelta(days=2))
    assert today(quiet).launches == []
    assert [change.id for change in [today(quiet).next] if change] == ["claims-api-2-4"]


def test_every_live_change_is_heard_before_one_is_heard_twice(sample: Book) -> None:
    heard = [saying.change for saying in said_of(sample)]
    live = [change.name for change in sample.changes.values() if change.status == "live"]
    assert set(heard[: len(live)]) == set(live)
    assert len(said_of(crowded(sample))) == 5


def said_of(book: Book) -> list[Saying]:
    """Return what the block of callers' words holds."""
    page = heard_today(book).page
    assert isinstance(page, Listed)
    return page.items


def test_an_outage_of_a_partner_without_an_endpoint_is_the_service_desks(book: Book) -> None:
    partner = book.desk.partners["far-labs"].model_copy(update={"systems": ()})
    outage = book.desk.status["far-lab"].model_copy(update={"id": partner.id})
    desk = replace(book.desk, partners={partner.id: partner}, status={partner.id: outage})
    (found,) = outages(replace(book, desk=desk))
    assert (found.name, found.owner) == (partner.name, desk.settings.desk)


def test_a_subject_is_spelled_as_its_category_is(sample: Book) -> None:
    subjects = [subject.name for subject in symptoms_by_subject(sample).subjects]
    assert "EHR" in subjects
    assert "Partner" in subjects
