"""When a change reaches its readers, in words: the phase that is on, and the date of each reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change
from changebook.model.phases import Period, Phase, PlannedOutage
from changebook.model.status import GONE
from changebook.model.timeline import phase_on, phases_at, phases_for, phases_of
from changebook.render.timing import window_words

_OUTAGE: dict[PlannedOutage, str] = {
    "none": "no outage",
    "slow": "some functions slow",
    "read-only": "some functions read-only",
    "down": "some functions down",
}


@dataclass(frozen=True)
class ReaderDates:
    """When a change reaches some of its readers: who they are, and each of their phases under what tells it apart."""

    who: str
    dates: tuple[tuple[str, Phase], ...]


def outage_words(book: Book, span: Period) -> str:
    """Return how systems work during a window or a phase and for whom, "" where the record does not say."""
    who = [book.desk.audience(name).name for name in span.outage_for]
    if not span.outage:
        return ""
    words = _(_OUTAGE[span.outage])
    return _("{outage} for {who}", outage=words, who=listed(who)) if who else words


def still_to_name(book: Book, change: Change, readers: Iterable[str]) -> list[str]:
    """Return by name whom a note is for, nobody where the outage that it announces names just these."""
    on = change.window and book.now < change.window.end and change.status not in GONE and not change.phases
    told = change.window.outage_for if change.window and on else ()
    return [] if set(told) == set(readers) else [book.desk.audience(name).name for name in readers]


def span_words(book: Book, span: Period) -> str:
    """Return a window or a phase with how systems work meanwhile: `Wed 2 Dec, 21:00-23:00 CST, systems down`."""
    return ", ".join(filter(None, (window_words(span, book.now), outage_words(book, span))))


def when_words(change: Change, now: datetime) -> str:
    """Return when a change is made, in one line: the phase that is on or comes next, else its window."""
    if on := phase_on(change, now):
        return f"{on.name}: {window_words(on, now)}"
    return window_words(change.window, now) if change.window else _("no window yet")


def groups_dates(book: Book, change: Change) -> list[ReaderDates]:
    """Return the dates of the user groups of a change in phases, then those of its sites.

    A group that no phase names finds its date under its site, if all phases have sites; a site where every phase names
    its groups needs no line of its own.
    """
    named = {name for phase in change.phases for name in phase.groups}
    sited = all(phase.sites for phase in change.phases if not phase.partners)
    own = [name for name in change.affects.groups if name in named or not sited]
    found = _shared((book.desk.groups[name].name, phases_for(change, name)) for name in own)
    sites = dict.fromkeys(name for phase in phases_of(change) if not phase.groups for name in phase.sites)
    by_site = {name: phases_at(change, name) for name in sites}
    return [
        *(ReaderDates(who, tuple((_at(book, phase), phase) for phase in phases)) for who, phases in found),
        *(
            ReaderDates(_("At {who}", who=who), tuple((phase.name, phase) for phase in phases))
            for who, phases in _shared((book.desk.sites[name].name, phases) for name, phases in by_site.items())
        ),
    ]


def partners_dates(book: Book, change: Change) -> list[ReaderDates]:
    """Return the dates of the partners of a change in phases."""
    found = _shared((book.desk.partners[name].name, phases_for(change, name)) for name in change.affects.partners)
    return [ReaderDates(who, tuple((_at(book, phase), phase) for phase in phases)) for who, phases in found]


def note_dates(book: Book, change: Change) -> list[ReaderDates]:
    """Return the dates of all who read the note of a change in phases; none of a change that was given up."""
    given_up = not change.phases or change.status in GONE
    return [] if given_up else [*groups_dates(book, change), *partners_dates(book, change)]


def partner_dates(book: Book, change: Change, name: str) -> ReaderDates:
    """Return the dates of one partner."""
    found = phases_for(change, name)
    return ReaderDates(book.desk.partners[name].name, tuple((_at(book, phase), phase) for phase in found))


def _at(book: Book, phase: Phase) -> str:
    """Return what tells a phase from others of the same readers: its sites, else its name."""
    return ", ".join(book.desk.sites[name].name for name in phase.sites) or phase.name


def _shared(found: Iterable[tuple[str, tuple[Phase, ...]]]) -> list[tuple[str, tuple[Phase, ...]]]:
    """Return phases with the names of all who share them."""
    names: dict[tuple[Phase, ...], list[str]] = {}
    for name, phases in found:
        names.setdefault(phases, []).append(name)
    return [(listed(who), phases) for phases, who in names.items()]


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence has them: `Westgate, Cedar Hill and Eastfield`."""
    return _(" and ").join(filter(None, (", ".join(names[:-1]), names[-1])))
