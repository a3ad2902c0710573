"""What is set up for the launch: what is watched, how to roll back, who decides, and the queue rules."""

from __future__ import annotations

from typing import Literal

from changebook.model.record import Record, field
from changebook.model.scalar import Count, Day, DayOrMoment, Duration, Moment
from changebook.model.text import Line, Prose, ScenarioId, TeamId, Term

Verdict = Literal["go", "hold", "no-go", "roll-back"]
ErrorState = Literal["open", "fixed"]
TechnicalSeverity = Literal["low", "medium", "high"]


class Watch(Record):
    """One thing that is watched, and the alert that says it is wrong."""

    what: Line = field("What is measured.", readers="desk")
    alert: Line = field("The alert's name; it begins with the shared name.", readers="desk")
    normal: Line | None = field("What is normal.", readers="desk", default=None)
    incident_when: Line = field("The threshold that makes it an incident.", readers="desk")


class Rollback(Record):
    """When and how to roll the change back, and who decides."""

    criteria: tuple[Line, ...] = field(
        "What stops the change, as numbers two people would agree on.", readers="desk", default=()
    )
    steps: tuple[Line, ...] = field("How to roll it back, one step per line.", readers="desk", default=())
    decided_by: TeamId | None = field("The team that decides.", readers="desk", default=None)


class Bridge(Record):
    """The bridge everybody joins while the change is made, and who leads it."""

    channel: Line = field("The channel or the number to dial.", readers="desk")
    lead: TeamId = field("The team that leads it and supports the desk.", readers="desk")


class QueueRule(Record):
    """A rule the desk's queues follow while a change is new, until both its end date and its condition are reached."""

    do: Literal["route", "suppress", "threshold"] = field("What the rule does.", readers="desk")
    what: Line = field("The tickets or alerts it is about.", readers="desk")
    to: Term | None = field("The queue they go to; required for a rule that routes.", readers="desk", default=None)
    still_alerts: tuple[Term, ...] = field("Codes and alerts that still get through.", readers="desk", default=())
    starts: Moment | None = field("When it begins, if not at go-live.", readers="desk", default=None)
    ends: Moment = field("When it must end.", readers="desk")
    ends_when: Line = field("The condition for ending it, as a sentence: volume is back to normal.", readers="desk")
    removed: Day | None = field("The day it was removed; it is shown until then.", readers="desk", default=None)


class FormerDecision(Record):
    """What was decided before: the go of a change that was rolled back."""

    at: Moment = field("When it was decided.", readers="desk")
    decision: Verdict = field("go, hold, no-go or roll-back.", readers="desk")
    by: TeamId = field("The team that decided.", readers="desk")
    reason: Prose | None = field("Why, in one sentence.", readers="desk", default=None)


class Decision(Record):
    """The go/no-go checkpoint: when it is, who decides, and what was decided."""

    at: Moment = field("When the decision is due, then when it was made.", readers="desk")
    decision: Literal["pending", "go", "hold", "no-go", "roll-back"] = field(
        "pending, go, hold, no-go or roll-back.", readers="desk"
    )
    by: TeamId = field("The team that decides.", readers="desk")
    reason: Prose | None = field("Why, in one sentence.", readers="desk", default=None)
    earlier: tuple[FormerDecision, ...] = field(
        "What was decided before, the oldest first.", readers="desk", default=()
    )

    @property
    def history(self) -> tuple[FormerDecision | Decision, ...]:
        """What was decided before, and what holds or is due now, the oldest first."""
        return (*self.earlier, self)


class Postponement(Record):
    """A window that was given up: when it would have begun, when that was decided, and why."""

    from_: Moment = field("When the former window would have started.", alias="from")
    at: DayOrMoment = field("When it was decided, with the time if you know it: partners told earlier are told again.")
    why: Prose | None = field("Why, in one sentence.", readers="desk", default=None)
    phase: Line | None = field("The name of the phase, if it alone was moved.", default=None)


class KnownError(Record):
    """A known fault, and what works in the meantime."""

    number: Term = field("Its number, such as KE-1.", readers="desk", alias="id")
    title: Line = field("What goes wrong, in one line.", readers="desk")
    scenario: ScenarioId | None = field("The playbook for its callers.", readers="desk", default=None)
    workaround: Prose = field("What works in the meantime.", readers="desk")
    state: ErrorState = field("open or fixed.", readers="desk")
    severity: TechnicalSeverity = field("How bad it is technically.", readers="desk")
    affected: Count | None = field("How many people it can affect at most.", readers="desk", default=None)
    tickets: Count | None = field("How many tickets were counted.", readers="desk", default=None)
    confusion: Duration | None = field("How long an analyst needs to recognize it.", readers="desk", default=None)
    owner: TeamId = field("The team that fixes it.", readers="desk")
