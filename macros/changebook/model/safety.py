"""Clinical safety: who assessed a change, its hazards, and what the desk does when a caller describes harm."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import MaxLen, MinLen

from changebook.model.record import Record, field
from changebook.model.scalar import Day
from changebook.model.text import Line, ScenarioId, TeamId, Term

# A caller is on the line while they are read.
MOST_WORDS = 6


class Hazard(Record):
    """One hazard of the hazard log that callers can describe; the log itself stays where it is."""

    number: Term = field("Its number in the hazard log, such as HZ-12.", readers="desk", alias="id")
    what: Line = field("What could happen to a patient.", readers="desk")
    scenario: ScenarioId = field("The scenario whose playbook its callers reach.", readers="desk")
    control: Line = field("What keeps it from happening.", readers="desk")


class Safety(Record):
    """The clinical safety assessment of a change."""

    assessed_by: TeamId = field("The team that assesses it.", readers="desk")
    at: Day | None = field("The date it was assessed.", readers="desk", default=None)
    reference: Term = field("The number of its safety case.", readers="desk")
    decision: Literal["pending", "accepted", "not-accepted"] = field(
        "pending, accepted or not-accepted.", readers="desk"
    )
    hazards: tuple[Hazard, ...] = field("Hazards that callers can describe.", readers="desk", default=())


class Harm(Record):
    """What the desk does when a caller's words mean that a patient may have been harmed."""

    words: Annotated[tuple[Line, ...], MinLen(1), MaxLen(MOST_WORDS)] = field(
        "What callers say when a patient may have been harmed, six at most.", readers="desk"
    )
    call: TeamId = field("The team to call at once.", readers="desk")
    report: Line = field("Where to report it.", readers="desk")
