"""The gate: which gaps of a change count today, which are waived, and what is not due yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from changebook.book import Book
from changebook.cache.notes import ReadNotes, asked_again, label_of, noting, once, share
from changebook.language import gettext as _
from changebook.model import Change
from changebook.model.evidence import Waiver
from changebook.model.status import GATED, GONE, OPEN
from changebook.readiness.gap import Gap, team_name
from changebook.readiness.notices import gap_after_rollback
from changebook.readiness.rules import change_rules
from changebook.readiness.urgency import as_owed
from changebook.readiness.waivers import expired_waiver, waiver_of


@dataclass(frozen=True)
class Waived:
    """A gap that is accepted for now."""

    gap: Gap
    waiver: Waiver


@dataclass(frozen=True)
class Readiness:
    """How ready support is for a change: gaps that count against it now, those that a draft still has time for,
    waived ones, what is not due yet, and what is owed after the window. Of a change that is rolled back or cancelled
    only the texts can have one.
    """

    counted: tuple[Gap, ...] = ()
    in_time: tuple[Gap, ...] = ()
    waived: tuple[Waived, ...] = ()
    waiting: tuple[Gap, ...] = ()
    owed: tuple[Gap, ...] = ()

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """All that must still be closed, counted or in time."""
        return self.counted + self.in_time


@once  # the check, the pages and the commands of one run ask for the same
def readiness(book: Book) -> ReadinessByChange:
    """Return the readiness of every change of the book, by id; each is worked out when it is asked for."""
    return ReadinessByChange(book)


@asked_again
def readiness_of(book: Book, name: str) -> Readiness:
    """Return the readiness of the change with the id `name`."""
    return readiness(book)[name]


class ReadinessByChange(Mapping[str, Readiness]):
    """The readiness of the changes of one book."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._known: dict[str, tuple[Readiness, ReadNotes]] = {}
        self._found: Mapping[str, Mapping[str, Iterable[Gap]]] = {}

    def __getitem__(self, name: str) -> Readiness:
        if name not in self._known:
            with noting(ReadNotes(label_of(readiness_of, name))) as notes:
                made = _readiness(self._book.changes[name], self._book, self._found.get(name, {}))
            self._known[name] = made, notes
        made, notes = self._known[name]
        share(notes)
        return made

    def take(self, found: Mapping[str, Mapping[str, Iterable[Gap]]]) -> None:
        """Take what some rules, by name, were known to find in changes, by id, so that they are not asked again."""
        self._found = found

    def take_over(self, before: ReadinessByChange, touched: Callable[[ReadNotes], bool]) -> None:
        """Take over from the book before this one what was worked out of nothing that is `touched` by what differs."""
        there = self._book.changes
        self._known = {name: one for name, one in before._known.items() if name in there and not touched(one[1])}

    def __iter__(self) -> Iterator[str]:
        return iter(self._book.changes)

    def __len__(self) -> int:
        return len(self._book.changes)


def is_settled(change: Change, book: Book) -> bool:
    """Return whether nothing is left to get ready: a change is given up, or it is closed and has no gap."""
    return change.status in GONE or (change.status not in OPEN and not readiness(book)[change.id].gaps)


def is_late(item: Gap, book: Book) -> bool:
    """Return whether a gap should have been closed before now."""
    return item.due is not None and item.due < book.now


def by_due(item: Gap) -> tuple[float, str, str]:
    """Return what gaps are sorted by: what is due first comes first, what has no date last."""
    return item.due.timestamp() if item.due else float("inf"), item.spot.path.name, item.name


def _readiness(change: Change, book: Book, found: Mapping[str, Iterable[Gap]]) -> Readiness:
    rules = change_rules() if change.status in GATED else (gap_after_rollback,)
    closed = change.status == "closed"
    counted, still, waived, waiting, owed = [], [], [], [], []
    told = (found[rule.__name__] if rule.__name__ in found else rule(change, book) for rule in rules)
    for item in (as_owed(item, change, book) for some in told for item in some):
        # Once it is closed, nothing can still come.
        early = not is_late(item, book) and not closed
        if item.waits and early:
            waiting.append(item)
        elif waiver := waiver_of(item, change, book):
            waived.append(Waived(item, waiver))
        elif item.owed and early:
            owed.append(item)
        elif change.status == "draft" and early and item.due != book.now:
            still.append(item)
        else:
            counted.append(_told_of_its_waiver(item, change, book))
    return Readiness(tuple(counted), tuple(still), tuple(waived), tuple(waiting), tuple(owed))


def _told_of_its_waiver(item: Gap, change: Change, book: Book) -> Gap:
    """Return a gap that says that its waiver has ended, if it had one."""
    if not (past := expired_waiver(item, change, book)):
        return item
    team = team_name(past.approver, book)
    note = _("Its waiver by {team} ended on {expires:%Y-%m-%d}.", team=team, expires=past.expires)
    if change.status == "closed" and not change.closed:
        note += _(" If it was closed by then, write that date under 'closed'.")
    return replace(item, note=" ".join(filter(None, (item.note, note))))


def gap_words(item: Gap, book: Book) -> str:
    """Return a gap as it is printed: what is missing and what to write, who closes it and by when, and its name."""
    when = _(" by {due:%Y-%m-%d %H:%M}", due=item.due) if item.due and item.due > book.now else ""
    late = _("; it was due {due:%Y-%m-%d %H:%M}", due=item.due) if is_late(item, book) else ""
    return _(
        "{message} {team} closes it{when}{late}. ({name})",
        message=item.message,
        team=team_name(item.closer, book),
        when=when,
        late=late,
        name=item.name,
    )
