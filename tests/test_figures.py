"""Every figure of a launch equals a count by hand, on the sixty tickets in `tests/tickets/sixty.csv`."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from changebook.book import Book
from changebook.cli import main
from changebook.model.ticket import Ticket
from changebook.pages.blocks import readiness_sheet, tickets_to_expect
from changebook.tickets.burden import burdens, launch_tickets, playbook_use
from changebook.tickets.figures import KPIS, Lot, lot_of
from changebook.tickets.forecast import forecast
from changebook.tickets.gathered import of_kind, of_playbook
from changebook.tickets.phases import Life, life_of
from changebook.tickets.shape import shape_of
from changebook.views.burden import expected
from changebook.views.gathered import kind_metrics, playbook_metrics
from conftest import GOOD, ROOT, SMALL, load
from golden_texts import text_of

SIXTY = ROOT / "tests" / "tickets" / "sixty.csv"


@pytest.fixture(scope="module")
def counted() -> Book:
    """The small desk with the complete change, a year later, and the sixty tickets."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(shutil.copytree(SMALL, Path(scratch) / "changes"))
        shutil.copy(GOOD / "complete-change.yaml", folder)
        command = ["tickets", "import", str(SIXTY), "--mapping", "csv", "--book", str(folder), "--yes"]
        assert CliRunner().invoke(main, command).exit_code == 0
        found = load(folder, today="2027-12-03 09:00").book
    assert found
    return found


@pytest.fixture(scope="module")
def life(counted: Book) -> Life:
    """The complete change in tickets."""
    found = life_of(counted, counted.change("complete-change"))
    assert found
    return found


# Value, of how many tickets it is known, and of how many it could be: counted by hand in the file, line by line.
BY_HAND = {
    "baseline": {
        "Tickets": (20, 20, 20),
        "First-contact resolution": (100 * 10 / 20, 20, 20),
        "Time to classify": (15, 16, 20),
        "Time to resolve": (150, 18, 18),
        "Escalation rate": (100 * 4 / 20, 20, 20),
        "Repeat-ticket rate": (0, 20, 20),
        "Missed SLAs": (100 * 2 / 20, 20, 20),
        "Queue growth": (2, 20, 20),
        "Preventable share": (None, 0, 20),
    },
    "launch": {
        "Tickets": (25, 25, 25),
        "First-contact resolution": (100 * 6 / 25, 25, 25),
        "Time to classify": (40, 25, 25),
        "Time to resolve": (90, 23, 23),
        "Escalation rate": (100 * 8 / 17, 17, 25),
        "Repeat-ticket rate": (100 * 12 / 25, 25, 25),
        "Missed SLAs": (100 * 4 / 22, 22, 25),
        "Queue growth": (2, 25, 25),
        "Preventable share": (None, 0, 25),
    },
    "after": {
        "Tickets": (15, 15, 15),
        "First-contact resolution": (100 * 10 / 15, 15, 15),
        "Time to classify": (5, 15, 15),
        "Time to resolve": (45, 14, 14),
        "Escalation rate": (100 * 2 / 15, 15, 15),
        "Repeat-ticket rate": (0, 15, 15),
        "Missed SLAs": (0, 15, 15),
        "Queue growth": (1, 15, 15),
        "Preventable share": (None, 0, 15),
    },
}


@pytest.mark.parametrize("phase", BY_HAND)
def test_every_figure_equals_a_count_by_hand(life: Life, phase: str) -> None:
    lot = life.lots[phase]  # type: ignore[index]
    found = {kpi.title: kpi.of(lot) for kpi in KPIS}
    assert {title: (figure.value, figure.known, figure.total) for title, figure in found.items()} == BY_HAND[phase]


@pytest.mark.parametrize("phase", BY_HAND)
def test_every_figure_of_a_kind_with_one_change_is_that_of_the_change(counted: Book, phase: str) -> None:
    found = of_kind(counted, counted.desk.kinds["fhir-resource-update"])
    lot = found.lots[phase]  # type: ignore[index]
    figures = {kpi.title: kpi.of(lot) for kpi in KPIS}
    assert {title: (figure.value, figure.known, figure.total) for title, figure in figures.items()} == BY_HAND[phase]
    assert (found.calm, found.not_calm, len(found.about)) == ([4], 0, 25)


