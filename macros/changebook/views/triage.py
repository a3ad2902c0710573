"""What to ask a caller whom no page helps, and who decides what happens then."""

from __future__ import annotations

from dataclasses import dataclass

from changebook.book import Book
from changebook.views.duty import Rota, rota
from changebook.views.on_call import on_call_page


@dataclass(frozen=True)
class Triage:
    """The desk's three questions, and whom to call with the answers; None where a desk has no other team."""

    asks: tuple[str, ...]
    rota: Rota | None


def triage(book: Book) -> Triage:
    """Return what to ask, and whom to call: the desk's lead, else the first team of the On call page but the desk."""
    settings = book.desk.settings
    teams = (one for one in on_call_page(book).teams if one.leads or one.post.team.phone != settings.desk.phone)
    first = next(teams, None)
    return Triage(settings.triage, rota(book.desk, first.post.team) if first else None)
