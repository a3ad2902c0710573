"""When each file was last changed, as far as git knows; what git prints is read here, git is asked at the doors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

# How `git log` prints a commit for `read_history`: a mark, its hash, when it was made; then its files, one a line.
FORMAT = "%x01%H %ct"


@dataclass(frozen=True)
class Edit:
    """One change of a file: its commit, and the day."""

    commit: str
    day: date


@dataclass(frozen=True)
class History:
    """The last edit of each file, by its path; empty where git knows nothing."""

    edits: Mapping[str, Edit] = field(default_factory=dict)


def read_history(log: str, zone: ZoneInfo) -> History:
    """Return the history that a log with the newest commit first tells; days are those of `zone`."""
    edits: dict[str, Edit] = {}
    for commit in log.split("\x01")[1:]:
        head, *files = commit.splitlines()
        name, _, seconds = head.partition(" ")
        edit = Edit(name, datetime.fromtimestamp(int(seconds), zone).date())
        for file in filter(None, files):
            edits.setdefault(file, edit)
    return History(edits)