# Of the lines that lead to PB-002, counted by hand: none before the launch, 15 in it, one after it.
PLAYBOOK_BY_HAND = {
    "Tickets": (15, 15, 15),
    "First-contact resolution": (100 * 2 / 15, 15, 15),
    "Time to classify": (40, 15, 15),
    "Time to resolve": (90, 14, 14),
    "Escalation rate": (100 * 4 / 10, 10, 15),
    "Repeat-ticket rate": (100 * 6 / 15, 15, 15),
    "Missed SLAs": (0, 13, 15),
    "Queue growth": (1, 15, 15),
    "Preventable share": (None, 0, 15),
}


def test_every_figure_of_a_playbook_equals_a_count_by_hand(counted: Book) -> None:
    scenario = counted.scenario("patient-not-found")
    found = of_playbook(counted, scenario)
    figures = {kpi.title: kpi.of(found.lots["launch"]) for kpi in KPIS}
    assert {name: (figure.value, figure.known, figure.total) for name, figure in figures.items()} == PLAYBOOK_BY_HAND
    assert {phase: len(lot.tickets) for phase, lot in found.lots.items()} == {"baseline": 0, "launch": 15, "after": 1}
    assert len(found.about) == 16
    shown = playbook_metrics(counted, scenario)
    assert shown
    assert [title for title, _ in shown.times] == ["All", "Before", "Launch", "After"]
    assert shown.suggests.sentence == "Poor error handling: 6 of 15 tickets are repeats."
    assert {group.name: group.tickets for group in shown.groups}["Clerks"] == 12


def test_two_changes_together_count_each_ticket_and_each_day_once(counted: Book) -> None:
    like = counted.change("complete-change")
    assert like.window
    later = like.window.model_copy(update={"start": like.window.start + timedelta(days=7)})
    twin = like.model_copy(update={"id": "twin", "window": later})
    book = replace(counted, changes={**counted.changes, "twin": twin})
    found = of_kind(book, book.desk.kinds["fhir-resource-update"])
    launch = found.lots["launch"]
    # Three weeks: 25 tickets in the first two, and five more in the third; two of the third are tied to the first
    # change, so they are in neither launch.
    assert (launch.days, len(launch.tickets)) == (21, 30)
    assert len({item.mark for item in launch.tickets}) == len(launch.tickets)
    shown = kind_metrics(book, book.desk.kinds["fhir-resource-update"])
    assert shown
    assert shown.times == [("Before", "35 days"), ("Launch", "21 days"), ("After", "15 days")]
    assert shown.normal.startswith("Days to normal: ")
    assert shown.normal.endswith(", after 2 changes.")


def test_a_first_launch_that_is_not_over_is_not_back_yet(counted: Book) -> None:
    now = datetime(2026, 12, 5, 9, tzinfo=UTC)
    book = replace(counted, now=now, tickets=tuple(item for item in counted.tickets if item.opened < now))
    shown = kind_metrics(book, book.desk.kinds["fhir-resource-update"])
    assert shown
    assert shown.normal == "Days to normal: 1 is not back yet."


def test_a_playbook_that_no_launch_is_about_is_counted_in_all_the_time(counted: Book) -> None:
    known = tuple(replace(item, playbook="PB-001") for item in counted.tickets)
    shown = playbook_metrics(replace(counted, tickets=known), counted.scenario("late-result"))
    assert shown
    assert [title for title, _ in shown.times] == ["All"]
    assert shown.rows[0].cells[0].value == "60"
    assert shown.normal == ""


def test_the_days_to_normal_are_those_until_three_calm_days(life: Life) -> None:
    # Twenty tickets in 28 days: three such days have 2.1. The launch has 1, 8, 6, 3, 2, 1, 0, 1 tickets a day: of three
    # days in a row those from the fifth on are the first that have no more than three.
    assert life.normal == 20 / 28
    from_launch = [count for day, count in life.daily if day >= date(2026, 12, 2)]
    assert from_launch[:8] == [1, 8, 6, 3, 2, 1, 0, 1]
    assert life.days_to_normal == 4
    assert len(life.tied) == 25
    assert life.daily[0] == (date(2026, 11, 4), 0)
    assert sum(count for _, count in life.daily) == 60


def test_without_tickets_from_before_nothing_is_compared(counted: Book) -> None:
    late = replace(counted, tickets=tuple(item for item in counted.tickets if item.opened.month == 12))
    found = life_of(
        replace(late, tickets=(replace(late.tickets[0], opened=datetime(2026, 11, 20, tzinfo=UTC)), *late.tickets)),
        late.change("complete-change"),
    )
    assert found
    assert (list(found.lots), found.normal, found.days_to_normal) == (["launch", "after"], None, None)
    assert life_of(late, late.change("complete-change")) is None


