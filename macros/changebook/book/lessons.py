"""What earlier changes of a kind have taught, for whoever writes the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from changebook.book.book import Book
from changebook.model import Change

MOST_LESSONS = 5


@dataclass(frozen=True)
class Lesson:
    """What the next change of a kind must do, and the change that taught it, with the date of its retrospective."""

    text: str
    change: Change
    held: date


def lessons_of(book: Book, kind: str) -> list[Lesson]:
    """Return the lessons of changes of `kind`, at most five, those of the most recent retrospective first."""
    found = [
        Lesson(text, change, told.held)
        for change in book.changes.values()
        if change.kind == kind and (told := change.retrospective) and told.held and told.held <= book.now.date()
        for text in told.lessons
    ]
    return sorted(found, key=lambda lesson: (-lesson.held.toordinal(), lesson.change.id))[:MOST_LESSONS]
