"""The telephone numbers that a desk knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from changebook.book import Book
from changebook.cache.notes import once
from changebook.render.prose import dial, number

# What may be a year, or an amount.
_NONE = re.compile(r"(?:19|20)[0-9]{2}|[0-9]{,3}")
# A bridge says more than its number: `Bridge 6601 from 18:45`.
_BRIDGE = re.compile(r"(?<![\w#./:@-])\+?[0-9][0-9 -]+[0-9](?![\w:/@])")


@once  # every page asks for them
def dialed(book: Book) -> dict[str, str]:
    """Return the address that dials each number of the desk, as it is written: its teams', its bridges', its partners',
    and those of what it does not do. Its own it does not call.
    """
    own = (book.desk.settings.desk.phone, book.desk.settings.desk.outside_phone)
    return {one: dial(one) for one in _numbers(book) if one and one not in own and not _NONE.fullmatch(one)}


def _numbers(book: Book) -> Iterator[str | None]:
    desk = book.desk
    yield from (team.phone for team in desk.teams.values())
    yield from (item.phone for item in desk.elsewhere.values())
    yield from (number(partner.contact) for partner in desk.partners.values())
    for change in book.changes.values():
        found = _BRIDGE.search(change.bridge.channel) if change.bridge else None
        yield found and found[0]
