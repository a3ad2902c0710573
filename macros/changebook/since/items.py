"""A record to the guidance in it, as lines of text that can be compared: what a page says, not how a file writes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from changebook.book import Desk
from changebook.language import gettext as _
from changebook.language import short_date, thousands
from changebook.model import Change, Partner, Record, Scenario, Settings, Team
from changebook.model.launch import KnownError
from changebook.model.playbook import Check, Guidance
from changebook.render.timing import duration_words, hours_words

What = Literal["playbook", "error", "team", "partner", "desk", "bridge"]
# Parts whose order says something; of all others only what is in them does.
CHECK = "Check"
FIRST_RESPONSE, NUMBER = "First response", "Number"
_THEN = ("done", "next", "escalate")


@dataclass(frozen=True)
class ItemKey:
    """Which guidance it is: what, the id of its change if it is of one, and its own id."""

    what: What
    change: str
    id: str


@dataclass(frozen=True)
class Piece:
    """One piece of guidance: what it is called, and its lines by the name of their part."""

    title: str
    parts: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class NameWords:
    """What ids are called today; `ids` leads from the kind and id of a record that is gone to the id it has now.

    `titles` holds what records were called, by the same, for those that have no other id either.
    """

    desk: Desk
    ids: Mapping[tuple[str, str], str] = field(default_factory=dict)
    titles: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def id(self, kind: str, name: str) -> str:
        """Return the id that a record has today."""
        return self.ids.get((kind, name), name)

    def team(self, name: str) -> str:
        """Return what a team is called, or was called last, its id where nobody knows."""
        team = self.desk.teams.get(self.id("team", name))
        return team.name if team else self.titles.get(("team", name), name)

    def scenario(self, name: str) -> str:
        """Return what the playbook of a scenario is called, or was called last, its id where nobody knows."""
        scenario = self.desk.scenarios.get(self.id("scenario", name))
        return scenario.title if scenario else self.titles.get(("scenario", name), name)

    def category(self, name: str) -> str:
        """Return what a ticket category is called."""
        category = self.desk.categories.get(name)
        return category.name if category else name


def items_of(record: Record, words: NameWords) -> dict[ItemKey, Piece]:
    """Return the guidance in a record. Where its lines break is the file's business."""
    return {key: Piece(item.title, _unbroken(item.parts)) for key, item in _items(record, words).items()}


