"""What a long list shows at first, what is folded under it, and what it can be filtered by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change, Group, Partner
from changebook.render.timing import STATUS_WORDS, ended

_T = TypeVar("_T")
# The rows of a group that are shown at first.
ROWS = 7
# A table of so few rows is read faster than it is filtered.
FEW = 8


@dataclass(frozen=True)
class Choice:
    """A filter: its name in the address, its label, what it shows when nothing is chosen, and its options."""

    name: str
    label: str
    every: str
    options: list[tuple[str, str]]


@dataclass(frozen=True)
class Find:
    """The filters over a list of `total` rows, called `what`; those with one option are left out."""

    what: str
    total: int
    choices: list[Choice]

    @property
    def worth(self) -> bool:
        """Whether a short table is long enough to be filtered."""
        return self.total > FEW


@dataclass(frozen=True)
class Folded(Generic[_T]):
    """The rows that are shown at first, and the rest, folded."""

    shown: list[_T]
    rest: list[_T]

    @property
    def total(self) -> int:
        """How many rows there are."""
        return len(self.shown) + len(self.rest)


@dataclass(frozen=True)
class Year:
    """The changes of one year, newest first; `name` is "No date" for those without a window."""

    name: str
    changes: list[Change]


def folded(rows: Sequence[_T], *, shown: int = ROWS, spare: int = 2) -> Folded[_T]:
    """Return the first rows of a list, and the rest; a rest of at most `spare` rows is not worth a fold."""
    cut = len(rows) if len(rows) <= shown + spare else shown
    return Folded(list(rows[:cut]), list(rows[cut:]))


def years(changes: Iterable[Change]) -> list[Year]:
    """Return changes by the year of their window, the newest year and change first."""
    found = sorted(changes, key=lambda change: (-ended(change), change.id))
    grouped = groupby(found, key=lambda change: str(change.window.start.year) if change.window else _("No date"))
    return [Year(name, list(group)) for name, group in grouped]


def find_changes(book: Book, changes: Sequence[Change], *, what: str = "", audiences: bool = False) -> Find:
    """Return the filters over changes: by kind and status, or by kind and whom they affect."""
    kinds, statuses = {change.kind for change in changes}, {change.status for change in changes}
    by_kind = [(kind.id, kind.name) for kind in book.desk.kinds.values() if kind.id in kinds]
    by_status: list[tuple[str, str]] = [
        (status, _(words)) for status, words in STATUS_WORDS.items() if status in statuses
    ]
    kind = Choice("kind", _("Kind"), _("All kinds"), sorted(by_kind, key=lambda option: option[1].casefold()))
    status = Choice("status", _("Status"), _("All statuses"), by_status)
    return find(what or _("changes"), len(changes), for_whom(book, changes) if audiences else status, kind)


def for_whom(book: Book, changes: Iterable[Change]) -> Choice:
    """Return the filter by the user groups and partners that changes affect."""
    reached = {name for change in changes for name in (*change.affects.groups, *change.affects.partners)}
    everybody: tuple[Group | Partner, ...] = (*book.desk.groups.values(), *book.desk.partners.values())
    return Choice("for", _("For"), _("Everyone"), [(who.id, who.name) for who in everybody if who.id in reached])


def by_system(book: Book, changes: Iterable[Change]) -> Choice:
    """Return the filter by the systems that changes affect."""
    reached = {name for change in changes for name in change.affects.systems}
    options = [(str(one.id), one.name) for one in book.desk.systems.values() if one.id in reached]
    return Choice("system", _("System"), _("All systems"), sorted(options, key=lambda option: option[1].casefold()))


def find(what: str, total: int, *choices: Choice) -> Find:
    """Return the filters over a list of `total` rows."""
    return Find(what, total, [choice for choice in choices if len(choice.options) > 1])
