"""What changes when, as staff or a partner are told it: a day, a change, and for whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from changebook.book import Book
from changebook.feeds.calendars import ALL_GO_LIVES, IN_CALENDARS, group_calendar
from changebook.language import gettext as _
from changebook.language import month_year
from changebook.model import Change
from changebook.model.phases import Period, Phase
from changebook.model.status import GONE, PLANNED, Status
from changebook.model.timeline import spans_told
from changebook.outside.facts import STATUS
from changebook.render.phasing import listed, outage_words
from changebook.views.finding import Find, by_system, find, for_whom


@dataclass(frozen=True)
class DatedEntry:
    """A window or a phase of a change: its name where it is a phase, for which user groups it is and in words for whom,
    what does not work meanwhile, and its status as it is and as it reads.
    """

    change: Change
    span: Period
    phase: str
    groups: tuple[str, ...]
    who: str
    outage: str
    status: Status
    words: str


@dataclass(frozen=True)
class EditionCalendar:
    """What is to come, by month, the changes that have no date, and what was made in the last `days`, the newest first;
    all under `find`. `file` and `files` are what to subscribe to: one with everything, and one for each user group that
    by its name.
    """

    find: Find
    months: list[tuple[str, list[DatedEntry]]]
    undated: list[Change]
    past: list[DatedEntry]
    days: int
    file: str
    files: list[tuple[str, str]]


def edition_calendar(book: Book) -> EditionCalendar:
    """Return the calendar of an edition, from a book that is emptied for its readers already."""
    groups = sorted((group.name, group_calendar(name)) for name, group in book.desk.groups.items())
    dated = [entry for change in book.changes.values() for entry in _entries(book, change)]
    dated.sort(key=lambda entry: (entry.span.start.timestamp(), entry.change.id))
    ahead = [entry for entry in dated if entry.span.end > book.now]
    over = [entry for entry in reversed(dated) if book.now - IN_CALENDARS <= entry.span.end <= book.now]
    past = [entry for entry in over if entry.status != "cancelled"]
    undated = [change for change in book.changes.values() if change.status in PLANNED and not change.window]
    told = [*{entry.change.id: entry.change for entry in (*ahead, *past)}.values(), *undated]
    months = groupby(ahead, key=lambda entry: month_year(entry.span.start))
    return EditionCalendar(
        find(_("dates"), len(ahead) + len(past) + len(undated), for_whom(book, told), by_system(book, told)),
        [(month, list(entries)) for month, entries in months],
        undated,
        past,
        IN_CALENDARS // timedelta(days=1),
        ALL_GO_LIVES,
        groups,
    )


def _entries(book: Book, change: Change) -> Iterator[DatedEntry]:
    for span in spans_told(change, book.now):
        phase = span if isinstance(span, Phase) else None
        sites = [book.desk.sites[name].name for name in phase.sites] if phase else []
        groups = (phase and phase.groups) or change.affects.groups
        named = groups if not sites or (phase and phase.groups) else ()
        who = [*(book.desk.groups[name].name for name in named), *(_("all at {site}", site=site) for site in sites)]
        # Whom the outage is for is said once where it is the same.
        same = set(span.outage_for) == set(groups)
        outage = outage_words(book, span.model_copy(update={"outage_for": ()}) if same else span)
        ahead = span.start > book.now and change.status not in GONE
        status: Status = "ready" if ahead else change.status
        name, told = phase.name if phase else "", listed(who) if who else ""
        yield DatedEntry(change, span, name, groups, told, outage, status, _(STATUS[status]))
