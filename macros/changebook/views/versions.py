"""How long the former versions of an exchange answer, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

from changebook.language import gettext as _
from changebook.model.contract import Version
from changebook.render.timing import date_words


def endings(version: Version, now: datetime, *, words: Callable[[date, datetime], str] = date_words) -> Iterator[str]:
    """Yield a sentence for each former version with a last day, on which it still works; `words` writes that day."""
    for name, last in ((version.old, version.old_until), *((former.version, former.until) for former in version.older)):
        if last:
            over = _("{version} stopped working after {day}.", version=name, day=words(last, now))
            yield over if last < now.date() else _("{version} works through {day}.", version=name, day=words(last, now))
