"""Whom to call: the page with every number, each team, and what is not the desk's to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from changebook.book import Book
from changebook.book.duty import lead_to_call
from changebook.language import gettext
from changebook.language.catalog import catalog
from changebook.model import Partner, Team
from changebook.names import ON_CALL, team_address
from changebook.render.prose import number, plain_prose
from changebook.render.timing import hours_words
from changebook.search.codes import duty_card
from changebook.search.document import Document
from changebook.views.duty import rota
from changebook.views.elsewhere import not_this_desk

Card = dict[str, Any]
_NUMBER = re.compile(r"\b[0-9]{4,}\b")
# What people type who want the page with every number.
ASKED = (
    "on call",
    "oncall list",
    "on call list",
    "on call schedule",
    "who is on call",
    "who's on call",
    "who is on call now",
    "who answers now",
    "who do I call",
    "phone list",
    "phone numbers",
    "phone book",
    "phone directory",
    "call list",
    "contact list",
    "contacts",
)


def numbers(book: Book) -> Iterator[Document]:
    """Yield the page with every number, then the teams."""
    desk, _ = book.desk, catalog(book.desk.settings.language).gettext
    asked = tuple(dict.fromkeys(map(_, ASKED)))
    lead = lead_to_call(desk)
    fields = {
        "callers": asked,
        "title": (_("On call"),),
        "about": (
            _("who answers now, whom to call, extensions, hours, queues, escalation list, desk lead, not this desk"),
        ),
    }
    card: Card = {"line": _("Who answers now, and every team's number, hours and queue."), "note": _("Phone list")}
    if lead:
        card |= team_card(book, lead)
    own = desk.settings.desk.phone  # whoever searches is there already
    yield Document("team", ON_CALL, _("On call"), fields, card, keys=(*asked, own))
    for team in desk.teams.values():
        if team.phone != own:
            yield _team(book, team)


def not_ours_documents(book: Book) -> Iterator[Document]:
    """Yield what callers ask for that is not the desk's to do, found by their words as a symptom is."""
    for item in not_this_desk(book):
        fields = {"callers": item.words, "title": (item.what,), "about": (item.name, item.note)}
        said = (item.call, *filter(None, (item.hours,)))
        line = f"{', '.join(said)}.{f' {plain_prose(item.note)}' if item.note else ''}"
        card: Card = {"label": gettext("Not this desk"), "line": line, "phone": item.phone, "hours": item.hours}
        if item.rota:
            card["duty"] = duty_card(item.rota)
        yield Document("elsewhere", f"{ON_CALL}#{item.anchor}", item.what, fields, card)


def team_card(book: Book, team: Team) -> Card:
    """Return what a result shows of whoever answers for it: a team's number, and who answers now."""
    return {"phone": team.phone, "duty": duty_card(rota(book.desk, team))}


def partner_card(book: Book, partner: Partner) -> Card:
    """Return what a result shows of whom to call about a partner: its own number, and who here answers for it now."""
    own: Card = {"phone": found} if (found := number(partner.contact)) else {}
    first = book.desk.systems[partner.systems[0]] if partner.systems else None
    return team_card(book, book.desk.teams[first.owner]) | own if first else own


def _team(book: Book, team: Team) -> Document:
    """Return the document of a team: found by its name, number and queue, and by what it does and owns."""
    desk = book.desk
    categories = [category for category in desk.categories.values() if category.team == team.id]
    systems = [system for system in desk.systems.values() if system.owner == team.id]
    scenarios = [scenario for scenario in desk.scenarios.values() if scenario.owner == team.id]
    leads = ("desk lead", "shift lead", "bridge") if team.id == desk.settings.lead else ()
    fields = {
        "callers": (f"who is on call for {team.name}, its phone number, its extension", *leads),
        "title": (team.name,),
        "about": (
            *(team.does, team.queue, team.phone),
            *(category.name for category in categories),
            *(system.name for system in systems),
            *(scenario.title for scenario in scenarios),
        ),
    }
    told = (*leads, *_NUMBER.findall(team.does))
    keys = (team.name, *told, team.phone, team.queue, *(text for one in categories for text in (one.name, one.id)))
    queue = gettext("queue {queue}", queue=team.queue)
    line = f"{team.phone}, {hours_words(team.hours)}, {queue}. {plain_prose(team.does)}"
    card: Card = {"line": line, **team_card(book, team)}
    return Document("team", team_address(team.id), team.name, fields, card, keys=tuple(dict.fromkeys(keys)))
