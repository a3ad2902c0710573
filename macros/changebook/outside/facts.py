"""What the pages of staff and partners show, from a book that is emptied for them already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from changebook.book import Book
from changebook.model import Change
from changebook.model.change import Notice
from changebook.model.contract import Answer, DataSet
from changebook.model.desk import ServiceDesk
from changebook.model.status import Status
from changebook.render.phasing import ReaderDates, note_dates
from changebook.render.prose import first_table
from changebook.render.timing import date_words, duration_words
from changebook.views import change as changes
from changebook.views.change_lists import Month, ReleaseNotes, notes_by_date
from changebook.views.finding import Choice, Find, Year, find, for_whom

# A status as it is read by those who do not watch a change.
STATUS: Mapping[Status, str] = {
    "ready": "Planned",
    "live": "New",
    "stable": "In use",
    "closed": "In use",
    "rolled-back": "Rolled back",
    "cancelled": "Cancelled",
}


@dataclass(frozen=True)
class EditionNote:
    """A change as the readers of an edition are told it.

    `notice` is what they do, `patients` what patients are told; `versions`, `calls` and `answers` are for a partner:
    how long versions answer, how its calls are treated, and what they get back.
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
    calls: list[tuple[str, str]]
    answers: list[Answer]
    data: DataSet | None
    desk: ServiceDesk
    handout: bool


@dataclass(frozen=True)
class NoteList:
    """The release notes of an edition, with the filters over them; `words` are those of each status."""

    find: Find
    notes: ReleaseNotes
    words: Mapping[Status, str]

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
    """Whom readers call, and the mail address for what is wrong on a page, "" if there is none."""

    desk: ServiceDesk
    mail: str
    partner: bool


def note(book: Book, change: Change, *, partner: bool) -> EditionNote:
    """Return what the release note of `change` shows."""
    said, affects = change.announcement, change.affects
    table, details = first_table(change.details) if change.details else (Markup(""), Markup(""))
    return EditionNote(
        change=change,
        status=STATUS[change.status],
        who=[book.desk.audience(name).name for name in (*affects.groups, *affects.partners)],
        notice=(said.partners if partner else said.staff) if said else None,
        patients=said.patients if said else None,
        seen=changes.seen(book, change),
        table=table,
        details=details,
        asked=changes.asked(book, change),
        dates=note_dates(book, change),
        versions=list(dict.fromkeys(_versions(book, change))),
        calls=list(dict.fromkeys(_calls(change))),
        answers=list({answer.code: answer for exchange in change.contract for answer in exchange.answers}.values()),
        data=change.data_set,
        desk=book.desk.settings.desk,
        handout=not partner and change.status != "cancelled",
    )


def note_list(book: Book) -> NoteList:
    """Return the release notes, newest first, with filters by user group and system."""
    told, notes = list(book.changes.values()), notes_by_date(book)
    reached = {name for change in told for name in change.affects.systems}
    systems = [(str(one.id), one.name) for one in book.desk.systems.values() if one.id in reached]
    system = Choice("system", "System", "All systems", sorted(systems, key=lambda option: option[1].casefold()))
    return NoteList(find("release notes", notes.find.total, for_whom(book, told), system), notes, STATUS)


def all_answers(book: Book) -> AllAnswers:
    """Return all questions in the order of the release notes."""
    notes = notes_by_date(book)
    groups: list[Month | Year] = [*notes.months, *notes.years]
    dated = (change for group in groups for change in group.changes)
    in_order = [*notes.planned.shown, *notes.planned.rest, *dated]
    asked = [(change, changes.asked(book, change)) for change in in_order if change.questions]
    total = sum(len(items) for _, items in asked)
    return AllAnswers(find("answers", total, for_whom(book, [change for change, _ in asked])), asked)


def call_the_desk(book: Book, *, partner: bool) -> CallTheDesk:
    """Return whom readers call."""
    settings = book.desk.settings
    mail = settings.feedback if settings.feedback and "@" in settings.feedback else ""
    return CallTheDesk(settings.desk, mail, partner)


def _versions(book: Book, change: Change) -> Iterable[str]:
    now = book.now
    for version in filter(None, (exchange.version for exchange in change.contract)):
        since = f" from {date_words(version.new_from, now)}" if version.new_from else ""
        yield f"{version.new} answers{since}."
        for name, until in ((version.old, version.old_until), *((one.version, one.until) for one in version.older)):
            over = until and until < now.date()
            yield (
                f"{name} {'stopped answering after' if over else 'answers until'} {date_words(until, now)}."
                if (until)
                else f"{name} is replaced."
            )
        if version.credentials:
            yield version.credentials


def _calls(change: Change) -> Iterable[tuple[str, str]]:
    for exchange in change.contract:
        if exchange.timeout:
            yield "The sender waits", duration_words(exchange.timeout)
        if exchange.retry:
            yield "Retries", exchange.retry
        if exchange.missing_field:
            yield "A missing field", exchange.missing_field
        for rule in exchange.validation:
            yield "A message must follow", rule
