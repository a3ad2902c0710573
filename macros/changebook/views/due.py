"""When something has to be done or an article read again, as a badge says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from changebook.language import amount, plural
from changebook.language import gettext as _
from changebook.render.timing import day_words, distance, time_words


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
        return Due(False, _("Due now"))
    if moment < now:
        number, unit = distance(moment, now)
        return Due(True, _("{amount} late", amount=amount(-number, unit)), since=moment)
    if moment.date() == now.date():
        return Due(False, _("Due today {moment:%H:%M}", moment=moment))
    return Due(False, _("Due {time}", time=time_words(moment, now)))


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
        return ReviewDue(day, passes, True, _("{amount} late", amount=f"{days} {plural(days, 'day', 'days')}"))
    return ReviewDue(day, passes, False, _("Review by {day}", day=day_words(day, now)) if days else _("Due today"))
