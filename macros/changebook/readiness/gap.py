"""What a gap is, which checkpoint it belongs to, who closes it, and by when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from changebook.book import Book, Spot
from changebook.model import Change, Kind

CLAIMS = ("ready", "live", "stable")
OPEN = ("draft", *CLAIMS)
# The seven checkpoints of a release, in the order of every list of them (R12), each with its sections.
CHECKPOINTS = {
    "Impacted user groups": ("sentence", "why", "details", "affects", "visible", "unchanged", "questions", "data_set"),
    "Known errors": ("known_errors", "contract", "playbooks", "review_by"),
    "Rollback criteria": ("rollback",),
    "Communication owner": ("communications", "announcement", "briefing"),
    "Test evidence": ("tests", "rehearsals"),
    "Escalation contacts": ("bridge", "watch", "queue_rules"),
    "Go/no-go checkpoint": ("status", "window", "board", "compliance", "go_no_go", "waivers"),
}
_CHECKPOINT = {section: name for name, sections in CHECKPOINTS.items() for section in sections}
# Done on the way to the window, after the board has met.
_BY_THE_WINDOW = ("briefing", "bridge", "go_no_go")


@dataclass(frozen=True)
class Gap:
    """One thing that keeps a change from being ready.

    `name` is what a waiver calls it; `section` the key of the record that it is about; `message` says what is
    missing and what to write; `closer` is the id of the team that closes it, `due` when at the latest, None
    meaning at once. One that `waits` is no gap before it is due.
    """

    name: str
    spot: Spot
    section: str
    message: str
    closer: str
    due: datetime | None
    waits: bool = False

    @property
    def checkpoint(self) -> str:
        """The checkpoint it belongs to."""
        return _CHECKPOINT.get(self.section, "Impacted user groups")


Rule = Callable[[Change, Book], Iterator[Gap]]
DeskRule = Callable[[Book], Iterator[Gap]]


def gap(
    change: Change,
    book: Book,
    name: str,
    steps: tuple[str | int, ...],
    message: str,
    *,
    section: str = "",
    due: datetime | None = None,
    waits: bool = False,
) -> Gap:
    """Return the gap `name` at `steps` in the record of `change`.

    Without `section` it is about the first of the steps, without `due` it is due when that section is.
    """
    section = section or str(steps[0])
    when = due or section_due(change, book, section)
    return Gap(name, book.spot(change, *steps), section, message, closer(change, section), when, waits)


def closer(change: Change, section: str) -> str:
    """Return the id of the team that closes a gap in `section`: the one the section names, else the owner."""
    named = {
        "announcement": change.communications,
        "briefing": change.communications,
        "compliance": change.compliance and change.compliance.reviewed_by,
        "go_no_go": change.go_no_go and change.go_no_go.by,
        "rollback": change.rollback and change.rollback.decided_by,
        "rehearsals": change.bridge and change.bridge.lead,
    }
    return named.get(section) or change.owner


def kind_of(change: Change, book: Book) -> Kind | None:
    """Return the kind of `change`, None where the desk has no such kind."""
    return book.desk.kinds.get(change.kind)


def ready_by(change: Change, book: Book) -> datetime | None:
    """Return when support must be ready: as the board meets, or the kind's lead time before the window."""
    kind, found = kind_of(change, book), [change.board] if change.board else []
    if change.window:
        found.append(change.window.start - ((kind and kind.lead_time) or timedelta()))
    return min(found) if found else None


def section_due(change: Change, book: Book, section: str) -> datetime | None:
    """Return when `section` must be whole."""
    if section in _BY_THE_WINDOW and change.window:
        return change.window.start
    if section == "announcement" and change.window and (notice := _notice(change, book)):
        return min(filter(None, (ready_by(change, book), change.window.start - notice)))
    return ready_by(change, book)


def _notice(change: Change, book: Book) -> timedelta:
    """Return the longest notice that an affected partner must be given."""
    partners = [book.desk.partners[name] for name in change.affects.partners if name in book.desk.partners]
    return max((partner.notice for partner in partners), default=timedelta())
