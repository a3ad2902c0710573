"""What can be wrong with a book, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from changebook.printing.visible import visible


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in one place.

    `line` and `column` count from 1. `message` says what is wrong, then what to do about it.
    A `gap` is a change that is not ready yet: it is reported, and stops nothing.
    """

    path: Path
    line: int
    column: int
    message: str
    gap: bool = False

    def __str__(self) -> str:
        word = "gap: " if self.gap else ""
        return visible(f"{self.path.as_posix()}:{self.line}:{self.column}: {word}{self.message}")


# What problems are sorted by: their order, without two tuples for each comparison.
BY_PLACE = attrgetter("path", "line", "column", "message", "gap")


class ChangebookError(Exception):
    """The base of every error that a person can fix by editing a file or a command line."""


class UnknownTermError(ChangebookError):
    """A name that the book does not hold; the message offers the nearest one."""


class BookError(ChangebookError):
    """A book that cannot be published; `problems` holds all of them, in the order of their places."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = sorted(problems, key=BY_PLACE)
        super().__init__("\n".join(str(problem) for problem in self.problems))
