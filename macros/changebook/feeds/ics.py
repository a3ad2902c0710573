"""Go-lives and what is held before them as iCalendar files, RFC 5545: what calendar programs subscribe to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, partial
from typing import Literal

from icalendar import Calendar, Event, Timezone, vUri

from changebook.book import Book
from changebook.book.told import own_words
from changebook.cache.notes import once
from changebook.feeds.calendars import recent
from changebook.feeds.entries import CalendarSite
from changebook.language import gettext as _
from changebook.model import Change
from changebook.model.phases import Phase
from changebook.model.status import GONE
from changebook.model.timeline import is_called_off, spans_of
from changebook.names import change_address, phase_anchor, slug
from changebook.render.phasing import outage_words
from changebook.render.timing import postponed_words
from changebook.schedule import HELD_FOR, HELD_WORDS, Meeting, meetings
from changebook.schedule.meetings import MeetingKind
from changebook.views.assets import asset_pages

_PRODUCT = "-//Changebook//Calendar//EN"
_HOURLY = timedelta(hours=12)
_Held = Literal["TENTATIVE", "CONFIRMED", "CANCELLED"]


_UNKNOWN = CalendarSite()


def ics_of(book: Book, file: str, *, site: CalendarSite = _UNKNOWN) -> bytes:
    """Return the calendar file that is published at `file` of a site."""
    kind, _stroke, name = file.rpartition("/")[0].partition("/")
    if kind == "changes":
        return _calendar(book, book.changes[name].name, [book.changes[name]], site)
    if kind == "calendar":
        return _calendar(
            book, _("{name}: go-lives", name=site.name or book.desk.settings.desk.name), recent(book), site
        )
    found = [one for one in recent(book) if name in (*one.affects.groups, *one.affects.partners)]
    return _calendar(book, _("{name}: go-lives", name=book.desk.audience(name).name), found, site)


def _calendar(book: Book, name: str, changes: Iterable[Change], site: CalendarSite) -> bytes:
    calendar = Calendar()
    for key, value in (("prodid", _PRODUCT), ("version", "2.0"), ("name", name), ("x-wr-calname", name)):
        calendar.add(key, value)
    # How often programs that ask by themselves look again.
    calendar.add("refresh-interval", _HOURLY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    ours = sorted(changes, key=lambda change: change.id)
    written = _writer(book, site)
    events = [event for change in ours for event in written.go_lives(change.id)]
    for one in meetings(ours):
        events.append(written.meeting(one.held, one.at, tuple(change.id for change in one.changes)))
    years = [event.year for event in events] or [book.now.year]
    calendar.add_component(_zone(str(book.desk.settings.zone), min(years), max(years)))
    whole, end = bytes(calendar.to_ical()), b"END:VCALENDAR\r\n"
    return whole.removesuffix(end) + b"".join(event.text for event in sorted(events)) + end


@dataclass(frozen=True, order=True)
class _Written:
    """An event as calendars hold it, in their order: by its start, then by its id."""

    start: str
    uid: str
    year: int
    text: bytes


class _Writer:
    """Writes each event of a book once: it is in the calendar of all, of its change and of each of its readers."""

    def __init__(self, book: Book, site: CalendarSite) -> None:
        @partial(once, most=None)
        def go_lives(change: str) -> list[_Written]:
            return [_written(event) for event in _events(book, book.changes[change], site)]

        @partial(once, most=None)
        def meeting(held: MeetingKind, at: datetime, changes: tuple[str, ...]) -> _Written:
            return _written(_meeting(book, Meeting(held, at, tuple(book.changes[name] for name in changes)), site))

        self.go_lives, self.meeting = go_lives, meeting


@once
def _writer(book: Book, site: CalendarSite) -> _Writer:
    return _Writer(book, site)


def _written(event: Event) -> _Written:
    return _Written(str(event["dtstart"].to_ical()), str(event["uid"]), event.start.year, bytes(event.to_ical()))


def _events(book: Book, change: Change, site: CalendarSite) -> Iterator[Event]:
    """Yield an event for the window of a change or for each phase; for one that has lost its date, its last one."""
    held: _Held = "CANCELLED" if change.status == "cancelled" else "CONFIRMED"
    held = "TENTATIVE" if change.status == "draft" else held
    for span in spans_of(change):
        phase = span.name if isinstance(span, Phase) else ""
        ahead = change.status == "live" and span.start > book.now
        status, moved = site.words["ready" if ahead else change.status], postponed_words(change, book.now, span)
        outage = outage_words(book, span) if change.status not in GONE else ""
        said = [_(status), moved, outage, own_words(change)]
        off: _Held = "CANCELLED" if is_called_off(change, span, book.now) else held
        yield _event(book, change, (span.start, span.end), held=off, said=said, site=site, phase=phase)
    if not change.window and change.postponed:
        start = change.postponed[-1].from_
        said = [_("Postponed; no new date yet")]
        yield _event(book, change, (start, start), held="CANCELLED", said=said, site=site)


def _event(
    book: Book,
    change: Change,
    span: tuple[datetime, datetime],
    *,
    held: _Held,
    said: list[str],
    site: CalendarSite,
    phase: str = "",
) -> Event:
    event = _begun(book, "-".join(filter(None, (site.entries.id_of(change), phase and phase_anchor(phase)))), held)
    event.add("sequence", site.entries.sequence(change))
    event.add("summary", f"{change.name}: {phase}" if phase else change.name)
    event.add("dtstart", span[0])
    event.add("dtend", span[1])
    event.add("description", "\n".join(f"{part[:1].upper()}{part[1:]}" for part in said if part))
    event.add("categories", [_("Go-live")])
    # Other meetings may be held meanwhile.
    event.add("transp", "TRANSPARENT")
    if site.address:
        event.add("url", vUri(f"{site.address}{change_address(change.id, site.shows)}"))
    return event


def _meeting(book: Book, meeting: Meeting, site: CalendarSite) -> Event:
    first = meeting.changes[0]
    gone = all(change.status in GONE and meeting.at > book.now for change in meeting.changes)
    gone = gone or all(change.status == "cancelled" for change in meeting.changes)
    of = f"{meeting.at:%Y%m%dT%H%M}" if meeting.held == "board" else site.entries.id_of(first)
    event = _begun(book, f"{meeting.held}-{of}", "CANCELLED" if gone else "CONFIRMED")
    event.add("sequence", site.entries.sequence(*meeting.changes, shared=meeting.held == "board"))
    names = ", ".join(change.name for change in meeting.changes)
    event.add("summary", f"{_(HELD_WORDS[meeting.held])}: {names}")
    event.add("dtstart", meeting.at)
    event.add("dtend", (meeting.at.astimezone(UTC) + HELD_FOR[meeting.held]).astimezone(meeting.at.tzinfo))
    event.add("categories", [_(HELD_WORDS[meeting.held])])
    if site.address:
        shows = [page.part for page in asset_pages(book, first) if page.part == "readiness"]
        event.add("url", vUri(f"{site.address}{change_address(first.id, *shows)}"))
    return event


def _begun(book: Book, name: str, held: _Held) -> Event:
    event = Event()
    event.add("uid", f"{name}@{slug(book.desk.settings.organization)}.changebook")
    event.add("dtstamp", book.now.astimezone(UTC))
    event.add("status", held)
    return event


@lru_cache(maxsize=64)  # a thousand files have the same years
def _zone(name: str, first: int, last: int) -> Timezone:
    """Return a zone with its clock changes of some years, as programs need it that know no zones."""
    return Timezone.from_tzid(name, first_date=date(first - 1, 1, 1), last_date=date(last + 1, 12, 31))
