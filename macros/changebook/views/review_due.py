"""When an article must be read again, as a badge says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from changebook.render.timing import day_words


@dataclass(frozen=True)
class ReviewDue:
    """The last day on which an article may be read again, when that day has passed, whether it has, and the words."""

    day: date
    passes: datetime
    late: bool
    words: str


def review_due(day: date, now: datetime) -> ReviewDue:
    """Return the badge for a review date: `Late 3 days`, `Due today`, `Review by Wed 16 Dec`."""
    passes = datetime.combine(day + timedelta(days=1), time.min, now.tzinfo)
    days = (now.date() - day).days
    if days > 0:
        return ReviewDue(day, passes, True, f"Late {days} day{'' if days == 1 else 's'}")
    return ReviewDue(day, passes, False, f"Review by {day_words(day, now)}" if days else "Due today")
