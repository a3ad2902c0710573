"""When a change is made, as the readers of one version of its announcement are told it."""

from __future__ import annotations

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change
from changebook.model.change import Audience
from changebook.model.phases import Period, whole_span
from changebook.model.status import GONE
from changebook.model.timeline import is_done, phases_of
from changebook.render.phasing import ReaderDates, partners_dates, span_words
from changebook.render.timing import day_words, postponed_words, time_words, window_words


def dates_of(book: Book, change: Change, *, audience: Audience) -> list[ReaderDates]:
    """Return the dates of those who read a version, none of a change that is made at once.

    The desk has each phase under its name, staff under its sites and groups, patients under its sites; partners have
    their own.
    """
    if audience == "partners":
        return partners_dates(book, change) if change.phases else []
    desk, found = book.desk, []
    for phase in phases_of(change):
        who = phase.name
        if audience == "staff":
            if not any(phase.is_for(name, partner=False) for name in change.affects.groups):
                continue
            groups = ", ".join(desk.groups[name].name for name in phase.groups)
            sites = ", ".join(desk.sites[name].name for name in phase.sites)
            who = (f"{sites} ({groups})" if sites and groups else sites or groups) or phase.name
        elif audience == "patients":
            who = ", ".join(desk.sites[name].name for name in phase.sites) or phase.name
        found.append(ReaderDates(who, (("", phase),)))
    return found


def when_of(book: Book, change: Change, *, dates: list[ReaderDates]) -> str:
    """Return when a change is made for the readers of `dates`, as it follows the name of the change."""
    now = book.now
    if change.status == "cancelled":
        return _("canceled, nothing changes")
    if change.status == "rolled-back":
        return _("rolled back, everything works as before")
    phases = tuple(dict.fromkeys(phase for one in dates for _who, phase in one.dates))
    span = phases[0] if len(phases) == 1 else whole_span(phases) if phases else change.window
    if not span:
        return _("no date yet")
    if span.end <= now:
        since = _("in use since {time}", time=time_words(span.end, now))
        return since if is_done(change, span, now) else _("planned for {window}", window=window_words(span, now))
    if len(phases) < 2:
        return _with_moves(book, change, span)
    over = sum(is_done(change, phase, now) for phase in phases)
    first = min(phases, key=lambda phase: phase.start)
    begins = _("in {number} phases from {day}", number=len(phases), day=day_words(first.start, now))
    return _("{over} of {number} phases done", over=over, number=len(phases)) if over else begins


def when_lines(book: Book, change: Change, *, dates: list[ReaderDates]) -> list[str]:
    """Return when a change is made, in one line where its readers have one date, else each with theirs."""
    lines = [
        f"{', '.join(filter(None, (one.who, at if len(one.dates) > 1 else '')))}: {_with_moves(book, change, phase)}"
        for one in dates
        for at, phase in one.dates
    ]
    if len(lines) > 1 and change.status not in GONE:
        return lines
    when = when_of(book, change, dates=dates)
    return [when[:1].upper() + when[1:]]


def _with_moves(book: Book, change: Change, span: Period) -> str:
    """Return a window or a phase, and which days were given up for it."""
    words, moved = span_words(book, span), postponed_words(change, book.now, span)
    return f"{words} ({moved[0].lower()}{moved[1:]})" if moved else words
