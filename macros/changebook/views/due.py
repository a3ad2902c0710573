"""When something has to be done or an article read again, as a badge says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from changebook.render.timing import age_words, day_words, time_words


@dataclass(frozen=True)
class Due:
    """A date by which something is done: whether it has passed, and the words for it.

    With `passes`, a page that is read after that moment says that it is late; with `since`, by how much.
    """

    late: bool
    words: str
    passes: datetime | None = None
    since: datetime | None = None


def due_of(moment: datetime | None, now: datetime) -> Due:
    """Return the badge for `moment`: `1 day late`, `Due today 15:00`, `Due Wed 9 Dec, 15:00 CST`.

    What is due at no time, or at this very moment, is due now.
    """
    if moment is None or moment == now:
        return Due(False, "Due now")
    if moment < now:
        return Due(True, f"{age_words(moment, now).removesuffix(' ago')} late", since=moment)
    if moment.date() == now.date():
        return Due(False, f"Due today {moment:%H:%M}")
    return Due(False, f"Due {time_words(moment, now)}")


@dataclass(frozen=True)
class ReviewDue:
    """The last day on which an article may be read again, when that day has passed, whether it has, and the words."""

    day: date
    passes: datetime
    late: bool
    words: str


def review_due(day: date, now: datetime) -> ReviewDue:
    """Return the badge for a review date: `3 days late`, `Due today`, `Review by Wed 16 Dec`."""
    passes = datetime.combine(day + timedelta(days=1), time.min, now.tzinfo)
    days = (now.date() - day).days
    if days > 0:
        return ReviewDue(day, passes, True, f"{days} day{'' if days == 1 else 's'} late")
    return ReviewDue(day, passes, False, f"Review by {day_words(day, now)}" if days else "Due today")
