"""What happened since a moment and what comes next, as one mail to whoever does not look at the site every day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from changebook.book import Book
from changebook.book.told import own_words
from changebook.language import gettext as _
from changebook.model import Change
from changebook.model.launch import Postponement
from changebook.model.phases import Period
from changebook.model.status import GONE, PLANNED
from changebook.model.timeline import is_done, spans_told
from changebook.names import change_address
from changebook.render.prose import plain_prose
from changebook.render.timing import STATUS_WORDS, day_words, window_words
from changebook.views.since import ChangedLine, since_page

# Pieces of guidance that a mail lists; the page of all that changed has the others.
_GUIDANCE = 20


@dataclass(frozen=True)
class DigestItem:
    """One thing a digest tells: its name and when, what is said of it, and its address on the site, "" for none."""

    title: str
    lines: tuple[str, ...]
    address: str


@dataclass(frozen=True)
class Digest:
    """A digest: its subject, and each part with its title; a part has at least one item."""

    subject: str
    parts: list[tuple[str, list[DigestItem]]]

    def text(self, site: str) -> str:
        """Return it as plain text; `site` is the address of the site, "" where nobody says."""
        blocks = [self.subject]
        for title, items in self.parts:
            blocks.append(title.upper())
            for item in items:
                address = (f"{site}{item.address}",) if item.address else ()
                blocks.append("\n".join((item.title, *item.lines, *address)))
        return "\n\n".join(blocks)


def digest_of(book: Book, moment: datetime) -> Digest:
    """Return what happened between `moment` (aware) and now, and what is planned for as long a time from now on."""
    now, settings = book.now, book.desk.settings
    ahead = now + (now - moment)
    since = since_page(book, moment)
    changed = since.shown
    errors = [line for line in changed if line.told.what == "known error"]
    parts = {
        _("Changed"): [
            _told(book, change, span)
            for change, span in _spans(book)
            if moment < span.end and _is_over(book, change, span)
        ],
        _("Next"): [
            _told(book, change, span)
            for change, span in _spans(book)
            if moment < span.end and span.start <= ahead and not _is_over(book, change, span)
        ],
        _("Postponed"): [_moved(book, change, last) for change, last in _postponed(book, moment)],
        _("Known errors"): [_line(line) for line in errors],
        _("Guidance"): [
            *([DigestItem(since.doubt, (), "since/")] if since.doubt else []),
            *_most([_line(line) for line in changed if line not in errors]),
        ],
    }
    subject = _(
        "{name}: {start} to {end}", name=settings.desk.name, start=day_words(moment, now), end=day_words(now, now)
    )
    return Digest(subject, [(title, items) for title, items in parts.items() if items])


def _spans(book: Book) -> list[tuple[Change, Period]]:
    """Return every change with each of its windows, the earliest first; what is a draft or cancelled is not told."""
    told = (change for change in book.changes.values() if change.status not in ("draft", "cancelled"))
    found = [(change, span) for change in told for span in spans_told(change, book.now)]
    return sorted(found, key=lambda item: (item[1].start, item[0].id))


def _is_over(book: Book, change: Change, span: Period) -> bool:
    """Return whether a window or phase was made or rolled back; one that has passed without is still to come."""
    return is_done(change, span, book.now) or change.status in GONE


def _told(book: Book, change: Change, span: Period) -> DigestItem:
    late = change.status in PLANNED and span.end <= book.now
    state = f" ({_(STATUS_WORDS[change.status]).lower()})" if late or change.status in GONE else ""
    title = f"{change.name}{state}, {window_words(span, book.now)}"
    return DigestItem(title, (plain_prose(own_words(change)),), change_address(change.id))


def _postponed(book: Book, moment: datetime) -> list[tuple[Change, Postponement]]:
    """Return how changes, and phases alone, were last postponed since a moment; of that the day is always known."""
    first = moment.date()
    found = [(change, one) for change in book.changes.values() for one in change.postponed if one.at.date() >= first]
    return [*{(change.id, one.phase): (change, one) for change, one in found}.values()]


def _moved(book: Book, change: Change, last: Postponement) -> DigestItem:
    phase = next((phase for phase in change.phases if phase.name == last.phase), None)
    span, name = phase or change.window, f"{change.name}: {phase.name}" if phase else change.name
    now = _("Now {window}.", window=window_words(span, book.now)) if span else _("No date yet.")
    return DigestItem(name, (f"{now} {last.why or ''}".strip(),), change_address(change.id))


def _most(items: list[DigestItem]) -> list[DigestItem]:
    """Return the first of what changed, and where the others are."""
    if len(items) <= _GUIDANCE:
        return items
    return [*items[:_GUIDANCE], DigestItem(_("And {count} more", count=len(items) - _GUIDANCE), (), "since/")]


def _line(line: ChangedLine) -> DigestItem:
    told = line.told
    return DigestItem(told.line, tuple(f"- {said}" for said in told.said), told.address)
