"""What the pages of staff and partners show, from a book that is emptied for them already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from changebook.book import Book
from changebook.feeds.calendars import change_calendar
from changebook.language import gettext as _
from changebook.language import in_words
from changebook.model import Change
from changebook.model.contract import Answer, DataSet, Exchange
from changebook.model.notices import Announcement, Notice
from changebook.model.settings import ServiceDesk
from changebook.model.timeline import spans_told
from changebook.render.phasing import ReaderDates, note_dates, still_to_name
from changebook.render.prose import first_table
from changebook.render.timing import date_words, duration_words
from changebook.views import change as changes
from changebook.views.by_hand import Form, forms
from changebook.views.change_lists import Month, ReleaseNotes, notes_by_date
from changebook.views.finding import Find, Year, by_system, find, for_whom
from changebook.views.updates import Word, updates_of
from changebook.views.versions import endings

# A status as it is read by those who do not watch a change.
STATUS: Mapping[str, str] = {
    "ready": "Planned",
    "live": "New",
    "stable": "In use",
    "closed": "In use",
    "rolled-back": "Rolled back",
    "cancelled": "Canceled",
}


@dataclass(frozen=True)
class PartnerExchange:
    """An exchange with a partner: its title, what it answers, and what holds for its messages."""

    title: str
    answers: tuple[Answer, ...]
    terms: list[tuple[str, tuple[str, ...]]]


@dataclass(frozen=True)
class EditionNote:
    """A change as the readers of an edition are told it.

    `notice` is what they do, `patients` what patients are told; `versions` and `exchanges` are for a partner: how long
    versions answer, and what holds for each exchange with it; `updates` are for these readers. `file` is its
    calendar file, "" if nothing of it is to come.
    """

    change: Change
    status: str
    who: list[str]
    notice: Notice | None
    patients: Notice | None
    seen: list[changes.Seen]
    table: Markup
    details: Markup
    asked: list[changes.Asked]
    dates: list[ReaderDates]
    versions: list[str]
    exchanges: list[PartnerExchange]
    data: DataSet | None
    desk: ServiceDesk
    handout: bool
    updates: list[Word]
    file: str


@dataclass(frozen=True)
class NoteList:
    """The release notes of an edition, with the filters over them; `words` are those of each status."""

    find: Find
    notes: ReleaseNotes
    words: Mapping[str, str]

    @property
    def groups(self) -> list[Month | Year]:
        """What is made, by month and then by year, the newest first."""
        return [*self.notes.months, *self.notes.years]


@dataclass(frozen=True)
class AllAnswers:
    """Every question of an edition, change by change, with the filters over them."""

    find: Find
    changes: list[tuple[Change, list[changes.Asked]]]


@dataclass(frozen=True)
class CallTheDesk:
    """Whom readers call, the mail address for what is wrong on a page, "" if there is none, and forms for downtime."""

    desk: ServiceDesk
    mail: str
    partner: bool
    forms: list[Form]


def note(book: Book, change: Change, *, partner: bool) -> EditionNote:
    """Return what the release note of `change` shows."""
    said = None if change.is_outdated else change.announcement
    table, details = first_table(change.details) if change.details else (Markup(""), Markup(""))
    return EditionNote(
        change=change,
        status=_(STATUS[change.status]),
        # Every page of a partner says whose it is.
        who=still_to_name(book, change, change.affects.groups),
        notice=(_of_partner(said) if partner else said.staff) if said else None,
        patients=said.patients if said else None,
        seen=changes.seen(book, change),
        table=table,
        details=details,
        asked=[replace(item, by=()) if partner else item for item in changes.asked(book, change)],
        dates=note_dates(book, change),
        versions=list(dict.fromkeys(_versions(book, change))),
        exchanges=[_exchange(exchange) for exchange in change.contract],
        data=change.data_set,
        desk=book.desk.settings.desk,
        handout=not partner and change.status != "cancelled",
        updates=updates_of(book, change),
        file=change_calendar(book, change) if any(span.end > book.now for span in spans_told(change, book.now)) else "",
    )


def note_list(book: Book) -> NoteList:
    """Return the release notes, newest first, with filters by user group and system."""
    told, notes = list(book.changes.values()), notes_by_date(book)
    return NoteList(
        find(_("release notes"), notes.find.total, for_whom(book, told), by_system(book, told)), notes, in_words(STATUS)
    )


def all_answers(book: Book) -> AllAnswers:
    """Return all questions in the order of the release notes."""
    notes = notes_by_date(book)
    groups: list[Month | Year] = [*notes.months, *notes.years]
    dated = (change for group in groups for change in group.changes)
    in_order = [*notes.planned.shown, *notes.planned.rest, *dated]
    asked = [(change, changes.asked(book, change)) for change in in_order if change.questions]
    total = sum(len(items) for _who, items in asked)
    return AllAnswers(find(_("answers"), total, for_whom(book, [change for change, _items in asked])), asked)


def call_the_desk(book: Book, *, partner: bool) -> CallTheDesk:
    """Return whom readers call."""
    settings = book.desk.settings
    mail = settings.feedback if settings.feedback and "@" in settings.feedback else ""
    return CallTheDesk(settings.desk, mail, partner, list(forms(book)))


def _of_partner(said: Announcement) -> Notice | None:
    # Of what single partners do, only this one's is left.
    own = [line for item in said.to_do for line in item.do]
    return said.partners and said.partners.model_copy(update={"do": (*said.partners.do, *own)})


def _versions(book: Book, change: Change) -> Iterable[str]:
    now = book.now
    for version in filter(None, (exchange.version for exchange in change.contract)):
        since = _(" from {day}", day=date_words(version.new_from, now)) if version.new_from else ""
        yield _("{new} replaces {old}{since}.", new=version.new, old=version.old, since=since)
        yield from endings(version, now)
        if version.credentials:
            yield version.credentials


def _exchange(exchange: Exchange) -> PartnerExchange:
    terms = (
        (_("Times out after"), (duration_words(exchange.timeout),) if exchange.timeout else ()),
        (_("Retries"), (exchange.retry,) if exchange.retry else ()),
        (_("A field is missing"), (exchange.missing_field,) if exchange.missing_field else ()),
        (_("Rules"), exchange.validation),
    )
    title = str(exchange.exchange).replace("-", " ").capitalize()
    return PartnerExchange(title, exchange.answers, [(term, said) for term, said in terms if said])