def _unbroken(parts: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {part: tuple(" ".join(line.split()) for line in lines) for part, lines in parts.items()}


def _items(record: Record, words: NameWords) -> dict[ItemKey, Piece]:
    if isinstance(record, Change):
        return dict(_of_change(record, words))
    if isinstance(record, Scenario):
        key = ItemKey("playbook", "", words.id("scenario", record.id))
        return {key: Piece(record.title, _guidance(record, words) | _standing(record, words))}
    if isinstance(record, Team):
        return {ItemKey("team", "", words.id("team", record.id)): Piece(record.name, _team(record, words))}
    if isinstance(record, Partner):
        return {ItemKey("partner", "", words.id("partner", record.id)): _number(record.name, record.contact)}
    if isinstance(record, Settings):
        return {ItemKey("desk", "", ""): Piece(record.desk.name, _desk(record, words))}
    return {}


def _of_change(change: Change, words: NameWords) -> Iterator[tuple[ItemKey, Piece]]:
    name = words.id("change", change.id)
    for own, playbook in change.playbooks_by_id().items():
        title = playbook.title or words.scenario(playbook.scenario)
        key = ItemKey("playbook", name, words.id("scenario", own) if own == playbook.scenario else own)
        yield key, Piece(title, _guidance(playbook, words))
    for error in change.known_errors:
        yield ItemKey("error", name, error.number), Piece(error.title, _error(error, words))
    if change.bridge:
        yield ItemKey("bridge", name, ""), _number(_("Bridge"), change.bridge.channel)


def _number(name: str, phone: str) -> Piece:
    return Piece(name, {NUMBER: (phone,)})


def _team(team: Team, words: NameWords) -> dict[str, tuple[str, ...]]:
    zone = _(" in {zone}", zone=team.zone.key) if team.zone else ""
    return {
        NUMBER: (team.phone,),
        "Hours": (f"{hours_words(team.hours)}{zone}",),
        "Backup": (words.team(team.backup),) if team.backup else (),
        "Queue": (team.queue,),
    }


def _desk(settings: Settings, words: NameWords) -> dict[str, tuple[str, ...]]:
    return {
        NUMBER: (settings.desk.phone,),
        "Hours": (hours_words(settings.desk.hours),),
        "Lead": (words.team(settings.lead),) if settings.lead else (),
        "Holiday": tuple(f"{short_date(one.day)} {one.day.year}, {one.name}" for one in settings.holidays),
    }


def _guidance(guide: Guidance, words: NameWords) -> dict[str, tuple[str, ...]]:
    filed = guide.file_as
    category = words.category(filed.category) if filed else ""
    ticket = _("{category}, priority {priority}", category=category, priority=filed.priority) if filed else ""
    queue = _(", queue {queue}", queue=filed.queue) if filed and filed.queue else ""
    return {
        "Title": (guide.title,) if guide.title else (),
        "Caller's words": guide.callers_say,
        "Sign of something else": tuple(
            f"{_clause(one.when)}: {words.scenario(one.scenario)}" for one in guide.otherwise
        ),
        "Code": guide.codes,
        "Ticket": (f"{ticket}{queue}",) if filed else (),
        CHECK: tuple(_check(check, words) for check in guide.checks),
        FIRST_RESPONSE: (guide.first_response,) if guide.first_response else (),
        "Escalation": tuple(_calls(guide, words)),
        "Severity": tuple(_worse(guide)),
        "Workaround": guide.workaround,
        "Rollback": guide.rollback,
    }


def _standing(scenario: Scenario, words: NameWords) -> dict[str, tuple[str, ...]]:
    owner = _whom(words, scenario.owner, scenario.backup, scenario.backup_after)
    return {"About": (scenario.about,), "Owner": (owner,)}


def _whom(words: NameWords, name: str, backup: str, within: timedelta | None) -> str:
    said = _("{team}, then {backup} after {time}") if within else _("{team}, then {backup}")
    return said.format(team=words.team(name), backup=words.team(backup), time=duration_words(within or timedelta()))


def _check(check: Check, words: NameWords) -> str:
    results = []
    for result in check.results:
        known = result.then in _THEN
        then = _(result.then) if known else _("go to {playbook}", playbook=words.scenario(result.then))
        to = _(" to {team}", team=words.team(result.to)) if result.to else ""
        results.append(f"{_clause(result.if_)}: {f'{_clause(result.do)}, ' if result.do else ''}{then}{to}")
    return f"{_clause(check.do)}. {'; '.join(results)}."


def _calls(guide: Guidance, words: NameWords) -> Iterator[str]:
    for one in guide.escalate:
        whom = _whom(words, one.to, one.backup, one.within)
        give = _(" Give: {facts}.", facts=", ".join(one.give)) if one.give else ""
        yield f"{_clause(one.when)}: {whom}.{give}"


def _worse(guide: Guidance) -> Iterator[str]:
    for one in guide.severity:
        do = f" {_clause(one.do)}." if one.do else ""
        cadence = _(" Update every {time}.", time=duration_words(one.cadence).removeprefix("1 ")) if one.cadence else ""
        yield _("Sev {level}: {when}.", level=one.level, when=_clause(one.when)) + do + cadence


def _error(error: KnownError, words: NameWords) -> dict[str, tuple[str, ...]]:
    return {
        "Title": (error.title,),
        "State": (error.state,),
        "Workaround": (error.workaround,),
        "Playbook": (words.scenario(error.scenario),) if error.scenario else (),
        "People affected": (thousands(error.affected),) if error.affected else (),
        "Fix owner": (words.team(error.owner),),
    }


def _clause(text: str) -> str:
    return text.removesuffix(".")
