"""What callers ask for that is not the desk's to do, and whom they call instead."""

from __future__ import annotations

from dataclasses import dataclass

from changebook.book import Book
from changebook.names import not_ours_anchor
from changebook.render.timing import hours_words
from changebook.views.duty import Rota, rota


@dataclass(frozen=True)
class NotThisDesk:
    """Something the desk does not do: what, the words for it, whom to call, and when; "" for what nobody said.

    `rota` is who answers for it if one of the desk's teams does.
    """

    anchor: str
    what: str
    words: tuple[str, ...]
    name: str
    phone: str
    hours: str
    note: str
    rota: Rota | None

    @property
    def call(self) -> str:
        """Whom to call, in words: `Facilities, 4900`."""
        return f"{self.name}, {self.phone}"


def not_this_desk(book: Book) -> list[NotThisDesk]:
    """Return what is not the desk's to do, by what it is."""
    found = []
    for item in book.desk.elsewhere.values():
        team = book.desk.teams[item.team] if item.team else None
        found.append(
            NotThisDesk(
                anchor=not_ours_anchor(item.id),
                what=item.what,
                words=item.words,
                name=team.name if team else item.name or "",
                phone=team.phone if team else item.phone or "",
                hours=hours_words(team.hours) if team else item.hours or "",
                note=item.note or "",
                rota=rota(book.desk, team) if team else None,
            )
        )
    return sorted(found, key=lambda item: item.what.casefold())
