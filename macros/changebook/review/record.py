"""A review: what a proposal changes, as frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from changebook.book import Book
from changebook.errors import Problem
from changebook.search.hand import HandSection

How = Literal["added", "changed", "renamed", "removed", "broken"]


@dataclass(frozen=True)
class Side:
    """The book before or after a proposal, its problems and gaps, and its hand-written pages by their address.

    `sections` are those pages as search sees them, `private` what was refused as patient data or secrets. The side
    `absent` is an empty book, for where there was none. `key` tells its book from every other. `folder` holds its files
    where its gaps were not looked for yet.
    """

    book: Book
    problems: tuple[Problem, ...]
    hand: Mapping[str, str]
    sections: tuple[HandSection, ...]
    private: tuple[str, ...] = ()
    absent: bool = False
    key: bytes = b""
    folder: Path | None = None

    @property
    def right(self) -> bool:
        """Whether nothing is wrong, so that it has pages."""
        return all(problem.gap for problem in self.problems)


@dataclass(frozen=True)
class Touched:
    """A record that a proposal touches: what it is (`change`, `scenario`, `team`...), and how it is touched.

    `was` is the id before a rename, `sections` the keys whose values differ, `moved` a change's window before and
    after, where it was moved. A `broken` record was right before and is not now.
    """

    how: How
    what: str
    id: str
    name: str
    was: str = ""
    sections: tuple[str, ...] = ()
    moved: tuple[str, str] | None = None


@dataclass(frozen=True)
class PageChange:
    """A page that appears, changes or goes."""

    how: Literal["added", "changed", "removed"]
    address: str


@dataclass(frozen=True)
class WorseSearch:
    """A search whose page was among the first three and is not now; `first` is what it finds first, if anything."""

    words: str
    address: str
    first: str


@dataclass(frozen=True)
class Reason:
    """Why a team reviews: it owns the record `owns`, to which the change `adds` adds; with neither, it always does."""

    owns: str = ""
    adds: str = ""


@dataclass(frozen=True)
class Reviewer:
    """A team that reviews, and why."""

    team: str
    name: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Review:
    """What a proposal changes. `pages` and `worse` are None where a book is wrong and has none to compare.

    `asked` counts the searches that were tried; `begins` says that there was no book before. `collides` are new
    collisions on the calendar.
    """

    reviewers: tuple[Reviewer, ...]
    touched: tuple[Touched, ...]
    names_added: tuple[str, ...]
    names_dropped: tuple[str, ...]
    problems_new: tuple[Problem, ...]
    problems_gone: tuple[Problem, ...]
    pages: tuple[PageChange, ...] | None
    worse: tuple[WorseSearch, ...] | None
    asked: int
    begins: bool = False
    collides: tuple[str, ...] = ()
