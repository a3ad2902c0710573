"""The tickets of several changes together: those of a kind, and those that one playbook is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from changebook.book import Book
from changebook.model import Change, Kind, Scenario
from changebook.model.ticket import Ticket
from changebook.tickets.figures import Lot, lot_of, together
from changebook.tickets.phases import Life, PhaseName, imported_until, life_from, life_of


@dataclass(frozen=True)
class Gathered:
    """Changes together in tickets: each with its life; what is counted in each phase of all; and the tickets that are
    about them.
    """

    lives: list[tuple[Change, Life]]
    lots: dict[PhaseName, Lot]
    about: tuple[Ticket, ...]

    @property
    def calm(self) -> list[int]:
        """The days after which changes of which it is known were back to normal, the fewest first."""
        return sorted(life.days_to_normal for _, life in self.lives if life.days_to_normal is not None)

    @property
    def not_calm(self) -> int:
        """How many changes with a baseline are not back to normal."""
        return sum(life.normal is not None and life.days_to_normal is None for _, life in self.lives)


def of_kind(book: Book, kind: Kind) -> Gathered:
    """Return the changes of a kind in tickets, each as its own page has it."""
    changes = [change for change in book.changes.values() if change.kind == kind.id]
    lives = [(change, life) for change in changes if (life := life_of(book, change))]
    return _gathered(lives, (ticket for _, life in lives for ticket in life.tied))


def of_playbook(book: Book, scenario: Scenario) -> Gathered:
    """Return the changes that have a playbook of their own for a scenario, in the tickets that lead to it; `about` is
    every ticket that does.
    """
    every = tuple(ticket for ticket in book.tickets if ticket.playbook == scenario.code)
    changes = [change for change in book.changes.values() if change.playbook_for(scenario.id)]
    return _gathered([(change, life) for change in changes if (life := life_from(book, change, every))], every)


def whole_time(book: Book, tickets: Sequence[Ticket]) -> Lot:
    """Return what figures are counted from in all the time of which tickets were imported; there must be one."""
    return lot_of(tickets, book.tickets[0].opened.astimezone(book.desk.settings.zone), imported_until(book))


def _gathered(lives: list[tuple[Change, Life]], about: Iterable[Ticket]) -> Gathered:
    return Gathered(lives, dict(_phases(lives)), tuple(about))


def _phases(lives: list[tuple[Change, Life]]) -> Iterator[tuple[PhaseName, Lot]]:
    phases: tuple[PhaseName, ...] = ("baseline", "launch", "after")
    for phase in phases:
        if lots := [life.lots[phase] for _, life in lives if phase in life.lots]:
            yield phase, together(lots)
