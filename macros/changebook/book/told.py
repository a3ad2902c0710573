"""The sentence of a change as each kind of reader is told it: what the record says, then whom to call."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from changebook.book.book import Book, Desk
from changebook.book.duty import in_line
from changebook.cache.notes import once
from changebook.language import gettext as _
from changebook.model import Change, Team
from changebook.model.change import AUDIENCES, Audience
from changebook.model.scalar import Hours

SENTENCE_WORDS = 30
# What is said of a change that was rolled back, until its record says more.
ROLLED_BACK = "The change was rolled back. Work as you did before it."
# Any week without a clock change; hours are the same in all of them.
_MONDAY = datetime(2026, 1, 12)
_WEEK = frozenset(range(7 * 24))
_NIGHT, _DAYTIME = 2, frozenset(range(8, 18))
_OFF = {(): "", (5, 6): "weekends", (5,): "Saturdays", (6,): "Sundays"}


@dataclass(frozen=True)
class TeamToCall:
    """How the desk escalates, in words that hold at any hour; `ids` are the teams that are tried, in order, and a
    ticket waits in `queue`. Without `ids` nobody is called.
    """

    words: str
    ids: str
    queue: str


def own_words(change: Change) -> str:
    """Return what the record of `change` says in its sentence, with a full stop; of one that was rolled back, that it
    was, until its announcement is of the time after.
    """
    if change.is_outdated:
        return ROLLED_BACK
    said = " ".join(change.sentence.split())
    return said if said.endswith((".", "!", "?")) else f"{said}."


def sentence_for(change: Change, book: Book, reader: Audience) -> str:
    """Return the sentence of `change` as `reader` is told it."""
    return f"{own_words(change)} {whom_to_call(change, book, reader)}".strip()


def whom_to_call(change: Change, book: Book, reader: Audience) -> str:
    """Return whom `reader` calls about `change`: staff and partners the desk, the desk the team that makes it."""
    if reader == "desk":
        return escalation_of(change, book).words
    return _("Questions: {contact}.", contact=desk_contact(book, reader))


def desk_contact(book: Book, reader: Audience) -> str:
    """Return the desk and its number as `reader` dials it: partners and patients dial it from outside."""
    desk = book.desk.settings.desk
    outside = desk.outside_phone if reader in ("partners", "patients") else None
    return f"{desk.name}, {outside or desk.phone}"


def escalation_of(change: Change, book: Book) -> TeamToCall:
    """Return how the desk escalates what is asked about `change`."""
    # A record with a misspelled owner is told of that first.
    return _escalations(book).get(change.owner, TeamToCall("", "", ""))


def room_for_words(change: Change, book: Book) -> int:
    """Return how many words the record's own sentence may have, so that each reader is told SENTENCE_WORDS at most."""
    return SENTENCE_WORDS - max(len(whom_to_call(change, book, reader).split()) for reader in AUDIENCES)


@once  # every page of every change asks for one
def _escalations(book: Book) -> Mapping[str, TeamToCall]:
    desk, clock = book.desk, book.desk.settings.zone
    there = {team.id: _hours_of(team.hours, desk.zone_of(team), clock) for team in desk.teams.values()}
    return {team.id: _escalation(desk, team, there) for team in desk.teams.values()}


def _escalation(desk: Desk, team: Team, there: Mapping[str, frozenset[int]]) -> TeamToCall:
    """Return how the desk escalates to `team`, and to whom while nobody is there; never to the desk itself."""
    if team.phone == desk.settings.desk.phone:
        return TeamToCall(_("Keep it in queue {queue}.", queue=team.queue), "", team.queue)
    line = in_line(desk, team)
    return TeamToCall(_in_words(desk, line, there), " ".join(one.id for one in line), team.queue)


def _in_words(desk: Desk, line: tuple[Team, ...], there: Mapping[str, frozenset[int]]) -> str:
    owner, *others = line
    away = _WEEK - there[owner.id]
    if not away:
        return _("Escalate to {name}, {phone}.", name=owner.name, phone=owner.phone)
    cover = next((other for other in others if away <= there[other.id]), None)
    # On a holiday nobody is there who has hours.
    holidays = bool(desk.settings.closed) and not (cover and cover.hours.shifts)
    instead = f"{cover.name}, {cover.phone}" if cover else _("use queue {queue}", queue=owner.queue)
    return _(
        "Escalate to {name}, {phone}; {hours}, {instead}.",
        name=owner.name,
        phone=owner.phone,
        hours=_hours_away(away, holidays=holidays),
        instead=instead,
    )


@lru_cache(maxsize=256)  # a book that is loaded again has mostly the same teams
def _hours_of(hours: Hours, zone: ZoneInfo, clock: ZoneInfo) -> frozenset[int]:
    """Return the hours of the week, by `clock`, in which a team answers whose hours are meant in `zone`."""
    monday = _MONDAY.replace(tzinfo=clock)
    return frozenset(hour for hour in _WEEK if hours.holds((monday + timedelta(hours=hour)).astimezone(zone)))


def _hours_away(away: Set[int], *, holidays: bool) -> str:
    """Return in a few words when nobody is there: `after hours and holidays`, `nights`, else `other hours`."""
    days = [{hour % 24 for hour in away if hour // 24 == day} for day in range(7)]
    off = tuple(number for number, hours in enumerate(days) if len(hours) == 24)
    worked = [hours for number, hours in enumerate(days) if number not in off]
    nights = any(_NIGHT in hours for hours in worked)
    if off not in _OFF or any(hours >= _DAYTIME for hours in worked) or not (off or nights):
        return _("other hours")
    hours = _("after hours") if nights and off else _("nights") if nights else _(_OFF[off])
    return _("{hours} and holidays", hours=hours) if holidays else hours
