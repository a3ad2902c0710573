"""What a gap is, which checkpoint it belongs to, who closes it, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change, Kind
from changebook.model.reading import dotted
from changebook.model.status import HURRIED
from changebook.model.timeline import window_for
from changebook.names import anchor, slug
from changebook.source.events import Steps
from changebook.source.places import Spot

# The seven checkpoints of a release, in the order of every list of them (R12), each with its sections.
CHECKPOINTS = {
    "Impacted user groups": (
        "sentence",
        "why",
        "details",
        "affects",
        "visible",
        "unchanged",
        "questions",
        "not_asked",
        "data_set",
    ),
    "Known errors": ("known_errors", "contract", "playbooks", "review_by", "retrospective"),
    "Rollback criteria": ("rollback",),
    "Communication owner": ("communications", "announcement", "told", "briefing"),
    "Test evidence": ("tests", "rehearsals"),
    "Escalation contacts": ("bridge", "watch", "queue_rules"),
    "Go/no-go checkpoint": (
        *("status", "window", "postponed", "board", "compliance", "safety", "go_no_go", "waivers", "urgency"),
        "repeats",
    ),
}
_CHECKPOINT = {section: name for name, sections in CHECKPOINTS.items() for section in sections}
# Done on the way to the window, after the board has met.
_BY_THE_WINDOW = ("briefing", "bridge", "go_no_go")


@dataclass(frozen=True)
class Gap:
    """One thing that keeps a change from being ready.

    `name` is what a waiver calls it; `section` the key of the record that it belongs to; `where` the field that it
    is about, as people write it; `said` what is missing and what to write, `why` the reason for asking, `note` what
    else is to be known. `closer` is the id of the team that closes it, `due` when at the latest, None meaning at
    once. One that `waits` is no gap before it is due; one that is `owed` may be closed after the window.
    """

    name: str
    spot: Spot
    section: str
    where: str
    said: str
    closer: str
    due: datetime | None
    why: str = ""
    note: str = ""
    waits: bool = False
    owed: bool = False

    @property
    def kind(self) -> str:
        """The name before the stroke that says which one it is."""
        return self.name.partition("/")[0]

    @property
    def checkpoint(self) -> str:
        """The checkpoint it belongs to."""
        return _CHECKPOINT.get(self.section, "Impacted user groups")

    @property
    def message(self) -> str:
        """What is missing and what to write, with the field before and the reason behind it."""
        parts = (f"{self.where}: {as_sentence(self.said)}", self.why and _("Why: {why}", why=self.why), self.note)
        return " ".join(filter(None, parts))


def as_sentence(said: str) -> str:
    """Return what is said as a sentence: with a full stop, unless it ends with a question."""
    return said if said.endswith("?") else f"{said}."


def gap(
    change: Change,
    book: Book,
    name: str,
    steps: Steps,
    said: str,
    *,
    where: str = "",
    section: str = "",
    why: str = "",
    note: str = "",
    due: datetime | None = None,
    waits: bool = False,
) -> Gap:
    """Return the gap `name` at `steps` in the record of `change`.

    Without `where` it is about the field there, without `section` about the first of the steps; without `due` it
    is due when that section is.
    """
    section = section or str(steps[0])
    when = due or section_due(change, book, section)
    spot = book.spot(change, *steps)
    return Gap(name, spot, section, where or dotted(steps), said, closer(change, section), when, why, note, waits)


def text_name(kind: str, steps: Steps, text: str) -> str:
    """Return the name of a gap in a text: its field and its first words, so that a waiver is of this text only."""
    field = ".".join(step for step in steps if isinstance(step, str))
    first = slug(text) or anchor(text)
    return f"{kind}/{field}:{first if len(first) <= 24 else first[:25].rpartition('-')[0] or first[:24]}"


def closer(change: Change, section: str) -> str:
    """Return the id of the team that closes a gap in `section`: the one the section names, else the owner."""
    named = {
        "announcement": change.communications,
        "told": change.communications,
        "briefing": change.communications,
        "compliance": change.compliance and change.compliance.reviewed_by,
        "safety": change.safety and change.safety.assessed_by,
        "go_no_go": change.go_no_go and change.go_no_go.by,
        "rollback": change.rollback and change.rollback.decided_by,
        "rehearsals": change.bridge and change.bridge.lead,
    }
    return named.get(section) or change.owner


def kind_of(change: Change, book: Book) -> Kind | None:
    """Return the kind of `change`, None where the desk has no such kind."""
    return book.desk.kinds.get(change.kind)


def team_name(name: str, book: Book) -> str:
    """Return what the team with the id `name` is called, its id where the desk has no such team."""
    return book.desk.teams[name].name if name in book.desk.teams else name


def ready_by(change: Change, book: Book) -> datetime | None:
    """Return when support must be ready: as the board meets, or the kind's lead time before the window.

    What cannot wait for a board or a lead time is ready as the window starts.
    """
    if change.urgency in HURRIED:
        return change.window.start if change.window else None
    kind, found = kind_of(change, book), [change.board] if change.board else []
    if change.window:
        found.append(change.window.start - ((kind and kind.lead_time) or timedelta()))
    return min(found) if found else None


def section_due(change: Change, book: Book, section: str) -> datetime | None:
    """Return when `section` must be whole."""
    if section in _BY_THE_WINDOW and change.window:
        return change.window.start
    if section == "announcement" and (told_by := partners_told_by(change, book)):
        return min(filter(None, (ready_by(change, book), told_by)))
    return retrospective_due(change, book) if section == "retrospective" else ready_by(change, book)


def retrospective_due(change: Change, book: Book) -> datetime | None:
    """Return by when the retrospective of a change is held: without the date it became stable, its window counts."""
    since = change.stable or (change.window.end.date() if change.window else None)
    return end_of_day(since + book.desk.settings.retrospective_within, book) if since else None


def end_of_day(day: date, book: Book) -> datetime:
    """Return the last moment of a day in the book's zone: until then, what belongs to it is not late."""
    return datetime.combine(day, time.max, tzinfo=book.now.tzinfo)


def partners_told_by(change: Change, book: Book) -> datetime | None:
    """Return when the first of the affected partners must be told, each its notice before its own window."""
    partners = [book.desk.partners[name] for name in change.affects.partners if name in book.desk.partners]
    windows = [(partner, window_for(change, partner.id)) for partner in partners if partner.asks]
    found = [window.start - (partner.notice or timedelta()) for partner, window in windows if window]
    return min(found, default=None)
