"""When each file was last changed, as far as git knows; what git prints is read here, git is asked at the doors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

# How `git log -z` prints a commit: a mark that no path begins with, its hash, when it was made; then its files, each
# ended by a NUL, so that a name may hold anything.
LOG_FORMAT = "/%H %ct"
COMMIT = re.compile(r"/([0-9a-f]{40,64}) (-?\d+)")


@dataclass(frozen=True)
class LastEdit:
    """One change of a file: its commit, and when it was made (aware)."""

    commit: str
    at: datetime

    @property
    def day(self) -> date:
        """The day on which it was made."""
        return self.at.date()


@dataclass(frozen=True)
class History:
    """The last edit of each file, by its path, and its first in `first`; where git knows nothing both are empty, and
    `unknown` says why.
    """

    edits: Mapping[str, LastEdit] = field(default_factory=dict)
    first: Mapping[str, LastEdit] = field(default_factory=dict)
    unknown: str = ""

    @property
    def missed(self) -> str:
        """What a site lacks without history, and why, in one sentence; "" where there is one."""
        lacks = "Pages do not say when they were last changed, and feeds and calendars not what is newer"
        return f"{lacks}: {self.unknown}" if self.unknown else ""


def read_history(log: str, zone: ZoneInfo) -> History:
    """Return the history that a log with the newest commit first tells; days are those of `zone`."""
    edits: dict[str, LastEdit | None] = {}
    first: dict[str, LastEdit | None] = {}
    edit: LastEdit | None = None
    begun = False
    for part in log.split("\0"):
        if commit := COMMIT.fullmatch(part):
            edit, begun = _edit(commit[1], int(commit[2]), zone), True
        elif begun and part:
            # The first file of a commit is on a line of its own.
            file = part.removeprefix("\n")
            edits.setdefault(file, edit)
            first[file] = edit
    last, begin = ({file: edit for file, edit in each.items() if edit} for each in (edits, first))
    return History(last, begin)


def _edit(commit: str, seconds: int, zone: ZoneInfo) -> LastEdit | None:
    """Return the edit made at a time, or None where no calendar has its day: anyone can commit at any time."""
    try:
        return LastEdit(commit, datetime.fromtimestamp(seconds, zone))
    except (ValueError, OverflowError, OSError):
        return None
