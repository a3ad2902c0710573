"""Gaps in dates: the day of a window that was given up, a blank that has no window to fill it, and a version's end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from changebook.book import Book
from changebook.language import gettext as _
from changebook.language import short_date
from changebook.model import Change
from changebook.model.blanks import window_blanks
from changebook.model.dates import dates_in
from changebook.model.status import NEW
from changebook.naming.fields import prose
from changebook.readiness.gap import Gap, gap, text_name
from changebook.readiness.rules import gap_rule
from changebook.source.events import Steps

# What tells of the past, in which a former date is right.
_PAST = frozenset({"postponed", "waivers", "go_no_go", "tests", "rehearsals", "before", "updates"})
_NEAR = 200
_MORNING = timedelta(hours=12)
_SAYS_SO = re.compile(r"\b(?:postponed|moved|rescheduled)\b[^.!?]*$|\b(?:instead of|rather than|not on|not)\s+$", re.I)


@gap_rule("date-moved", "date-open")
def gap_former_dates(change: Change, book: Book) -> Iterator[Gap]:
    """No text names the day of a window that was postponed, unless it says that it was: "postponed from Wed 2 Dec",
    "instead of Wed 2 Dec". A text with `[go-live]`, `[go-live day]` or `[end]` has a window to fill it from:
    `date-moved/FIELD:TEXT`, `date-open/FIELD:TEXT`.
    """
    days = former_days(change)
    for steps, text in said_now(change) if days or not change.window else ():
        for word, day in _former(text, days):
            when = (
                _("the window is {shown}", shown=_shown(change.window.start))
                if change.window
                else _("there is no window now")
            )
            said = _(
                "says {word!r}, but go-live was postponed from {shown}; {when}: fix it, or write [go-live day]",
                word=word,
                shown=_shown(day),
                when=when,
            )
            yield gap(change, book, text_name("date-moved", steps, text), steps, said, due=book.now)
            break
        if not change.window and (blank := next(window_blanks(text), None)):
            said = _("{blank} has no date yet; add the window", blank=blank[0])
            yield gap(change, book, text_name("date-open", steps, text), steps, said)


@gap_rule("version-ends")
def gap_last_days(change: Change, book: Book) -> Iterator[Gap]:
    """Until a change is stable, the `old_until` of an exchange is no day before its go-live, for until then the old
    version answers, and no day that the window was postponed from; if go-live is in the morning, the day before it is
    right too: `version-ends/EXCHANGE`.
    """
    if not change.window or change.status not in NEW:
        return
    start, former = change.window.start, former_days(change)
    for number, exchange in enumerate(change.contract):
        last = exchange.version and exchange.version.old_until
        if last and (last < (start - _MORNING).date() or last in former):
            said = (
                _("go-live is on {shown}; write the last day of the old version", shown=_shown(start))
                if last < start.date()
                else _("go-live was postponed from that day; write the last day of the old version")
            )
            steps = ("contract", number, "version", "old_until")
            yield gap(change, book, f"version-ends/{exchange.exchange}", steps, said)


def said_now(change: Change) -> Iterator[tuple[Steps, str]]:
    """Yield the texts of `change` that tell of now and of what is to come, with the steps to each."""
    for steps, text in prose(change):
        if _PAST.isdisjoint(map(str, steps)):
            yield steps, text


def former_days(change: Change) -> frozenset[date]:
    """Return the days of former windows of `change` that are no days of its window."""
    length = change.window.end - change.window.start if change.window else timedelta()
    former = {moment.date() for entry in change.postponed for moment in (entry.from_, entry.from_ + length)}
    return frozenset(former - ({change.window.start.date(), change.window.end.date()} if change.window else set()))


def is_told_of_the_past(before: str) -> bool:
    """Return whether the text `before` a date says that it is over: "postponed from", "instead of"."""
    return bool(_SAYS_SO.search(before[-_NEAR:]))


def _former(text: str, days: frozenset[date]) -> Iterator[tuple[str, date]]:
    """Yield each date in `text` that names one of `days` without saying that it is over, and that day."""
    for day in sorted(days):
        for found in dates_in(text, day):
            if day in found.days and not is_told_of_the_past(text[: found.start]):
                yield " ".join(found.text.split()), day


def _shown(day: date) -> str:
    return short_date(day)
