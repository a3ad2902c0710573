"""What several pages under one shared name show of a change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from changebook.book import Book
from changebook.book.answers import answered_codes
from changebook.language import gettext as _
from changebook.model import Change
from changebook.model.change import Audience, Question, Visible
from changebook.names import change_address, question_anchor
from changebook.views.guidance import playbook_title
from changebook.views.playbook import usual_severity

_READERS: dict[Audience, str] = {
    "desk": "service desk|who reads",
    "staff": "staff",
    "partners": "partners",
    "patients": "patients",
}


@dataclass(frozen=True)
class Symptom:
    """A playbook of the change, as its hub lists it: with the number of checks and the codes that are new, and codes
    that people saw before.
    """

    title: str
    address: str
    usual: int
    codes: tuple[str, ...]
    old_codes: tuple[str, ...]
    checks: int


@dataclass(frozen=True)
class Asked:
    """A question, its anchor, who asks it, and the anchors it had before."""

    question: Question
    anchor: str
    by: tuple[str, ...]
    former: tuple[str, ...]

    @property
    def only_for(self) -> str:
        """Who may read it, in words; "" where everybody may."""
        return _(" and ").join(_(_READERS[reader]) for reader in self.question.readers)


@dataclass(frozen=True)
class Seen:
    """One thing people will see, and by name who sees it."""

    item: Visible
    by: tuple[str, ...]


def symptoms_of(book: Book, change: Change) -> list[Symptom]:
    """Return a change's playbooks, worst usual severity first."""
    before = " ".join(item.before or "" for item in change.visible)
    rows = []
    for name, playbook in change.playbooks_by_id().items():
        scenario = book.desk.scenarios[playbook.scenario]
        title, address = playbook_title(playbook, book), change_address(change.id, "playbooks", name)
        answered = answered_codes(change, name)
        codes = tuple(dict.fromkeys((*playbook.codes, *answered)))
        old = tuple(code for code in codes if code in before.split() and code not in answered)
        new = tuple(code for code in codes if code not in old)
        usual = usual_severity(scenario, playbook)
        rows.append(Symptom(title, address, usual, new, old, len(playbook.checks)))
    return sorted(rows, key=lambda symptom: symptom.usual)


def asked(book: Book, change: Change) -> list[Asked]:
    """Return a change's questions with their anchors and who asks them, in the record's order."""
    return [
        Asked(
            item,
            question_anchor(item.question),
            _names(book, (*item.groups, *item.partners)),
            tuple(map(question_anchor, item.was)),
        )
        for item in change.questions
    ]


def asks_of(book: Book, who: str, *, among: Iterable[Change]) -> list[tuple[Change, list[Asked]]]:
    """Return the questions that the user group or partner `who` asks, change by change."""
    by_change = []
    for change in among:
        items = [item for item in asked(book, change) if who in (*item.question.groups, *item.question.partners)]
        if items:
            by_change.append((change, items))
    return by_change


def asks_of_nobody(book: Book, *, among: Iterable[Change], desk: bool) -> list[tuple[Change, list[Asked]]]:
    """Return the questions that no group or partner is named for, change by change: those that only the desk reads,
    or all others.
    """
    by_change = []
    for change in among:
        items = [item for item in asked(book, change) if not item.by]
        items = [item for item in items if item.question.for_readers("staff", "partners") != desk]
        if items:
            by_change.append((change, items))
    return by_change


def seen(book: Book, change: Change) -> list[Seen]:
    """Return what people will see, with the names of those who see it."""
    return [Seen(item, _names(book, item.for_)) for item in change.visible]


def _names(book: Book, audiences: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(book.desk.audience(name).name for name in audiences)
