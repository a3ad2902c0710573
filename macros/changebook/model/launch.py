"""What is set up for the launch: what is watched under the shared name, and the rules of the queues."""

from __future__ import annotations

from typing import Literal

from changebook.model.record import Record, field
from changebook.model.scalar import Day, Moment
from changebook.model.text import Line, Term


class Watch(Record):
    """One thing that is watched, and the alert that says it is wrong."""

    what: Line = field("What is measured.", readers="desk")
    alert: Line = field("The alert's name; it begins with the shared name.", readers="desk")
    normal: Line | None = field("What is normal.", readers="desk", default=None)
    incident_when: Line = field("The threshold at which it is an incident.", readers="desk")


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
