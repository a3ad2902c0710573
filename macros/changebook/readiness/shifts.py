"""Gaps in who is on call: whoever leads or decides while a change is made, and somebody for every scenario."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from changebook.book import Book
from changebook.book.duty import in_line, lead_to_call
from changebook.language import gettext as _
from changebook.language import long_day
from changebook.model import Change, Team
from changebook.model.phases import Period
from changebook.model.status import PLANNED
from changebook.model.timeline import spans_of
from changebook.readiness.gap import Gap, gap
from changebook.readiness.rules import gap_rule


@gap_rule("nobody-answers", "harm-unanswered")
def gap_shifts(change: Change, book: Book) -> Iterator[Gap]:
    """When the window of a planned change, or a phase to come, starts and when it ends, the team that leads the bridge
    and the one that decides on a rollback answer, or their backups do; where there are hazards, so does the team to
    call about possible harm: `nobody-answers/TEAM`, `harm-unanswered/TEAM`.
    """
    spans = [span for span in spans_of(change) if change.status in PLANNED or _is_to_come(change, book, span)]
    harm = book.desk.settings.harm if change.safety and change.safety.hazards else None
    needed = (
        ("nobody-answers", ("bridge", "lead"), change.bridge and change.bridge.lead),
        ("nobody-answers", ("rollback", "decided_by"), change.rollback and change.rollback.decided_by),
        ("harm-unanswered", ("safety", "hazards"), harm and harm.call),
    )
    for kind, steps, name in needed:
        team = book.desk.teams.get(name or "")
        moments = (moment for span in spans for moment in (span.start, span.end))
        away = [moment for moment in moments if team and not _anybody(book, team, moment)]
        if team and away:
            said = _(
                "{name} does not answer at {away:%Y-%m-%d %H:%M}, nor does a backup; name who does",
                name=team.name,
                away=away[0],
            )
            yield gap(change, book, f"{kind}/{team.id}", steps, said)


@gap_rule("nobody-on-call", of_desk=True)
def gap_hours(book: Book) -> Iterator[Gap]:
    """In every hour of a week without holidays, somebody answers for a scenario: its owner, its backup, their own
    backups, or the desk's lead; a backup or lead with the desk's own number is nobody: `nobody-on-call/SCENARIO`.
    """
    desk = book.desk
    for scenario in book.desk.scenarios.values():
        owner = desk.teams.get(scenario.owner)
        if not owner:
            continue
        line = in_line(desk, owner, desk.teams.get(scenario.backup))
        lead = lead_to_call(desk)
        if moment := _unanswered(book, (*line, lead) if lead else line):
            names = _(" and ").join(team.name for team in line)
            said = _(
                "nobody answers on {day} at {moment:%H:%M}: {names} are closed, and no desk lead answers then",
                day=long_day(moment),
                moment=moment,
                names=names,
            )
            remedy = (
                _("give the desk lead another number than the desk's")
                if desk.settings.lead and not lead
                else _("name a backup that does, or 'lead' in desk/book.yaml")
            )
            spot = book.spot(scenario, "backup")
            name = f"nobody-on-call/{scenario.id}"
            yield Gap(name, spot, "playbooks", "backup", f"{said}; {remedy}", scenario.owner, None)


def _unanswered(book: Book, teams: tuple[Team, ...]) -> datetime | None:
    """Return the first time of this week, from Monday in the book's zone, at which none of `teams` answers."""
    monday = book.now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=book.now.weekday())
    # Whoever answers is gone only where a shift ends.
    ends = {monday}
    for team, shift in [(one, shift) for one in teams for shift in one.hours.shifts]:
        first = monday.replace(tzinfo=book.desk.zone_of(team))
        for day in (first + timedelta(days=number) for number in range(7) if number in shift.days):
            end = day + timedelta(minutes=shift.end, days=0 if shift.start < shift.end else 1)
            ends.add(end.astimezone(book.now.tzinfo))
    zones = [(team, book.desk.zone_of(team)) for team in teams]
    away = [end for end in ends if not any(team.hours.holds(end.astimezone(zone)) for team, zone in zones)]
    return min(away, default=None)


def _is_to_come(change: Change, book: Book, span: Period) -> bool:
    return change.status == "live" and bool(change.phases) and span.start > book.now


def _anybody(book: Book, team: Team, moment: datetime) -> bool:
    return any(book.desk.answers(one, moment) for one in in_line(book.desk, team))