def test_in_the_minute_in_which_a_window_begins_there_is_nothing_to_count(counted: Book) -> None:
    window = counted.change("complete-change").window
    assert window
    book = replace(counted, now=window.start)
    assert life_of(book, book.change("complete-change")) is None
    assert kind_metrics(book, book.desk.kinds["fhir-resource-update"]) is None


def first_ticket_at(book: Book, days: float) -> Life:
    """Return the complete change where the first ticket was opened so many days before its window."""
    change = book.change("complete-change")
    assert change.window
    opened = change.window.start.astimezone(UTC) - timedelta(days=days)
    later = [item for item in book.tickets if item.opened > opened]
    found = life_of(replace(book, tickets=(replace(book.tickets[0], opened=opened), *later)), change)
    assert found
    return found


def test_a_quiet_first_week_is_compared_and_a_week_that_was_not_imported_is_not(counted: Book) -> None:
    assert "baseline" in first_ticket_at(counted, 27).lots
    assert "baseline" in first_ticket_at(counted, 21.1).lots
    assert "baseline" not in first_ticket_at(counted, 21).lots


def test_weeks_are_counted_like_the_figures(counted: Book) -> None:
    # Two hours before the window's first minute, on its day, is still the week before.
    change = counted.change("complete-change")
    assert change.window
    early = replace(counted.tickets[-1], mark="a" * 12, opened=change.window.start - timedelta(hours=2))
    moved = tuple(sorted([*counted.tickets, early], key=lambda item: item.opened))
    found = life_of(replace(counted, tickets=moved), change)
    assert found
    weeks = dict(found.weekly)
    counts = {name: len(lot.tickets) for name, lot in found.lots.items()}
    assert sum(weeks[week] for week in range(-4, 0)) == counts["baseline"] == 21
    assert weeks[0] + weeks[1] == counts["launch"] == 25
    assert sum(count for week, count in weeks.items() if week > 1) == counts["after"]


def made(count: int, **values: object) -> list[Ticket]:
    start = datetime(2026, 12, 3, 12, tzinfo=UTC)
    return [Ticket(f"{at:012x}", start + timedelta(hours=at), **values) for at in range(count)]  # type: ignore[arg-type]


def lot(tickets: list[Ticket]) -> Lot:
    return lot_of(tickets, datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC))


def test_a_missing_field_makes_a_figure_unknown_and_nothing_else() -> None:
    figures = {kpi.title: kpi.of(lot(made(4))) for kpi in KPIS}
    assert {title: figure.unknown for title, figure in figures.items()} == {
        kpi.title: 0 if kpi.title == "Tickets" else 4 for kpi in KPIS
    }
    assert figures["Escalation rate"].value is None
    assert figures["Queue growth"].value is None


def test_preventable_is_what_something_published_answered() -> None:
    tickets = [*made(3, answered_by="playbooks/x/"), *made(1, answered_by="no"), *made(2)]
    figure = next(kpi for kpi in KPIS if kpi.title == "Preventable share").of(lot(tickets))
    assert (figure.value, figure.part, figure.known, figure.total) == (75, 3, 4, 6)


def quick(count: int, minutes: int) -> list[Ticket]:
    return [
        replace(item, classified=item.opened + timedelta(minutes=minutes), answered_by="playbooks/x/")
        for item in made(count)
    ]


ANSWERED = "playbooks/x/"


@pytest.mark.parametrize(
    ("tickets", "before", "sentence"),
    [
        (made(9), [], "Too few to show a pattern: 9 of 10 tickets."),
        (made(5, escalated=True) + made(5, escalated=False), [], "Unclear ownership: 5 of 10 tickets were escalated."),
        (
            quick(10, 40),
            quick(10, 20),
            "Unclear ownership: classifying a ticket took 40 minutes, before the launch 20.",
        ),
        (quick(10, 20), quick(10, 5), "The figures show no single reason for the tickets."),
        (
            made(6, answered_by=ANSWERED) + made(6, answered_by="no"),
            [],
            "Missing documentation: 6 of 12 tickets had no published playbook.",
        ),
        (
            made(9, answered_by=ANSWERED, repeat=False) + made(3, answered_by=ANSWERED, repeat=True),
            [],
            "Poor error handling: 3 of 12 tickets are repeats.",
        ),
        (
            made(8, answered_by=ANSWERED, playbook="PB-007") + made(4, answered_by=ANSWERED),
            [],
            "Poor error handling: 8 of 12 tickets lead to PB-007.",
        ),
    ],
)
def test_the_shape_of_a_launch_is_said_with_its_rule(
    tickets: list[Ticket], before: list[Ticket], sentence: str
) -> None:
    shape = shape_of(lot(tickets), lot(before) if before else None)
    assert shape.sentence == sentence
    assert bool(shape.rule) == (not sentence.startswith(("Too few", "The figures show")))


