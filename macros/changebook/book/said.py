"""What callers were told of a change, one word after another, and the last one of a change that was rolled back."""

from __future__ import annotations

from datetime import datetime

from changebook.book.told import own_words
from changebook.model import Change
from changebook.model.updates import Update

# How far it is, in an update that nobody wrote.
BACK = "rolled-back"


def said_to(change: Change, reader: str, now: datetime) -> list[Update]:
    """Return the updates that `reader` (desk, staff or partners) had of `change` by `now`, the latest last; of those
    said in one minute, the last written.

    A decision to roll back ends what was said before it: until somebody writes an update, the last one is that
    decision, for everybody who had one before. It keeps the promise of the one before: its next update is due when it
    was, and overdue after that, for callers still wait to hear from the desk that it is over.
    """
    said = [item for item in change.updates if item.at <= now and (reader == "desk" or reader in item.readers)]
    said.sort(key=lambda item: item.at)
    made = change.go_no_go
    if change.status == "rolled-back" and made and said and said[-1].at <= made.at <= now:
        last = said[-1]
        back = {"at": made.at, "state": BACK, "text": own_words(change), "known": True}
        due = last.next if last.state != "resolved" else None
        said.append(last.model_copy(update={**back, "checking": None, "expect": None, "next": due}))
    return said
