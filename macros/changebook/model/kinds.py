"""Kinds of change: what a record of each must hold, which cases it tests, and the artifact made from it."""

from __future__ import annotations

from typing import Literal

from changebook.model.record import Entry, Record, field
from changebook.model.scalar import Count, Duration
from changebook.model.text import CaseId, Id, Line, Prose, ScenarioId, Term, Title

Section = Literal[
    "communications",
    "window",
    "board",
    "why",
    "details",
    "review_by",
    "affects",
    "visible",
    "unchanged",
    "questions",
    "announcement",
    "data_set",
    "contract",
    "playbooks",
    "watch",
    "rollback",
    "compliance",
    "safety",
    "tests",
    "rehearsals",
    "briefing",
    "bridge",
    "queue_rules",
    "go_no_go",
]
# What a kind can ask for: a section, and that each window says its outage.
Requirement = Literal[Section, "outage"]
# What a kind's artifact can be made of; each is on a page of the change.
Part = Literal[
    "names",
    "visible",
    "unchanged",
    "data_set",
    "versions",
    "rules",
    "answers",
    "tests",
    "playbooks",
    "first_responses",
    "questions",
    "announcement",
    "watch",
    "queue_rules",
    "rollback",
    "compliance",
    "contacts",
]


class Case(Entry):
    """A case of the support test script: one of the ticket kinds a change brings."""

    id: Id
    name: Title = field("What goes wrong, in a few words.", readers="desk")
    do: Line = field("What the tester does to trigger it.", readers="desk")
    scenario: ScenarioId | None = field("The playbook that covers it.", readers="desk", default=None)
    not_in_production: Prose | None = field(
        "Why nobody can run it in production; it is watched there instead.", readers="desk", default=None
    )


class Artifact(Record):
    """The readiness artifact of a kind of change: which parts of a change's pages are printed as one."""

    name: Title = field("Its name.", readers="desk")
    use: Prose = field("Who uses it, and when.", readers="desk")
    parts: dict[Part, Title] = field("Its parts in order, each with its heading.", readers="desk")
    by_hand: tuple[Term, ...] = field(
        "Empty columns in each table, to check off or fill in by hand, by heading.", readers="desk", default=()
    )


class Kind(Entry):
    """A kind of change: its support risk, and what a record of the kind must hold."""

    id: Id
    name: Title = field("The kind's name.")
    risk: Literal["high", "medium-high", "medium"] = field("The support risk.", readers="desk")
    driver: Prose = field("What usually drives tickets.", readers="desk")
    mitigation: Prose = field("What best prevents tickets.", readers="desk")
    artifact: Artifact = field("The readiness artifact of the kind.", readers="desk")
    lead_time: Duration | None = field(
        "How long before its window a change of this kind must be ready.", readers="desk", default=None
    )
    owed_within: Count = field(
        "Working days after its window within which an emergency closes what it owes; 5 when left out.",
        readers="desk",
        default=5,
    )
    repeat_within: Duration | None = field(
        "How long after its window a clean change may be repeated without a board of its own.",
        readers="desk",
        default=None,
    )
    requires: dict[Requirement, Prose] = field(
        "The sections a record of this kind must have, each with the reason; `outage` asks it of each window.",
        readers="desk",
    )
    tests: tuple[CaseId, ...] = field("The test cases a record of this kind must have.", readers="desk", default=())
