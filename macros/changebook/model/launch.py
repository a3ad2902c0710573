"""What is set up for the launch: what is watched, how it is undone, who decides, and the rules of the queues."""

from __future__ import annotations

from typing import Literal

from changebook.model.record import Record, field
from changebook.model.scalar import Count, Day, Duration, Moment
from changebook.model.text import Line, Prose, ScenarioId, TeamId, Term


class Watch(Record):
    """One thing that is watched, and the alert that says it is wrong."""

    what: Line = field("What is measured.", readers="desk")
    alert: Line = field("The alert's name; it begins with the shared name.", readers="desk")
    normal: Line | None = field("What is normal.", readers="desk", default=None)
    incident_when: Line = field("The threshold at which it is an incident.", readers="desk")


class Rollback(Record):
    """When and how the change is undone, and who decides it."""

    criteria: tuple[Line, ...] = field(
        "What stops the change, as numbers two people would agree on.", readers="desk", default=()
    )
    steps: tuple[Line, ...] = field("How it is undone, one step a line.", readers="desk", default=())
    decided_by: TeamId | None = field("The team that decides it.", readers="desk", default=None)


class Bridge(Record):
    """Where everybody meets while the change is made, and who leads there."""

    channel: Line = field("The channel or the number to dial.", readers="desk")
    lead: TeamId = field("The team that leads it and supports the desk.", readers="desk")


class QueueRule(Record):
    """A rule that the desk's queues follow while a change is new, until its end and its condition are both met."""

    do: Literal["route", "suppress", "threshold"] = field("What the rule does.", readers="desk")
    what: Line = field("The tickets or alerts it is about.", readers="desk")
    to: Term | None = field("The queue they go to; a rule that routes needs it.", readers="desk", default=None)
    still_alerts: tuple[Term, ...] = field(
        "Codes and alerts that are let through all the same.", readers="desk", default=()
    )
    ends: Moment = field("When it ends at the latest.", readers="desk")
    ends_when: Line = field("The condition under which it ends: the volume is normal again.", readers="desk")
    removed: Day | None = field("The day it was taken out; until then it is shown.", readers="desk", default=None)


class Decision(Record):
    """The go/no-go checkpoint: when it is, who decides, and what was decided."""

    at: Moment = field("When it is decided.", readers="desk")
    decision: Literal["pending", "go", "hold", "no-go", "roll-back"] = field(
        "pending, go, hold, no-go or roll-back.", readers="desk"
    )
    by: TeamId = field("The team that decides.", readers="desk")
    reason: Prose | None = field("Why, in a sentence.", readers="desk", default=None)


class KnownError(Record):
    """A fault that is known, and what works meanwhile."""

    number: Term = field("Its number, such as KE-1.", readers="desk", alias="id")
    title: Line = field("What goes wrong, in a line.", readers="desk")
    scenario: ScenarioId | None = field("The playbook its callers lead to.", readers="desk", default=None)
    workaround: Prose = field("What works meanwhile.", readers="desk")
    state: Literal["open", "fixed"] = field("open or fixed.", readers="desk")
    severity: Literal["low", "medium", "high"] = field("How bad it is technically.", readers="desk")
    affected: Count | None = field("How many people meet it.", readers="desk", default=None)
    confusion: Duration | None = field(
        "How long an analyst needs to tell it from other faults.", readers="desk", default=None
    )
    owner: TeamId = field("The team that fixes it.", readers="desk")
