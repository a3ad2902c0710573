"""What changed since a moment, as a page, a strip and a terminal tell it."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from changebook.book import Book
from changebook.language import gettext as _
from changebook.language import plural
from changebook.render.timing import time_words
from changebook.since import Span, Unread, told_since
from changebook.since.compare import Changed, changed_thing

# How far back a page can be asked, and how far it looks when nobody asks.
KEPT = timedelta(days=30)
SHIFT = timedelta(hours=24)
_SHALLOW = "The clone of the book that this was made from is shallow"
_UNKNOWN = "This was made without the book's history, so what changed is not known"
_STRIP = 4


@dataclass(frozen=True)
class ChangedLine:
    """Something that changed, and when it did last; `times` are those of the moments since which it has.

    `shown` says whether that holds for the moment that is asked about.
    """

    told: Changed
    when: str
    times: tuple[int | None, int | None]
    shown: bool


@dataclass(frozen=True)
class Missed:
    """A file that could not be read as it was, so that what changed in it is not known."""

    file: str
    times: tuple[int | None, int | None]
    shown: bool


@dataclass(frozen=True)
class SincePage:
    """What changed since `moment`, and all that the page can be asked about from `first` on.

    `count` is how many lines are shown; `counts` how many of each kind, in words. `unknown` says why nothing is known;
    `begins` is when what is known begins and `why` says so, where that is later than `first`.
    """

    moment: datetime
    now: datetime
    first: datetime
    lines: list[ChangedLine]
    missed: list[Missed]
    unknown: str
    begins: datetime | None
    why: str

    @property
    def shown(self) -> list[ChangedLine]:
        """The lines that are shown, the newest first."""
        return [line for line in self.lines if line.shown]

    @property
    def unread(self) -> list[str]:
        """The files that could not be read as they were at that moment."""
        return [one.file for one in self.missed if one.shown]

    @property
    def doubt(self) -> str:
        """How many files could not be compared, in words; "" where all were."""
        count = len(self.unread)
        files = plural(count, "file", "files")
        return (
            _("Can't tell for {count} {files}: broken or in an older format.", count=count, files=files)
            if count
            else ""
        )

    @property
    def counted(self) -> str:
        """How many changes are known, in words. With files that could not be compared it speaks of the others."""
        count = len(self.shown)
        if count == 0:
            return _("Other files: nothing changed") if self.unread else _("No changes")
        said = plural(count, "{count} change", "{count} changes").format(count=count)
        return _("Other files: {changes}", changes=said) if self.unread else said

    @property
    def reach(self) -> datetime:
        """How far back anything is known."""
        return max(self.first, self.begins) if self.begins else self.first

    @property
    def late(self) -> bool:
        """Whether what is known begins after the moment that is asked about."""
        return self.begins is not None and self.begins > self.moment


@dataclass(frozen=True)
class SinceStrip:
    """The first lines of what changed since a moment, how many there are of each kind, and how many are left out."""

    page: SincePage
    counts: str
    lines: list[ChangedLine]
    more: int


def since_page(book: Book, moment: datetime | None = None, *, broken: frozenset[str] = frozenset()) -> SincePage:
    """Return what changed since `moment`, the last 24 hours when nobody says; `broken` files are not compared."""
    at = moment or book.now - SHIFT
    asked, past, told = int(at.timestamp()), book.past, told_since(book, broken)
    begins = None
    if past.begins is not None:
        begins = datetime.fromtimestamp(past.begins, book.desk.settings.zone)
    return SincePage(
        moment=at,
        now=book.now,
        first=min(at, book.now - KEPT),
        lines=[_line(span, book, asked) for span in told.spans],
        missed=sorted((_missed(one, asked) for one in told.unread), key=lambda one: one.file),
        unknown=f"{_(_UNKNOWN)}: {_(past.unknown)}." if past.unknown else "",
        begins=begins,
        why=_why(begins, book, shallow=past.shallow) if begins else "",
    )


def since_strip_of(book: Book) -> SinceStrip:
    """Return the first of what changed in the last 24 hours."""
    page = since_page(book)
    kinds = Counter(line.told.what for line in page.shown)
    *most, last = [f"{count} {changed_thing(what, count)}" for what, count in sorted(kinds.items())] or [""]
    counts = _("{most} and {last}", most=", ".join(most), last=last) if most else last
    return SinceStrip(page, counts, page.shown[:_STRIP], len(page.shown[_STRIP:]))


def _line(span: Span, book: Book, asked: int) -> ChangedLine:
    changed = moment_of(span.changed, book)
    when = time_words(changed, book.now) if changed else _("Not committed yet")
    if not span.dated:
        when = _("Date unknown")
    return ChangedLine(span.told, when, (span.since, span.until), span.holds(asked))


def _missed(one: Unread, asked: int) -> Missed:
    shown = (one.since is None or one.since <= asked) and (one.until is None or asked < one.until)
    return Missed(one.file, (one.since, one.until), shown)


def moment_of(seconds: int | None, book: Book) -> datetime | None:
    """Return a commit's time, None where no calendar has it: anyone can commit at any time."""
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds, book.desk.settings.zone)
    except (ValueError, OverflowError, OSError):
        return None


def _why(begins: datetime, book: Book, *, shallow: bool) -> str:
    when = time_words(begins, book.now)
    return (
        _("{shallow} and knows nothing before {when}.", shallow=_(_SHALLOW), when=when)
        if shallow
        else _("The book begins on {when}.", when=when)
    )


def plain_since(page: SincePage) -> dict[str, Any]:
    """Return what changed since a moment for other programs."""
    return {
        "since": page.moment.isoformat(),
        "begins": page.begins.isoformat() if page.begins else None,
        "changed": [
            {
                "what": line.told.what,
                "how": line.told.how,
                "title": line.told.title,
                "number": line.told.number or None,
                "change": line.told.change or None,
                "address": f"/{line.told.address}" if line.told.address else None,
                "when": line.when,
                "said": [asdict(said) for said in line.told.said],
            }
            for line in page.shown
        ],
        "unread": page.unread,
    }
