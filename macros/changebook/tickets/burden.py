"""What kinds of change cost the desk over time, and which playbooks tickets lead to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from changebook.book import Book
from changebook.language import short_month
from changebook.model import Change, Kind, Scenario
from changebook.model.status import MADE
from changebook.tickets.phases import LAUNCH, covered, grouped


@dataclass(frozen=True)
class Burden:
    """One kind of change in one month: how many changes started in it, and the tickets tied to them in the two weeks
    from their start.
    """

    kind: Kind
    month: date
    changes: int
    tickets: int

    @property
    def name(self) -> str:
        """The month as people write it: `Nov 2026`."""
        return f"{short_month(self.month)} {self.month.year}"

    @property
    def per_change(self) -> float:
        """Tickets per change."""
        return self.tickets / self.changes


def burdens(book: Book) -> list[Burden]:
    """Return what each kind cost in each month in which changes of it were made and tickets counted: by kind, in the
    order of the desk's list, then by month.
    """
    made: dict[tuple[int, date], list[int]] = {}
    order = list(book.desk.kinds)
    for change in book.changes.values():
        if change.status in MADE and change.window and covered(book, change.window.start):
            month = change.window.start.date().replace(day=1)
            made.setdefault((order.index(change.kind), month), []).append(launch_tickets(book, change))
    return [
        Burden(book.desk.kinds[order[kind]], month, len(counts), sum(counts))
        for (kind, month), counts in sorted(made.items())
    ]


def launch_tickets(book: Book, change: Change) -> int:
    """Return how many tickets tied to a change were opened in the two weeks from its start."""
    if not change.window:
        return 0
    start = change.window.start
    return sum(start <= ticket.opened < start + LAUNCH for ticket in grouped(book)[0].get(change.id, ()))


def playbook_use(book: Book) -> Iterator[tuple[Scenario, int]]:
    """Yield every playbook that has a code, with how many tickets lead to it: the most used first, then by code."""
    used = Counter(ticket.playbook for ticket in book.tickets)
    coded = [scenario for scenario in book.desk.scenarios.values() if scenario.code]
    for scenario in sorted(coded, key=lambda item: (-used[item.code], item.code)):
        yield scenario, used[scenario.code]
