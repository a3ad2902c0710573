"""What callers are told while something is wrong: of a change and of an outage, the latest word first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeGuard

from changebook.book import Book
from changebook.book.said import BACK, said_to
from changebook.language import gettext as _
from changebook.model import Change, Outage
from changebook.model.updates import Update

UPDATE_WORDS: Mapping[str, str] = {
    "investigating": "Investigating",
    "identified": "Cause found",
    "monitoring": "Fixed, being watched",
    "resolved": "Resolved",
    BACK: "Rolled back",
    "degraded": "Degraded",
    "down": "Down",
    "ok": "Works again",
}
# What is over is still told of for so long.
OVER = timedelta(hours=24)


@dataclass(frozen=True)
class Word:
    """One update as every page and message says it: when, how far it is and in which words, what callers are told,
    what is checked and what to expect while the cause is not known, and when the next one is due.

    `overdue` is whether that moment has passed without a further one.
    """

    at: datetime
    state: str
    words: str
    text: str
    checking: str | None
    expect: str | None
    next: datetime | None
    overdue: bool

    @property
    def over(self) -> bool:
        """Whether nothing is wrong any more, and no further word was promised."""
        return self.state in ("resolved", "ok") or (self.state == BACK and not self.next)

    @property
    def written(self) -> bool:
        """Whether somebody wrote it: a decision to roll back is told of without."""
        return self.state != BACK


def current_update(book: Book, change: Change, *, reader: str = "desk") -> Word | None:
    """Return what is said of `change` now to the desk, or to the readers `staff` or `partners`; None without updates
    for them.
    """
    return next(iter(updates_of(book, change, reader=reader)), None)


def updates_of(book: Book, change: Change, *, reader: str = "desk") -> list[Word]:
    """Return what a reader was told of `change`, the latest first; after a rollback, that it was rolled back."""
    found = said_to(change, reader, book.now)
    last = len(found) - 1
    return [_word(book, item, current=number == last) for number, item in enumerate(found)][::-1]


def words_of(book: Book, outage: Outage) -> list[Word]:
    """Return what is and was said of an outage, the latest first."""
    due = outage.next_update if outage.state != "ok" else None
    now = _outage_word(outage.said_at, outage.state, outage.says, due, overdue=bool(due and due < book.now))
    former = [_outage_word(item.at, item.state, item.says, None, overdue=False) for item in outage.earlier]
    return [now, *reversed(former)]


def is_told(word: Word | None, now: datetime) -> TypeGuard[Word]:
    """Return whether an update is news: nothing says yet that it is over, or that was said in the last day."""
    return word is not None and (not word.over or now - word.at < OVER)


def _word(book: Book, item: Update, *, current: bool) -> Word:
    due = item.next if current and item.state != "resolved" else None
    overdue = bool(due and due < book.now)
    told = (item.checking, item.expect)
    return Word(item.at, item.state, _(UPDATE_WORDS[item.state]), item.text, *told, due, overdue)


def _outage_word(at: datetime, state: str, says: str, due: datetime | None, *, overdue: bool) -> Word:
    return Word(at, state, _(UPDATE_WORDS[state]), says, None, None, due, overdue)
