"""When something has to be done, as a badge says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from changebook.render.timing import age_words, time_words


@dataclass(frozen=True)
class Due:
    """A date by which something is done: whether it has passed, and the words for it."""

    late: bool
    words: str


def due_of(moment: datetime | None, now: datetime) -> Due:
    """Return the badge for `moment`: `Late 1 day`, `Due today 15:00`, `Due Wed 9 Dec, 15:00 CST`.

    What is due at no time, or at this very moment, is due now.
    """
    if moment is None or moment == now:
        return Due(False, "Due now")
    if moment < now:
        return Due(True, f"Late {age_words(moment, now).removesuffix(' ago')}")
    if moment.date() == now.date():
        return Due(False, f"Due today {moment:%H:%M}")
    return Due(False, f"Due {time_words(moment, now)}")
