"""What tickets say on pages: charts without looks of their own, each with its sentence and its table."""

from __future__ import annotations

import re

import pytest

from changebook.book import Book
from changebook.editions import edition_of
from changebook.pages.blocks import burden_by_kind, change_metrics, launch, playbooks_by_use, tickets_to_expect
from changebook.render.charts import Column, column_chart
from changebook.tickets.figures import KPIS, Figure
from changebook.tickets.rounding import rounded
from changebook.views.burden import expected
from changebook.views.figures import figure_words, minutes_words
from changebook.views.metrics import metrics_of
from conftest import tags
from golden_texts import html_of

LOOKS = {"style", "fill", "stroke", "font-family", "font-size", "onclick", "id"}


@pytest.mark.parametrize("values", [[0], [3, 9, 4], [0.5, 120, 7000]])
def test_a_chart_has_no_looks_and_no_script_and_says_what_to_see(values: list[float]) -> None:
    drawn = column_chart([Column(f"D{at}", value, strong=at == 1) for at, value in enumerate(values)], "Most on D1.")
    found = tags(drawn)
    assert {name for name, _ in found} <= {"svg", "g", "line", "text", "rect"}
    assert [given for _, given in found if LOOKS & set(given)] == []
    assert found[0][1]["role"] == "img"
    assert found[0][1]["aria-label"] == "Most on D1."
    bars = [float(given["height"]) for name, given in found if name == "rect"]
    assert len(bars) == len(values)
    assert bars.index(max(bars)) == values.index(max(values))


def test_the_name_of_a_chart_cannot_leave_its_place() -> None:
    drawn = column_chart([Column('"><script>', 1)], '"><script>alert(1)</script>')
    assert "<script" not in drawn


def test_the_scale_of_a_chart_is_round() -> None:
    drawn = column_chart([Column("", 1), Column("", 49)], "x", most=49)
    assert [int(number) for number in re.findall(r">(\d+)</text>", drawn)] == [20, 40, 60, 80, 0]


def test_each_chart_has_a_sentence_and_a_table(harbor: Book) -> None:
    for block in (launch(harbor, "pager-names"), change_metrics(harbor, "pager-names"), burden_by_kind(harbor)):
        html = html_of(block)
        charts = html.count("<svg xmlns")
        assert charts >= 1
        assert html.count("<figcaption>") == charts
        assert "<table" in html


def test_nothing_of_tickets_is_in_another_edition(harbor: Book) -> None:
    assert metrics_of(harbor, harbor.change("pager-names"))
    for edition, partner in (("staff", ""), ("partners", "far-labs")):
        book = edition_of(harbor, edition, partner)  # type: ignore[arg-type]
        assert book.tickets == ()
        assert [change.id for change in book.changes.values() if metrics_of(book, change)] == []
        assert book.desk.mappings == {}


def test_without_tickets_nothing_is_expected(book: Book) -> None:
    assert [change.id for change in book.changes.values() if expected(book, change)] == []
    assert html_of(tickets_to_expect(book)).strip() == ""
    assert "No ticket names a playbook." in html_of(playbooks_by_use(book))


@pytest.mark.parametrize(
    ("title", "figure", "value", "note"),
    [
        ("Escalation rate", Figure(100 * 6 / 25, 25, 28, 6), "24%", "6 of 25, unknown for 3 of 28"),
        ("Escalation rate", Figure(None, 0, 5, 0), "Unknown", "unknown for 5 of 5"),
        ("Escalation rate", Figure(None, 0, 0, 0), "–", ""),
        ("Time to classify", Figure(40, 9, 9), "40 min", ""),
        ("Queue growth", Figure(-3, 9, 9), "−3", ""),
        ("Queue growth", Figure(2, 9, 9), "+2", ""),
        ("Tickets", Figure(28, 28, 28), "28", "2.0 a day"),
    ],
)
def test_a_figure_says_of_how_many_tickets_it_is_unknown(title: str, figure: Figure, value: str, note: str) -> None:
    kpi = next(kpi for kpi in KPIS if kpi.title == title)
    words = figure_words(kpi, figure, days=14)
    assert (words.value, words.note) == (value, note)


def test_spans_are_told_as_people_compare_them() -> None:
    assert [minutes_words(minutes) for minutes in (0, 119, 120, 2879, 2880)] == [
        "0 min",
        "119 min",
        "2.0 hours",
        "48.0 hours",
        "2.0 days",
    ]


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (1.75, 1, "1.8"),
        (1.65, 1, "1.7"),
        (12.5, 0, "13"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (2.0, 1, "2.0"),
        (20, 0, "20"),
    ],
)
def test_a_half_is_rounded_away_from_zero(value: float, places: int, shown: str) -> None:
    assert str(rounded(value, places)) == shown


def test_a_caption_says_the_tickets_a_day_that_its_table_says(sample: Book) -> None:
    found = {change.id: metrics_of(sample, change) for change in sample.changes.values()}
    shown = {id: one for id, one in found.items() if one and "Before launch: " in one.says}
    # Clocks change within its 28 days before: 49 tickets are 1.75 a day.
    assert "Before launch: 1.8 a day." in shown["lab-results-routing-v3"].says
    for one in shown.values():
        assert f"Before launch: {one.rows[0].cells[0].note}." in one.says
