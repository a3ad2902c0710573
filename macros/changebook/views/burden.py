"""What kinds of change cost the desk over time, which playbooks tickets lead to, and how many tickets to expect."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from changebook.book import Book
from changebook.model import Change, Kind, Scenario
from changebook.model.status import PLANNED
from changebook.render.charts import Column, column_chart
from changebook.render.timing import date_words
from changebook.tickets.burden import Burden, burdens, playbook_use
from changebook.tickets.forecast import FEWEST, Forecast, forecast


@dataclass(frozen=True)
class KindBurden:
    """A kind of change over time: its quarters, oldest first, a chart of the tickets per change in each, and the
    sentence that says what to see.
    """

    kind: Kind
    quarters: list[Burden]
    chart: Markup
    says: str


@dataclass(frozen=True)
class Use:
    """The playbooks that tickets lead to, the most used first, those that none leads to, and when tickets were opened."""

    used: list[tuple[Scenario, int]]
    never: list[Scenario]
    span: str


@dataclass(frozen=True)
class Expected:
    """How many tickets to expect of a change, in a sentence, and the changes it comes from with their tickets."""

    says: str
    changes: list[tuple[Change, int]]


def burden_of_kinds(book: Book) -> list[KindBurden]:
    """Return what each kind cost over time, in the order of the desk's list; only those with counted tickets."""
    order = list(book.desk.kinds)
    found = sorted(burdens(book), key=lambda one: order.index(one.kind.id))
    return [_kind(list(group)) for _, group in groupby(found, key=lambda one: one.kind.id)]


def _kind(quarters: list[Burden]) -> KindBurden:
    kind, first, last = quarters[0].kind, quarters[0], quarters[-1]
    trend = "more than" if last.per_change > first.per_change else "fewer than"
    if last.per_change == first.per_change:
        trend = "as many as"
    says = f"{last.per_change:.0f} tickets per change in {last.quarter}"
    says += f", {trend} in {first.quarter} ({first.per_change:.0f})." if len(quarters) > 1 else "."
    columns = [Column(one.quarter, one.per_change, strong=one is last) for one in quarters]
    return KindBurden(kind, quarters, column_chart(columns, f"{kind.name}: {says}", wide=False), says)


def use_of_playbooks(book: Book) -> Use:
    """Return the playbooks by use."""
    uses = list(playbook_use(book))
    zone = book.desk.settings.zone
    ends = [ticket.opened.astimezone(zone).date() for ticket in book.tickets[:: max(len(book.tickets) - 1, 1)]]
    span = f"{date_words(ends[0], book.now)} to {date_words(ends[-1], book.now)}" if ends else ""
    return Use([pair for pair in uses if pair[1]], [scenario for scenario, count in uses if not count], span)


def expected(book: Book, change: Change) -> Expected | None:
    """Return how many tickets to expect of a change, None for one that is not planned, and where none was counted."""
    if change.status not in PLANNED or not book.tickets:
        return None
    found = forecast(book, change)
    return Expected(_expected_words(found), [] if found.few else found.changes)


def _expected_words(found: Forecast) -> str:
    number = len(found.changes)
    if found.few:
        counted = f"{number or 'no'} change{'s' if number != 1 else ''} of this kind {'has' if number == 1 else 'have'}"
        return f"Too few to say: {counted} counted tickets, and {FEWEST} are needed."
    span = f"{found.fewest} to {found.most}" if found.fewest < found.most else str(found.most)
    return f"{span} tickets, as after {number} changes {found.alike}."
