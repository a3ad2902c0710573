"""Every team: its number, queue and hours, and who answers for it; and whom to call for what is not the desk's."""

from __future__ import annotations

from dataclasses import dataclass

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model.settings import Holiday
from changebook.views.duty import Post, Rota, post, rota
from changebook.views.elsewhere import NotThisDesk, not_this_desk
from changebook.views.finding import Find, find


@dataclass(frozen=True)
class OnCall:
    """A team, who covers for it, and whether it leads the desk."""

    post: Post
    rota: Rota
    leads: bool


@dataclass(frozen=True)
class OnCallPage:
    """Every team in the order of the page, days off to come, what is not the desk's, and the filter over all."""

    find: Find
    teams: list[OnCall]
    holidays: list[Holiday]
    elsewhere: list[NotThisDesk]


def on_call_page(book: Book) -> OnCallPage:
    """Return every team: the desk's lead, those that answer 24/7, then the others, each by name."""
    desk = book.desk
    found = [OnCall(post(desk, team), rota(desk, team), team.id == desk.settings.lead) for team in desk.teams.values()]
    elsewhere = not_this_desk(book)
    found.sort(key=lambda one: (not one.leads, bool(one.post.team.hours.shifts), one.post.team.name.casefold()))
    every = find(_("numbers"), len(found) + len(elsewhere))
    return OnCallPage(every, found, holidays_ahead(book), elsewhere)


def holidays_ahead(book: Book) -> list[Holiday]:
    """Return the days off from today on, the next first."""
    ahead = [item for item in book.desk.settings.holidays if item.day >= book.now.date()]
    return sorted(ahead, key=lambda item: item.day)
