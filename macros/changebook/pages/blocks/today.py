"""Macros that place what is going on: launches, known outages, callers' words, live, planned and recent changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change
from changebook.render import Block, Listed, timing
from changebook.views import desk, lists, queue_rules, today
from changebook.views.message import Message, message_of_outage
from changebook.views.now_file import version_of
from changebook.views.told import Topic, outages_told

_SHOWN = 8
_WEEK = timedelta(days=7)
_LIVE_SHOWN = _HEARD_SHOWN = 5


@dataclass(frozen=True)
class ChangeRows:
    """The first changes of a list, and how many more `what` there are at `where` among all; `empty` without any.

    `notes` is what the line of a change warns of, by its id; `note` is above all lines.
    """

    changes: list[Change]
    more: int
    empty: str
    what: str
    where: str
    text: bool
    notes: Mapping[str, today.Notes]
    note: str = ""


@dataclass(frozen=True)
class Outages:
    """The known outages, what every channel says of each by its id, those that are over, and the version of what is
    going on now.
    """

    items: list[desk.KnownOutage]
    messages: Mapping[str, Message]
    over: list[Topic]
    version: str


@dataclass(frozen=True)
class NextChanges:
    """What is planned for the next days: a row of days, and the changes."""

    rows: ChangeRows
    days: list[timing.CalendarDay]


def known_outages(book: Book) -> Block:
    """Place the systems and partners that are known to be slow or down, what to say and what was said before; and those
    that work again for a week.

    Example: {{ known_outages() }}
    """
    every = list(outages_told(book))
    messages = {item.id: message_of_outage(book, item) for item in every if not item.word.over}
    over = [item for item in every if item.word.over and book.now - item.word.at < _WEEK]
    return Block("outages", Outages(desk.outages(book), messages, over, version_of(book)))


def heard_today(book: Book) -> Block:
    """Place what callers say about live changes, one saying a playbook, each leading to it.

    Example: {{ heard_today() }}
    """
    return Block("heard", Listed(lists.heard(book)[:_HEARD_SHOWN]))


def launches(book: Book) -> Block:
    """Place the changes that go live today or did since yesterday, with what is due that day; otherwise, what comes
    next.

    Example: {{ launches() }}
    """
    return Block("launches", today.today(book))


def rules_to_remove(book: Book) -> Block:
    """Place the queue rules that are over and that nobody has removed, unless `launches` shows them; nothing without
    any.

    Example: {{ rules_to_remove() }}
    """
    found = [one for one in queue_rules.leftovers(book) if not today.is_launch(book, one.change)]
    return Block("rules_to_remove", Listed(found))


def live_changes(book: Book) -> Block:
    """Place the changes that are live, except those that `launches` shows.

    Example: {{ live_changes() }}
    """
    live = [change for change in timing.suspects(book) if change.status == "live" and not today.is_launch(book, change)]
    rows = _rows(
        book,
        live,
        _("{nothing} is live.", nothing=_nothing(book)),
        what=_("live changes"),
        where="#live",
        shown=_LIVE_SHOWN,
    )
    return Block("change_rows", rows)


def next_changes(book: Book, days: int = 14) -> Block:
    """Place the changes planned for the next days.

    Arguments: `days`, how many days ahead, 14 when left out.
    Example: {{ next_changes(days=7) }}
    """
    rows = _rows(
        book,
        timing.coming(book, days),
        _("Nothing is planned for the next {days} days.", days=days),
        what=_("planned changes"),
    )
    return Block("next_changes", NextChanges(rows, timing.days_ahead(book, days)))


def recent_changes(book: Book) -> Block:
    """Place the changes of the last 30 days that are no longer watched and could still be the cause.

    Example: {{ recent_changes() }}
    """
    recent = [change for change in timing.suspects(book) if change.status != "live"]
    rows = _rows(
        book,
        recent,
        _("{nothing} changed in the last 30 days.", nothing=_nothing(book)),
        what=_("recent changes"),
        text=False,
    )
    return Block("change_rows", replace(rows, note=_("May still be causing calls.")))


def _rows(
    book: Book, found: list[Change], empty: str, *, what: str, where: str = "", shown: int = _SHOWN, text: bool = True
) -> ChangeRows:
    notes = {change.id: today.notes_of(book, change) for change in found[:shown]}
    return ChangeRows(found[:shown], len(found[shown:]), empty, what, where, text, notes)


def _nothing(book: Book) -> str:
    """Return how a list begins that has no rows: what is live or was lately may be in the lists above it."""
    return _("Nothing else") if timing.suspects(book) else _("Nothing")
