"""What is held before a go-live: the change advisory board, the briefing, and the go/no-go checkpoint."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from changebook.model import Change

MeetingKind = Literal["board", "briefing", "decision"]
HELD_WORDS: dict[MeetingKind, str] = {
    "board": "Change advisory board",
    "briefing": "Desk briefing",
    "decision": "Go/no-go",
}
# How long each takes on a calendar.
HELD_FOR: dict[MeetingKind, timedelta] = {
    "board": timedelta(hours=1),
    "briefing": timedelta(minutes=30),
    "decision": timedelta(minutes=15),
}


@dataclass(frozen=True)
class Meeting:
    """One meeting: what is held, when, and about which changes: a board is about several."""

    held: MeetingKind
    at: datetime
    changes: tuple[Change, ...]


def meetings(changes: Iterable[Change]) -> list[Meeting]:
    """Return the meetings about some changes by their time."""
    found: defaultdict[tuple[datetime, MeetingKind, str], list[Change]] = defaultdict(list)
    for change in changes:
        if change.board:
            found[change.board, "board", ""].append(change)
        if change.briefing:
            found[change.briefing.at, "briefing", change.id].append(change)
        # A rollback is decided when it has to be, at no appointment.
        made = [one for one in change.go_no_go.history if one.decision != "roll-back"] if change.go_no_go else []
        if made:
            found[made[-1].at, "decision", change.id].append(change)
    ordered = sorted(found, key=lambda key: (key[0].timestamp(), *key[1:]))
    return [Meeting(held, at, tuple(found[at, held, name])) for at, held, name in ordered]
