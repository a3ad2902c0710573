"""Who changed which evidence of a change, and when, as its readiness page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from changebook.book import Book
from changebook.git.forge import commit_address
from changebook.git.trail import UNTRACKED, TrailStep
from changebook.model import Change
from changebook.views.gaps import section_words

# How far back the builder looks, and how many steps a page holds on paper and on screen.
AUDITED = timedelta(days=400)
STEPS_SHOWN, ON_SCREEN = 40, 3


@dataclass(frozen=True)
class AuditLine:
    """One commit: when, who, what it changed in words, its short hash, and where it is looked at."""

    at: datetime
    by: str
    what: str
    commit: str
    address: str


@dataclass(frozen=True)
class Audit:
    """The newest commits that changed evidence, and how many more there are; `unknown` says why nothing is known."""

    lines: list[AuditLine]
    more: int
    unknown: str
    on_screen: int = ON_SCREEN

    @property
    def on_paper(self) -> int:
        """How many of the lines only paper has."""
        return max(len(self.lines) - self.on_screen, 0)


def audit_of(book: Book, change: Change) -> Audit | None:
    """Return who changed the evidence of `change`, also under its former names; None where git was not asked."""
    trail = book.trail
    if trail is UNTRACKED:
        return None
    names = dict.fromkeys((change.id, *map(book.desk.settings.id_of, change.former_names)))
    steps = sorted((step for name in names for step in trail.steps.get(f"{name}.yaml", ())), key=lambda step: -step.at)
    return Audit([_line(book, step) for step in steps[:STEPS_SHOWN]], len(steps[STEPS_SHOWN:]), trail.unknown)


def _line(book: Book, step: TrailStep) -> AuditLine:
    forge = book.desk.settings.forge
    first, *rest = map(section_words, step.keys)
    what = ", ".join((first, *(f"{word[:1].lower()}{word[1:]}" for word in rest)))
    address = commit_address(forge, step.commit) if forge else ""
    return AuditLine(datetime.fromtimestamp(step.at, book.now.tzinfo), step.by, what, step.commit[:7], address)
