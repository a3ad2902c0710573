"""What a change needs at once and what it may owe until after its window, by its urgency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from changebook.book import Book
from changebook.language import in_words
from changebook.model import Change, Kind
from changebook.model.status import HURRIED, Urgency
from changebook.readiness.gap import Gap, end_of_day, kind_of
from changebook.readiness.rules import firm_names

# What an emergency needs before it is made, beside its sentence, each with the reason where its kind gives none.
NEEDED_AT_ONCE: Mapping[str, str] = {
    "window": "The desk must know when calls about it can start.",
    "unchanged": "After an emergency, people doubt everything else.",
    "playbooks": "Callers will not wait, so the desk needs one playbook or first response.",
    "rollback": "Nobody should have to work out the way back at night.",
    "go_no_go": "A named team must have said go.",
}
# What is wrong with these needed sections at once; how well they are worded is owed.
_BASIC = (
    "section-missing",
    "outage-missing",
    "placeholder",
    "hollow",
    "sentence-long",
    "sentence-several",
    "sentence-offered",
)
_NOW = ("rollback-open", "nobody-answers", "harm-unanswered", "review-past")
# What an expedited change may do after its window.
_AFTERWARDS = ("board", "briefing", "rehearsals")
# What a standard change has from the change that it repeats.
_REPEATED = ("board", "briefing", "rehearsals")
OWED_WITHIN = 5


def required(urgency: Urgency, kind: Kind | None) -> dict[str, str]:
    """Return the sections that a change of an urgency and a kind must have, now or later, each with the reason."""
    asked: dict[str, str] = {str(section): why for section, why in kind.requires.items()} if kind else {}
    if urgency == "standard":
        return {section: why for section, why in asked.items() if section not in _REPEATED}
    return {**in_words(NEEDED_AT_ONCE), **asked} if urgency == "emergency" else asked


def owed_by(change: Change, book: Book) -> datetime | None:
    """Return when a change must have what it owes: working days after its window, as its kind says. None for a change
    that may owe nothing, or has no window yet.
    """
    if not change.window or change.urgency not in HURRIED:
        return None
    kind = kind_of(change, book)
    return end_of_day(_working_day(change.window.end.date(), kind.owed_within if kind else OWED_WITHIN, book), book)


def as_owed(item: Gap, change: Change, book: Book) -> Gap:
    """Return a gap as one that is owed, with its date, where the urgency of its change allows that."""
    due = owed_by(change, book)
    if not due or item.section == "retrospective" or item.kind in firm_names() or not _may_wait(item, change):
        return item
    return replace(item, due=due, waits=False, owed=True)


def _may_wait(item: Gap, change: Change) -> bool:
    if change.urgency == "expedited":
        return item.section in _AFTERWARDS
    needed = item.section in NEEDED_AT_ONCE or item.section == "sentence"
    return item.kind not in _NOW and not (needed and item.kind in _BASIC)


def _working_day(day: date, number: int, book: Book) -> date:
    """Return the working day `number` of them after `day`: Monday to Friday, without the desk's holidays."""
    while number > 0:
        day += timedelta(days=1)
        number -= day.weekday() < 5 and day not in book.desk.settings.closed
    return day
