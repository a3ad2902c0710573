"""What is going on now, once for every place that shows it: the page, the wall screen, home, and the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from changebook.book import Book
from changebook.cache.notes import once
from changebook.language import gettext as _
from changebook.model import Change, Team
from changebook.model.phases import Period
from changebook.model.status import PLANNED
from changebook.model.timeline import spans_of, spans_told
from changebook.names import change_address
from changebook.render.timing import DECISION_WORDS
from changebook.views.known_errors import Known, every_open_error
from changebook.views.told import Topic, changes_told, outages_told
from changebook.views.updates import OVER, is_told

SOON = timedelta(hours=24)
_CHANGES, _ERRORS, _EVENTS = 8, 5, 12


@dataclass(frozen=True)
class InPlay:
    """A change that is live, begins within a day, or was rolled back in the last one: its window or phase, and who
    decides on it.
    """

    change: Change
    span: Period | None
    decider: Team | None


@dataclass(frozen=True)
class Happening:
    """Something at a moment: what, of which change or outage, and where that is told."""

    at: datetime
    icon: str
    what: str
    name: str
    address: str


@dataclass(frozen=True)
class Now:
    """What is going on at the book's now.

    `told` is what callers are told, what is overdue first; `over` is what has ended in the last day. Of `changes` and
    `errors` the rest is only counted; `working` is how many interfaces and partners have no known outage.
    """

    at: datetime
    told: list[Topic]
    over: list[Topic]
    changes: list[InPlay]
    more_changes: int
    events: list[Happening]
    errors: list[Known]
    more_errors: int
    working: int

    @property
    def past(self) -> int:
        """How many of the events have been."""
        return sum(event.at <= self.at for event in self.events)


@once  # each page with a part of it asks
def going_on(book: Book) -> Now:
    """Return what is going on at the book's now."""
    told = [item for item in (*changes_told(book), *outages_told(book)) if is_told(item.word, book.now)]
    told.sort(key=lambda item: (not item.word.overdue, (item.word.next or book.now).timestamp(), item.id))
    played, errors = _in_play(book), every_open_error(book)[0]
    down = {item.id for item in told if item.outage and not item.word.over}
    return Now(
        at=book.now,
        told=[item for item in told if not item.word.over],
        over=sorted((item for item in told if item.word.over), key=lambda item: item.word.at, reverse=True),
        changes=played[:_CHANGES],
        more_changes=len(played[_CHANGES:]),
        events=_events(book, played, told),
        errors=errors[:_ERRORS],
        more_errors=len(errors[_ERRORS:]),
        working=len(({*book.desk.systems} | {*book.desk.partners}) - down),
    )


def _in_play(book: Book) -> list[InPlay]:
    found = [item for change in book.changes.values() if (item := _played(book, change))]
    # What opens or opened within a day comes before what has been live for longer.
    return sorted(found, key=lambda item: (_away(book, item) > SOON, item.change.status != "live", _away(book, item)))


def _played(book: Book, change: Change) -> InPlay | None:
    spans = spans_told(change, book.now)
    near = [span for span in spans if span.start - SOON <= book.now <= span.end + SOON]
    said = change.go_no_go
    given_up = change.status == "rolled-back" and said and timedelta() <= book.now - said.at < OVER
    if not (change.status == "live" or given_up or (change.status in PLANNED and near)):
        return None
    span = next(iter(near), None) or (spans[-1] if spans else None)
    return InPlay(change, span, book.desk.teams.get(said.by) if said else None)


def _away(book: Book, item: InPlay) -> timedelta:
    return abs(item.span.start - book.now) if item.span else timedelta()


def _events(book: Book, played: list[InPlay], told: list[Topic]) -> list[Happening]:
    """Return what was and will be within a day, by time; where that is too much, what is nearest to now."""
    found = [event for item in played for event in _of_change(item)]
    for item in told:
        # A decision to roll back is here already.
        said = (word for word in item.words if word.written)
        found += [Happening(word.at, "note", word.words, item.name, item.address) for word in said]
        if item.word.next:
            found.append(Happening(item.word.next, "clock", _("Next update due"), item.name, item.address))
    near = [event for event in found if abs(event.at - book.now) <= SOON]
    nearest = sorted(near, key=lambda event: abs((event.at - book.now).total_seconds()))[:_EVENTS]
    return sorted(nearest, key=lambda event: (event.at, event.name, event.what))


def _of_change(item: InPlay) -> Iterator[Happening]:
    change, where = item.change, change_address(item.change.id)
    if change.go_no_go:
        for made in change.go_no_go.history:
            words = _("Go/no-go due") if made.decision == "pending" else _(DECISION_WORDS[made.decision])
            yield Happening(made.at, "checklist", words, change.name, where)
    for span in spans_of(change) if change.status != "rolled-back" else ():
        yield Happening(span.start, "go-live", _("Window opens"), change.name, where)
        yield Happening(span.end, "done", _("Window closes"), change.name, where)
