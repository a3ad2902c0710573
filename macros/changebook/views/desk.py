"""What the pages about the desk's own lists show: outages, first responses, user groups, partners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from changebook.book import Book
from changebook.book.codes import reference
from changebook.language import gettext as _
from changebook.model import Change, Group, Outage, Partner, System, Team, Workflow
from changebook.model.settings import ServiceDesk
from changebook.model.status import GONE, PLANNED, SETTLED
from changebook.render.timing import coming, is_suspect, suspects
from changebook.views.change import Asked, asks_of
from changebook.views.duty import Rota, scenario_rota
from changebook.views.finding import Choice, Find, Folded, Year, find, folded, years
from changebook.views.guidance import Link, playbook_link
from changebook.views.told import Topic, outages_told, told_of
from changebook.views.updates import Word

# Responses of recent changes that are shown at first.
RECENT_SHOWN = 6


@dataclass(frozen=True)
class KnownOutage:
    """A known outage: of what, who owns it and whom to call for it (of the desk itself, nobody else), the system's id
    if it is one, the systems it is of, when its next update is due, whether that is overdue, and what was said before.
    """

    outage: Outage
    name: str
    owner: Team | ServiceDesk
    rota: Rota | None
    system: str
    systems: tuple[str, ...]
    next: datetime
    overdue: bool
    earlier: list[Word]


@dataclass(frozen=True)
class Response:
    """A first response: the playbook it belongs to, its change if it is one's, when to use it, what a ticket then
    names, and what callers are told of the change.
    """

    playbook: Link
    anchor: str
    change: Change | None
    callers_say: tuple[str, ...]
    text: str
    reference: str
    rota: Rota
    told: Topic | None


@dataclass(frozen=True)
class Responses:
    """The first responses of recent changes and of the playbooks, and the filters over them."""

    find: Find
    recent: Folded[Response]
    standing: Folded[Response]


@dataclass(frozen=True)
class AudiencePage:
    """A user group or partner: its workflows or systems, what changes for it, what a partner has to do, and what it
    asks.
    """

    who: Group | Partner
    workflows: list[Workflow]
    systems: list[System]
    current: Folded[Change]
    planned: Folded[Change]
    earlier: list[Year]
    to_do: list[tuple[Change, tuple[str, ...]]]
    asks: Folded[tuple[Change, list[Asked]]]


def outages(book: Book, systems: tuple[str, ...] | None = None) -> list[KnownOutage]:
    """Return known outages, down before degraded, the oldest first; of `systems` and their partners, or all."""
    desk, found = book.desk, []
    for topic in outages_told(book):
        outage, touched = topic.outage, topic.systems
        if not outage or outage.state == "ok" or not (systems is None or set(touched) & set(systems)):
            continue
        owner = desk.teams[desk.systems[touched[0]].owner] if touched else desk.settings.desk
        system = "" if outage.id in desk.partners else outage.id
        due = outage.next_update or outage.said_at
        known = (system, touched, due, due < book.now, topic.words[1:])
        found.append(KnownOutage(outage, topic.name, owner, topic.rota, *known))
    return sorted(found, key=lambda item: (item.outage.state != "down", item.outage.since, item.outage.id))


def responses(book: Book) -> Responses:
    """Return the first responses: those of suspect changes, then the general ones by title."""
    desk, standing = book.desk, list[Response]()
    recent = [item for change in suspects(book) for item in responses_of(book, change) if item.change]
    for scenario in sorted(desk.scenarios.values(), key=lambda scenario: scenario.title.casefold()):
        link, to_call = playbook_link(book, scenario.id, change=None), scenario_rota(desk, scenario)
        said = (scenario.callers_say[:3], scenario.first_response, reference(scenario))
        standing.append(Response(link, scenario.id, None, *said, to_call, None))
    origin = [("recent", _("Recent changes")), ("standing", _("Playbooks"))] if recent else []
    return Responses(
        find=find(_("responses"), len(recent) + len(standing), Choice("from", _("From"), _("All"), origin)),
        recent=folded(recent, shown=RECENT_SHOWN),
        standing=folded(standing),
    )


def responses_of(book: Book, change: Change) -> list[Response]:
    """Return the first response of each playbook of a change; one that the general playbook gives has no change."""
    found = []
    for own, playbook in change.playbooks_by_id().items():
        scenario = book.desk.scenarios[playbook.scenario]
        link = playbook_link(book, own, change=change)
        words = (playbook.callers_say or scenario.callers_say)[:3]
        to_call, name = scenario_rota(book.desk, scenario), f"{change.id}--{own}"
        text, of = playbook.first_response or scenario.first_response, change if playbook.first_response else None
        said = (words, text, reference(scenario, of), to_call, told_of(book, change))
        found.append(Response(link, name, of, *said))
    return found


def audience_page(book: Book, who: Group | Partner) -> AudiencePage:
    """Return what the page of a user group or partner shows."""
    desk = book.desk
    touching = [item for item in book.changes.values() if who.id in (*item.affects.groups, *item.affects.partners)]
    names = {change.id for change in touching}
    current = [change for change in suspects(book) if change.id in names]
    planned = [change for change in coming(book, 60) if change.id in names and change.status in PLANNED]
    settled = [change for change in touching if change.status in SETTLED]
    return AudiencePage(
        who=who,
        workflows=[item for item in desk.workflows.values() if who.id in item.groups],
        systems=[desk.systems[name] for name in who.systems] if isinstance(who, Partner) else [],
        current=folded(current),
        planned=folded(planned),
        earlier=years(change for change in settled if not is_suspect(change, book.now)),
        to_do=[
            (change, lines)
            for change in (*current, *planned)
            if change.status not in GONE and change.announcement and (lines := change.announcement.to_do_of(who.id))
        ],
        asks=folded(asks_of(book, who.id, among=(*current, *planned))),
    )
