"""What kinds of change cost the desk over time, which playbooks tickets lead to, and how many tickets to expect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from markupsafe import Markup

from changebook.book import Book
from changebook.language import gettext as _
from changebook.language import plural, short_month
from changebook.model import Change, Kind, Scenario
from changebook.model.status import PLANNED
from changebook.render.charts import Column, column_chart
from changebook.render.timing import date_words, ended
from changebook.tickets.burden import Burden, burdens, playbook_use
from changebook.tickets.forecast import FEWEST, Forecast, forecast
from changebook.tickets.rounding import rounded
from changebook.views.gathered import GatheredMetrics, kind_metrics, playbook_metrics
from changebook.views.guidance import Link
from changebook.views.metrics import tickets_place

# Months of a chart.
_SHOWN = 12


@dataclass(frozen=True)
class KindBurden:
    """A kind of change over time: its months, oldest first, a chart of its tickets, the sentence that says what to
    see, and its figures.
    """

    kind: Kind
    months: list[Burden]
    chart: Markup
    says: str
    metrics: GatheredMetrics | None


@dataclass(frozen=True)
class Use:
    """The playbooks that tickets lead to with their figures, the most used first, those that none leads to, and their
    days.
    """

    used: list[tuple[Scenario, GatheredMetrics]]
    never: list[Scenario]
    span: str


@dataclass(frozen=True)
class Expected:
    """How many tickets to expect of a change, in a sentence, and whose tickets it comes from, each with how many."""

    says: str
    changes: list[tuple[Link, int]]


@dataclass(frozen=True)
class ToExpect:
    """The planned changes of which something can be said, each with what, and those of which it cannot."""

    told: list[tuple[Change, Expected]]
    few: list[Change]


def burden_of_kinds(book: Book) -> list[KindBurden]:
    """Return what each kind cost over time, in the order of the desk's list; only those with counted tickets.

    All charts have the same months, the last twelve at most, and one scale: so they can be compared.
    """
    found = burdens(book)
    months = _months(found)
    most = max((one.tickets for one in found), default=0)
    return [_kind(book, list(group), months, most) for _, group in groupby(found, key=lambda one: one.kind.id)]


def _months(found: list[Burden]) -> list[date]:
    every = sorted({one.month for one in found})
    months = every[:1]
    while every and months[-1] < every[-1]:
        months.append((months[-1] + timedelta(days=31)).replace(day=1))
    return months[-_SHOWN:]


def _kind(book: Book, burden: list[Burden], months: list[date], most: int) -> KindBurden:
    kind, first, last = burden[0].kind, burden[0], burden[-1]
    changes, tickets = sum(one.changes for one in burden), sum(one.tickets for one in burden)
    after = plural(changes, "{tickets} tickets after {changes} change", "{tickets} tickets after {changes} changes")
    says = after.format(tickets=tickets, changes=changes)
    says += _(", {number} each.", number=rounded(tickets / changes)) if changes > 1 else "."
    if len(burden) > 1:
        says += _(
            " In {month} {number} each, in {first} {before}.",
            month=last.name,
            number=rounded(last.per_change),
            first=first.name,
            before=rounded(first.per_change),
        )
    counted = {one.month: one.tickets for one in burden}
    columns = [
        Column(
            short_month(month) if number % 2 == 0 or len(months) <= _SHOWN // 2 else "",
            counted.get(month, 0),
            strong=True,
        )
        for number, month in enumerate(months)
    ]
    chart = column_chart(columns, f"{kind.name}: {says}", most=most, wide=False)
    return KindBurden(kind, burden, chart, says, kind_metrics(book, kind))


def use_of_playbooks(book: Book) -> Use:
    """Return the playbooks by use."""
    uses = list(playbook_use(book))
    zone = book.desk.settings.zone
    ends = [ticket.opened.astimezone(zone).date() for ticket in book.tickets[:: max(len(book.tickets) - 1, 1)]]
    span = (
        _("{start} to {end}", start=date_words(ends[0], book.now), end=date_words(ends[-1], book.now)) if ends else ""
    )
    used = [(scenario, found) for scenario, _count in uses if (found := playbook_metrics(book, scenario))]
    return Use(used, [scenario for scenario, count in uses if not count], span)


def expected(book: Book, change: Change) -> Expected | None:
    """Return how many tickets to expect of a change, None for one that is not planned, and where none was counted."""
    if change.status not in PLANNED or not book.tickets:
        return None
    found = forecast(book, change)
    places = [(tickets_place(other), tickets) for other, tickets in found.changes]
    return Expected(_expected_words(found), [] if found.few else places)


def all_expected(book: Book) -> ToExpect:
    """Return how many tickets to expect of every planned change with a date, the soonest first."""
    planned = [change for change in book.changes.values() if change.status in PLANNED and change.window]
    planned.sort(key=lambda change: (ended(change), change.id))
    found = [(change, one) for change in planned if (one := expected(book, change))]
    told = [(change, one) for change, one in found if one.changes]
    return ToExpect(told, [change for change, one in found if not one.changes])


def _expected_words(found: Forecast) -> str:
    number = len(found.changes)
    if found.few:
        if not number:
            return _(
                "Too few to say: no changes of this kind have counted tickets, and {least} are needed.", least=FEWEST
            )
        too_few = plural(
            number,
            "Too few to say: {number} change of this kind has counted tickets, and {least} are needed.",
            "Too few to say: {number} changes of this kind have counted tickets, and {least} are needed.",
        )
        return too_few.format(number=number, least=FEWEST)
    few, most = found.fewest, found.most
    span = _("{start} to {end}", start=few, end=most) if few < most else str(most)
    return _("{span} tickets, based on {number} past changes {alike}.", span=span, number=number, alike=found.alike)
