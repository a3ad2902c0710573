"""Known errors by what they cost the desk: those of a change, all open ones, and those of a playbook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from changebook.book import Book
from changebook.cache.notes import once
from changebook.language import gettext as _
from changebook.language import plural, thousands
from changebook.model import Change, Scenario
from changebook.model.launch import KnownError
from changebook.model.status import PLANNED
from changebook.names import error_anchor
from changebook.render.timing import duration_words
from changebook.views.duty import Rota, rota
from changebook.views.guidance import Link, playbook_link

# What a figure that nobody has counted is taken for: never for nothing.
UNCOUNTED_PEOPLE, UNCOUNTED_MINUTES = 1, 5
_WORST = ("high", "medium", "low")


@dataclass(frozen=True)
class Known:
    """A known error: the change it came with, its anchor among all, who fixes it, the playbook callers lead to.

    `impact` is what it may cost the desk, in minutes.
    """

    error: KnownError
    impact: int
    change: Change
    anchor: str
    rota: Rota
    playbook: Link | None

    @property
    def people(self) -> str:
        """How many people it can affect, in words; "" where nobody has counted them."""
        count = self.error.affected
        return (
            "" if count is None else _("up to {count} people", count=thousands(count)) if count != 1 else _("1 person")
        )

    @property
    def counted(self) -> list[str]:
        """The figures behind the impact that somebody has counted, in words."""
        return [words for words, _ in self._figures if words]

    @property
    def uncounted(self) -> list[str]:
        """What nobody has counted."""
        return [what for words, what in self._figures if not words]

    @property
    def _figures(self) -> list[tuple[str, str]]:
        error = self.error
        tickets, minutes = error.tickets, error.confusion
        return [
            (self.people, _("people")),
            (
                ""
                if tickets is None
                else plural(tickets, "{count} ticket", "{count} tickets").format(count=thousands(tickets)),
                _("tickets"),
            ),
            (_("{duration} each", duration=duration_words(minutes)) if minutes else "", _("minutes")),
        ]


def support_impact(error: KnownError) -> int:
    """Return what a known error may cost the desk, in minutes: (people + tickets) * minutes.

    Everybody affected may call, and whoever opened a ticket did; each call takes the `confusion`, the minutes it takes
    to recognize the error, rounded up. Without a count it is taken for one person, without the minutes for five. How
    bad the error is technically does not count.
    """
    people = (error.affected or 0) + (error.tickets or 0)
    if error.affected is None and error.tickets is None:
        people = UNCOUNTED_PEOPLE
    minutes = ceil(error.confusion / timedelta(minutes=1)) if error.confusion else UNCOUNTED_MINUTES
    return people * minutes


def errors_of(book: Book, change: Change) -> list[Known]:
    """Return the known errors of a change: open ones first, by rank."""
    found = [_known(book, change, error) for error in change.known_errors]
    return sorted(found, key=lambda item: (item.error.state != "open", *_rank(item)))


def _rank(item: Known) -> tuple[int, int, str]:
    """Return what puts the error that costs most first, then the one that is technically worse."""
    return -item.impact, _WORST.index(item.error.severity), item.change.id


def every_open_error(book: Book) -> tuple[list[Known], list[Known]]:
    """Return the open errors of all changes by rank: of changes that are made, and of those that are planned. A
    cancelled change brings none.
    """
    found = [
        item
        for change in book.changes.values()
        if change.status != "cancelled"
        for item in errors_of(book, change)
        if item.error.state == "open"
    ]
    found.sort(key=_rank)
    return (
        [item for item in found if item.change.status not in PLANNED],
        [item for item in found if item.change.status in PLANNED],
    )


def open_errors(book: Book, scenario: Scenario, *, change: Change | None) -> list[Known]:
    """Return the open errors that a playbook shows, by rank: those of changes that are made, settled ones too, and
    those of `change` while it is planned.
    """
    own = errors_of(book, change) if change and change.status in PLANNED else []
    shown = [item for item in own if item.error.state == "open" and item.error.scenario == scenario.id]
    return sorted(shown + _by_scenario(book).get(scenario.id, []), key=_rank)


@once  # every playbook page asks for them
def _by_scenario(book: Book) -> Mapping[str, list[Known]]:
    found: defaultdict[str, list[Known]] = defaultdict(list)
    for item in every_open_error(book)[0]:
        if item.error.scenario:
            found[item.error.scenario].append(item)
    return found


def _known(book: Book, change: Change, error: KnownError) -> Known:
    link = playbook_link(book, error.scenario, change=change) if error.scenario else None
    return Known(
        error=error,
        impact=support_impact(error),
        change=change,
        anchor=error_anchor(change.id, error.number),
        rota=rota(book.desk, book.desk.teams[error.owner]),
        playbook=link,
    )