def history(
    book: Book, counts: dict[str, int], *, groups: tuple[str, ...] = ("clerks",), kind: str = "fhir-resource-update"
) -> Book:
    """Return a book in which changes like the complete one were made before it, each with its number of tickets."""
    like = book.change("complete-change")
    changes, tickets = dict(book.changes), []
    for number, (name, count) in enumerate(counts.items()):
        start = datetime(2026, 3, 1 + number, 20, tzinfo=UTC)
        assert like.window
        window = like.window.model_copy(update={"start": start, "end": start + timedelta(hours=1)})
        affects = like.affects.model_copy(update={"groups": groups})
        made = {"id": name, "kind": kind, "window": window, "affects": affects, "status": "closed"}
        changes[name] = like.model_copy(update=made)
        # The last hour of the third day counts, the first of the fourth does not.
        moments = [start + timedelta(hours=71)] * count + [start + timedelta(hours=72)]
        tickets += [Ticket(f"{number:06x}{at:06x}", moment, change=name) for at, moment in enumerate(moments)]
    ends = [Ticket("f" * 12, datetime(2026, 2, 1, tzinfo=UTC)), Ticket("e" * 12, datetime(2026, 4, 1, tzinfo=UTC))]
    return replace(book, changes=changes, tickets=tuple(sorted([*tickets, *ends], key=lambda item: item.opened)))


def test_a_forecast_is_a_range_of_what_was_counted_after_others_of_its_kind(counted: Book) -> None:
    book = history(counted, {"a": 4, "b": 9, "c": 0, "d": 5, "e": 7})
    found = forecast(book, book.change("complete-change"))
    assert (found.fewest, found.most, found.few) == (0, 9, False)
    assert [(change.id, count) for change, count in found.changes] == [("c", 0), ("a", 4), ("d", 5), ("e", 7), ("b", 9)]
    assert found.alike == "of this kind and for the same user groups"


def test_a_forecast_of_fewer_than_five_is_none(counted: Book) -> None:
    book = history(counted, {"a": 4, "b": 9, "c": 0, "d": 5})
    found = forecast(book, book.change("complete-change"))
    assert found.few
    assert len(found.changes) == 4


def test_where_its_kind_is_rare_changes_for_the_same_user_groups_are_taken(counted: Book) -> None:
    like = counted.change("complete-change")
    counts = {"a": 4, "b": 9, "c": 1, "d": 5, "e": 7}
    book = history(counted, counts, kind="quiet-change")
    found = forecast(book, like)
    assert (found.fewest, found.most, found.few, found.alike) == (1, 9, False, "of any kind for the same user groups")
    elsewhere = history(counted, counts, kind="quiet-change", groups=())
    assert (forecast(elsewhere, like).few, forecast(elsewhere, like).changes) == (True, [])


def test_a_planned_sample_change_shows_a_range_with_the_changes_it_comes_from(sample: Book) -> None:
    says = expected(sample, sample.change("adt-mapping-2026-4"))
    assert says
    assert says.says == "2 to 25 tickets, based on 7 past changes of any kind for the same user groups."
    assert [count for _, count in says.changes] == sorted(count for _, count in says.changes)
    for page in (tickets_to_expect(sample), readiness_sheet(sample, "adt-mapping-2026-4")):
        text = text_of(page, sample)
        assert says.says in text
        assert all(place.title in text for place, _ in says.changes)


def test_a_forecast_of_other_user_groups_says_so(counted: Book) -> None:
    book = history(counted, dict.fromkeys("abcde", 3), groups=())
    assert forecast(book, book.change("complete-change")).alike == "of this kind"
    same = history(counted, dict.fromkeys("abcde", 3), groups=("clerks", "nurses"))
    assert forecast(same, same.change("complete-change")).alike.endswith(", with about as many people")


def test_the_burden_of_a_kind_is_counted_by_month(counted: Book) -> None:
    (found,) = burdens(counted)
    # Of the launch's 25 tickets two are tied to no change.
    assert (found.kind.id, found.name, found.changes, found.tickets) == ("fhir-resource-update", "Dec 2026", 1, 23)
    assert launch_tickets(counted, counted.change("complete-change")) == 23


def test_playbooks_are_listed_by_use_and_those_never_used_too(counted: Book) -> None:
    used = {scenario.code: count for scenario, count in playbook_use(counted)}
    # PB-002 in 13 tickets of the launch and one after it, SRC-404 in two.
    assert used == {"PB-002": 16, "PB-001": 0}
