"""What a figure is, and the list of those that the desk has: each is defined by the words of its function."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Literal

from changebook.model.ticket import Ticket
from changebook.names import anchor

Unit = Literal["tickets", "share", "minutes"]


@dataclass(frozen=True)
class Lot:
    """What figures are counted from: the tickets that were opened in some spans of time, each from its start on and
    before its end (aware), and those of the same kind that were resolved in them, whenever they were opened. `playbook`
    is the code that all of them lead to, where they were chosen by it.
    """

    spans: tuple[tuple[datetime, datetime], ...]
    tickets: tuple[Ticket, ...]
    resolved: tuple[Ticket, ...]
    playbook: str = ""

    @property
    def days(self) -> float:
        """How long its spans are together, in days of the clock: one with a clock change is no longer or shorter. Days
        that two of them share count once.
        """
        seconds, until = 0.0, 0.0
        for start, end in sorted((_by_clock(start), _by_clock(end)) for start, end in self.spans):
            seconds += max(end - max(start, until), 0)
            until = max(end, until)
        return seconds / 86400


@dataclass(frozen=True)
class Figure:
    """A figure: its value, None where nobody knows; of how many tickets it is known, and of how many it could be. Of a
    share, `part` is how many have it.
    """

    value: float | None
    known: int
    total: int
    part: int | None = None

    @property
    def unknown(self) -> int:
        """How many tickets say nothing of it."""
        return self.total - self.known


@dataclass(frozen=True)
class Kpi:
    """A figure that the desk has: its title, unit and definition."""

    title: str
    unit: Unit
    about: str
    of: Callable[[Lot], Figure]

    @property
    def anchor(self) -> str:
        """Where the handbook defines it."""
        return anchor(self.title)


def _by_clock(moment: datetime) -> float:
    return moment.replace(tzinfo=UTC).timestamp()


def lot_of(tickets: Iterable[Ticket], start: datetime, end: datetime) -> Lot:
    """Return what figures are counted from, for one kind of tickets and the time from `start` to before `end`."""
    every = tuple(tickets)
    resolved = tuple(ticket for ticket in every if ticket.resolved is not None and start <= ticket.resolved < end)
    return Lot(((start, end),), tuple(ticket for ticket in every if start <= ticket.opened < end), resolved)


def together(lots: Sequence[Lot]) -> Lot:
    """Return what the figures of several times are counted from; a ticket that is in two of them counts once."""
    return Lot(
        tuple(span for lot in lots for span in lot.spans),
        tuple({ticket.mark: ticket for lot in lots for ticket in lot.tickets}.values()),
        tuple({ticket.mark: ticket for lot in lots for ticket in lot.resolved}.values()),
    )


def _share(truths: Iterable[bool | None]) -> Figure:
    said = list(truths)
    known = [truth for truth in said if truth is not None]
    return Figure(100 * sum(known) / len(known) if known else None, len(known), len(said), sum(known))


def _spent(ticket: Ticket, until: Literal["classified", "resolved"]) -> timedelta | None:
    end: datetime | None = getattr(ticket, until)
    return end - ticket.opened if end and not ticket.unsure & {"opened", until} else None


def _median(spans: Iterable[timedelta | None]) -> Figure:
    said = list(spans)
    known = [span.total_seconds() / 60 for span in said if span is not None]
    return Figure(median(known) if known else None, len(known), len(said))


def number_of_tickets(lot: Lot) -> Figure:
    """Tickets that were opened in that time."""
    return Figure(len(lot.tickets), len(lot.tickets), len(lot.tickets))


def first_contact_resolution(lot: Lot) -> Figure:
    """The share of tickets that the first contact resolved. Where the export has no such column, these are tickets that
    are resolved and were never given to another team, escalated or reopened.
    """
    return _share(ticket.first_contact for ticket in lot.tickets)


def time_to_classify(lot: Lot) -> Figure:
    """The median time from opening a ticket to giving it its category or team: half of the tickets took longer."""
    return _median(_spent(ticket, "classified") for ticket in lot.tickets)


def time_to_resolve(lot: Lot) -> Figure:
    """The median time from opening a ticket to resolving it, of those that are resolved: half of them took longer."""
    done = [ticket for ticket in lot.tickets if ticket.resolved or not ticket.closes]
    return _median(_spent(ticket, "resolved") for ticket in done)


def escalation_rate(lot: Lot) -> Figure:
    """The share of tickets that were escalated. Where the export has no such column, these are tickets that were given
    to another team at least once.
    """
    return _share(ticket.escalated for ticket in lot.tickets)


def repeat_rate(lot: Lot) -> Figure:
    """The share of tickets that were reopened, or whose caller had opened one of the same category in the seven days
    before, through whatever channel. Callers are compared while an export is read; nothing of them is kept.
    """
    return _share(ticket.repeat for ticket in lot.tickets)


def missed_slas(lot: Lot) -> Figure:
    """The share of tickets whose SLA was missed, as the helpdesk says."""
    return _share(ticket.sla_missed for ticket in lot.tickets)


def queue_growth(lot: Lot) -> Figure:
    """How many more tickets were opened in that time than were resolved in it, whenever those were opened. Less than 0
    means that the queue became shorter.
    """
    known = sum(ticket.closes or ticket.resolved is not None for ticket in lot.tickets)
    value = len(lot.tickets) - len(lot.resolved) if known == len(lot.tickets) else None
    return Figure(value, known, len(lot.tickets))


def preventable_share(lot: Lot) -> Figure:
    """The share of tickets whose answer was already published: the playbook that the ticket names, or leads to by an
    error code, was in the book before the ticket was opened, as git knows. A ticket without a playbook, or from before
    the first commit, is unknown.
    """
    return _share({"": None, "no": False}.get(ticket.answered_by, True) for ticket in lot.tickets)


def _kpi(title: str, unit: Unit, of: Callable[[Lot], Figure]) -> Kpi:
    return Kpi(title, unit, " ".join((inspect.getdoc(of) or "").split()), of)


KPIS: tuple[Kpi, ...] = (
    _kpi("Tickets", "tickets", number_of_tickets),
    _kpi("First-contact resolution", "share", first_contact_resolution),
    _kpi("Time to classify", "minutes", time_to_classify),
    _kpi("Time to resolve", "minutes", time_to_resolve),
    _kpi("Escalation rate", "share", escalation_rate),
    _kpi("Repeat-ticket rate", "share", repeat_rate),
    _kpi("Missed SLAs", "share", missed_slas),
    _kpi("Queue growth", "tickets", queue_growth),
    _kpi("Preventable share", "share", preventable_share),
)
