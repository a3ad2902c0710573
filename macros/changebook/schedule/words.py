"""What the calendar's rules say: which changes, how far apart, and what two of them share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from changebook.language import TimeUnit, amount, plural, short_date
from changebook.language import gettext as _
from changebook.schedule.golives import Booking

_NAMED = 3
_DAY = 86400
_UNITS: tuple[tuple[int, TimeUnit], ...] = ((_DAY, "day"), (3600, "hour"), (60, "minute"))
# What two changes share: the one that is named, so many more of its kind, and so many of another.
_THE = {
    "groups": "the user group {name}",
    "categories": "the ticket category {name}",
    "partners": "the partner {name}",
    "playbooks": "the playbook {name}",
}
_OTHER: Mapping[str, Callable[[int], str]] = {
    "groups": lambda count: plural(count, "{count} other user group", "{count} other groups"),
    "categories": lambda count: plural(count, "{count} other ticket category", "{count} other categories"),
    "partners": lambda count: plural(count, "{count} other partner", "{count} other partners"),
    "playbooks": lambda count: plural(count, "{count} other playbook", "{count} other playbooks"),
}
_COUNTED: Mapping[str, Callable[[int], str]] = {
    "groups": lambda count: plural(count, "{count} user group", "{count} groups"),
    "categories": lambda count: plural(count, "{count} ticket category", "{count} categories"),
    "partners": lambda count: plural(count, "{count} partner", "{count} partners"),
    "playbooks": lambda count: plural(count, "{count} playbook", "{count} playbooks"),
}


def shared_words(shared: list[tuple[str, str]], called: str) -> str:
    """Return in words what is shared, the first named as `called`: "Nurses, 1 other user group and 1 playbook"."""
    first, counts = shared[0][0], Counter(kind for kind, _ in shared[1:])
    named = [called if first in counts else _(_THE[first], name=called)]
    named += [
        (_OTHER if kind == first else _COUNTED)[kind](count).format(count=count) for kind, count in counts.items()
    ]
    return _and(named)


def listed_words(items: Iterable[Booking]) -> str:
    """Return the names of changes, at most three and how many more: `A, B and C`."""
    names = list(dict.fromkeys(item.name for item in items))
    more = [_("{count} more", count=len(names) - _NAMED)] if len(names) > _NAMED else []
    return _and([*names[:_NAMED], *more])


def _and(words: list[str]) -> str:
    return _(" and ").join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def apart_words(item: Booking, other: Booking) -> str:
    """Return how far a go-live is from another: `2 days after Claims API 2.4`."""
    if other.ends > item.begins and other.begins < item.ends:
        return _("at the same time as {name}", name=other.name)
    later = other.ends <= item.begins
    apart = item.begins - other.ends if later else other.begins - item.ends
    if not apart:
        return _("right after {name}", name=other.name) if later else _("right before {name}", name=other.name)
    span, name = span_of_time(apart), other.name
    return _("{span} after {name}", span=span, name=name) if later else _("{span} before {name}", span=span, name=name)


def calendar_time(moment: datetime) -> str:
    """Return a time: `Wed 2 Dec, 21:00`."""
    return f"{short_date(moment)}, {moment:%H:%M}"


def span_of_time(seconds: float) -> str:
    """Return a span of time in the largest unit that fits; days only where it is whole ones, or two and more."""
    for size, unit in _UNITS:
        if seconds >= size and (unit != "day" or seconds >= 2 * _DAY or seconds % _DAY == 0):
            return amount(int(seconds // size), unit)
    return amount(0, "minute")
