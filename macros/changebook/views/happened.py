"""What happened to a change from its first window on, each derived from the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change
from changebook.model.launch import Decision, FormerDecision
from changebook.model.phases import Phase
from changebook.model.timeline import spans_told
from changebook.render.timing import DECISION_WORDS, time_words
from changebook.views.told import outages_told
from changebook.views.updates import updates_of


@dataclass(frozen=True)
class Event:
    """Something that happened: when (`timed` unless it is a whole day), what, and what was said of it."""

    at: datetime
    what: str
    text: str = ""
    timed: bool = True


def happened(book: Book, change: Change) -> list[Event]:
    """Return what happened to a change, by its time."""
    sources = (_plan, _made, _outages, _after)
    found = [event for source in sources for event in source(book, change)]
    return sorted(found, key=lambda event: event.at.timestamp())


def decisions(change: Change) -> tuple[FormerDecision | Decision, ...]:
    """Return every decision on a change, the oldest first; none where nobody was to decide."""
    return change.go_no_go.history if change.go_no_go else ()


def _plan(book: Book, change: Change) -> Iterator[Event]:
    """Yield when it was postponed, and every decision but to go."""
    for moved in change.postponed:
        yield _day(book, moved.at, _("Postponed from {time}", time=time_words(moved.from_, book.now)), moved.why or "")
    for made in decisions(change):
        if made.decision not in ("pending", "go"):
            team = book.desk.teams[made.by].name
            yield Event(made.at, f"{_(DECISION_WORDS[made.decision])}, {team}", made.reason or "")


def _made(book: Book, change: Change) -> Iterator[Event]:
    """Yield when it was made, and what callers were told of it."""
    for span in spans_told(change, book.now):
        phase = f": {span.name}" if isinstance(span, Phase) else ""
        yield Event(span.start, _("Go-live{phase}", phase=phase), _("Until {end:%H:%M}", end=span.end))
    for word in updates_of(book, change):
        if word.written:
            yield Event(word.at, word.words, word.text)


def _outages(book: Book, change: Change) -> Iterator[Event]:
    """Yield what was said of outages of what it touches, while it was watched."""
    since = change.window.start if change.window else book.now
    back = change.go_no_go.at.date() if change.go_no_go and change.status == "rolled-back" else None
    until = back or change.stable or change.closed or book.now.date()
    touched = {*change.affects.systems, *change.affects.partners}
    for topic in outages_told(book):
        for word in topic.words if touched.intersection((topic.id, *topic.systems)) else ():
            if since <= word.at and word.at.date() <= until:
                yield Event(word.at, f"{topic.name}: {word.words}", word.text)


def _after(book: Book, change: Change) -> Iterator[Event]:
    """Yield when its queue rules were removed, and when it was stable and closed."""
    days = [(rule.removed, _("Queue rule removed"), rule.what) for rule in change.queue_rules]
    for day, what, text in (*days, (change.stable, _("Stable"), ""), (change.closed, _("Closed"), "")):
        if day and day <= book.now.date():
            yield _day(book, day, what, text)


def _day(book: Book, day: date, what: str, text: str = "") -> Event:
    return Event(datetime.combine(day, time.max, book.now.tzinfo), what, text, timed=False)
