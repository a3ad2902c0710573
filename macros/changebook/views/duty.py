"""Who answers, in words: for a page, which prints hours, and for whoever asks at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from changebook.book import Desk
from changebook.book.duty import OnDuty, in_line, lead_to_call
from changebook.language import gettext as _
from changebook.language import short_day
from changebook.model import Scenario, Team
from changebook.render.prose import dial
from changebook.render.timing import day_words, duration_words, hours_words

_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Post:
    """A team, and the zone of its hours where that is not the book's."""

    team: Team
    zone: str


@dataclass(frozen=True)
class Rota:
    """Whom to call, in order, whatever the time.

    `posts` is the team and who covers, as far as the first that answers 24/7; `ids` names all that may
    cover; `within` is how long to wait for the first, "" when nobody said. Where none `always` answers, a ticket
    waits in `queue`, and `lead`, if there is one, is called.
    """

    posts: tuple[Post, ...]
    ids: str
    within: str
    queue: str
    lead: Team | None
    always: bool

    @property
    def on_paper(self) -> str:
        """Whom to call where no clock helps: the first team, and the number of each next one, with hours, until one
        answers 24/7.
        """
        team = self.posts[0].team
        said = f"{team.name}, {team.phone}{_shifts(self.posts[0])}"
        for before, one in pairwise(self.posts):
            if before.team.hours.shifts:
                said += _("; else {phone}", phone=one.team.phone) + _shifts(one)
        return said


@dataclass(frozen=True)
class Told:
    """One line of who answers: words, what is called and its number, words."""

    before: str
    name: str = ""
    team: Team | None = None
    after: str = ""

    def __str__(self) -> str:
        called = f"{self.name}, {self.team.phone}" if self.team else ""
        return f"{self.before}{called}{self.after}."


def rota(
    desk: Desk, team: Team, *, backup: Team | None = None, within: timedelta | None = None, queue: str | None = None
) -> Rota:
    """Return whom to call for `team`: it, `backup` after `within`, and those that cover for them."""
    teams = in_line(desk, team, backup)
    last = next((number for number, one in enumerate(teams) if not one.hours.shifts), len(teams))
    return Rota(
        posts=tuple(post(desk, one) for one in teams[: max(last + 1, 2)]),
        ids=" ".join(one.id for one in teams),
        within=duration_words(within) if within else "",
        queue=queue or team.queue,
        lead=lead_to_call(desk),
        always=last < len(teams),
    )


def scenario_rota(desk: Desk, scenario: Scenario) -> Rota:
    """Return whom to call for a scenario: its owner, then its backup; tickets wait in its own queue."""
    category = desk.categories[scenario.file_as.category]
    return rota(
        desk,
        desk.teams[scenario.owner],
        backup=desk.teams[scenario.backup],
        within=scenario.backup_after,
        queue=scenario.file_as.queue or desk.teams[category.team].queue,
    )


def post(desk: Desk, team: Team) -> Post:
    """Return a team with the zone of its hours; a team that answers 24/7 needs none."""
    zone = desk.zone_of(team)
    return Post(team, zone.key if team.hours.shifts and zone != desk.settings.zone else "")


def told(duty: OnDuty, within: str = "") -> list[Told]:
    """Return who answers, line by line: who does now, then who does not yet, or who is next after `within`."""
    if duty.team:
        lines = [Told(_("Now: "), duty.team.name, duty.team)]
    elif duty.lead:
        lines = [
            Told(
                _("Nobody on call. Put it in queue {queue} and call the ", queue=duty.queue),
                _("desk lead"),
                duty.lead,
            )
        ]
    else:
        lines = [Told(_("Nobody on call. Put it in queue {queue}", queue=duty.queue))]
    if duty.then and not duty.closed:
        lines.append(Told((f"{_no_answer(within)}: "), duty.then.name, duty.then))
    lines += [Told("", one.team.name, one.team, f", {opens_words(one.opens, duty.at)}") for one in duty.closed]
    return lines


def _no_answer(within: str) -> str:
    return _("No answer in {within}", within=within) if within else _("No answer")


def _there(one: Post) -> str:
    return f"{hours_words(one.team.hours)}{one.zone and _(' in {zone}', zone=one.zone)}"


def _shifts(one: Post) -> str:
    return f", {_there(one)}" if one.team.hours.shifts else ""


def hours_told(rota: Rota) -> list[str]:
    """Return whom to call with the hours of each, line by line, as one prints what no clock reads."""
    wait = _no_answer(rota.within) if rota.within else _("Otherwise")
    lines = []
    for number, one in enumerate(rota.posts):
        before = f"{wait}: " if number == 1 else _("Then: ") if number else ""
        lines.append(f"{before}{one.team.name}, {one.team.phone}, {_there(one)}.")
    if not rota.always:
        lead = _(" and the desk lead, {phone}", phone=rota.lead.phone) if rota.lead else ""
        lines.append(_("Nobody on call: queue {queue}{lead}.", queue=rota.queue, lead=lead))
    return lines


def duty_words(duty: OnDuty, within: str = "") -> str:
    """Return who answers as one text, as a terminal prints it."""
    return " ".join(map(str, told(duty, within)))


def plain_duty(duty: OnDuty) -> dict[str, str | None]:
    """Return who answers for other programs: the team and its number, None when nobody does, and the words."""
    team = duty.team
    return {"team": team.name if team else None, "phone": team.phone if team else None, "says": duty_words(duty)}


def opens_words(opens: datetime | None, at: datetime) -> str:
    """Return when a team opens as seen at `at`, both in the book's zone: `opens Mon 07:00`."""
    if not opens:
        return "closed"
    ahead = opens.date() - at.date()
    day = _("today") if not ahead else short_day(opens) if ahead < _WEEK else f"{day_words(opens, at)},"
    return _("opens {day} {opens:%H:%M}", day=day, opens=opens)


def duty_table(desk: Desk) -> dict[str, Any]:
    """Return what a browser needs to tell who answers: zones, hours (days, 0 being Monday; minutes), days off."""
    lead = lead_to_call(desk)
    return {
        "zone": desk.settings.zone.key,
        "closed": sorted(day.isoformat() for day in desk.settings.closed),
        "lead": lead.id if lead else None,
        "teams": {
            team.id: {
                "name": team.name,
                "phone": team.phone,
                "dial": dial(team.phone),
                "zone": desk.zone_of(team).key,
                "shifts": [[sorted(shift.days), shift.start, shift.end] for shift in team.hours.shifts],
            }
            for team in desk.teams.values()
        },
    }
