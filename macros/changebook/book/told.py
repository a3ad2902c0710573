"""The sentence of a change as each kind of reader is told it: what the record says, then whom to call."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import datetime, timedelta
from functools import lru_cache
from typing import get_args

from changebook.book.book import Book, Desk
from changebook.book.duty import in_line
from changebook.model import Change, Team
from changebook.model.change import Audience

SENTENCE_WORDS = 30
# Any week without a clock change; hours are the same in all of them.
_MONDAY = datetime(2026, 1, 12)
_WEEK = frozenset(range(7 * 24))
_NIGHT, _DAYTIME = 2, frozenset(range(8, 18))
_OFF = {(): "", (5, 6): "weekends", (5,): "Saturdays", (6,): "Sundays"}


def sentence_for(change: Change, book: Book, reader: Audience) -> str:
    """Return the sentence of `change` as `reader` is told it."""
    said = " ".join(change.sentence.split())
    whole = said if said.endswith((".", "!", "?")) else f"{said}."
    return f"{whole} {whom_to_call(change, book, reader)}".strip()


def whom_to_call(change: Change, book: Book, reader: Audience) -> str:
    """Return whom `reader` calls about `change`: staff and partners the desk, the desk the team that makes it."""
    desk = book.desk.settings.desk
    if reader == "desk":
        # A record with a misspelled owner is told of that first.
        return _escalations(book).get(change.owner, "")
    return f"Questions: {desk.name}, {desk.phone}."


def room_for_words(change: Change, book: Book) -> int:
    """Return how many words the record's own sentence may have, so that each reader is told SENTENCE_WORDS at most."""
    return SENTENCE_WORDS - max(len(whom_to_call(change, book, reader).split()) for reader in get_args(Audience))


@lru_cache(maxsize=1)  # every page of every change asks for one
def _escalations(book: Book) -> Mapping[str, str]:
    there = {team.id: _hours_of(book.desk, team) for team in book.desk.teams.values()}
    return {team.id: _escalation(book.desk, team, there) for team in book.desk.teams.values()}


def _escalation(desk: Desk, team: Team, there: Mapping[str, frozenset[int]]) -> str:
    """Return how the desk escalates to `team`, and to whom while nobody is there; never to the desk itself."""
    if team.phone == desk.settings.desk.phone:
        return f"Keep it in queue {team.queue}."
    owner, *others = in_line(desk, team)
    away = _WEEK - there[owner.id]
    if not away:
        return f"Escalate to {owner.name}, {owner.phone}."
    cover = next((other for other in others if away <= there[other.id]), None)
    instead = f"{cover.name}, {cover.phone}" if cover else f"use queue {owner.queue}"
    return f"Escalate to {owner.name}, {owner.phone}; {_hours_away(away)} {instead}."


def _hours_of(desk: Desk, team: Team) -> frozenset[int]:
    """Return the hours of the week, by the book's clock, at which a team answers."""
    if not team.hours.shifts:
        return _WEEK
    monday = _MONDAY.replace(tzinfo=desk.settings.zone)
    return frozenset(hour for hour in _WEEK if desk.answers(team, monday + timedelta(hours=hour)))


def _hours_away(away: Set[int]) -> str:
    """Return in a word or two when nobody is there: `nights and weekends`, else `other hours`."""
    days = [{hour % 24 for hour in away if hour // 24 == day} for day in range(7)]
    off = tuple(number for number, hours in enumerate(days) if len(hours) == 24)
    worked = [hours for number, hours in enumerate(days) if number not in off]
    nights = any(_NIGHT in hours for hours in worked)
    if off not in _OFF or any(hours >= _DAYTIME for hours in worked) or not (off or nights):
        return "other hours"
    return " and ".join(filter(None, ("nights" if nights else "", _OFF[off])))
