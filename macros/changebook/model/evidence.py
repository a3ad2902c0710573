"""What proves that support is ready: tests, rehearsals, the briefing, the privacy review, and what is waived."""

from __future__ import annotations

from typing import Literal

from changebook.model.record import Record, field
from changebook.model.scalar import Day, Duration, Moment, Truth
from changebook.model.text import CaseId, CategoryId, Code, Line, Prose, ScenarioId, TeamId, Term, Title, Url


class Compliance(Record):
    """Privacy and audit, and what to put in a ticket."""

    privacy: Prose = field("What the change means for patient data.", readers="desk")
    audit: Prose = field("What is written to which log.", readers="desk")
    in_tickets: Prose = field("What to put in a ticket, and what never to.", readers="desk")
    reviewed_by: TeamId = field("The team that reviews it.", readers="desk")
    at: Day | None = field("The date it was reviewed.", readers="desk", default=None)


class Acceptance(Record):
    """What support must be able to do for a case to pass."""

    correlation_id: Truth = field("Whether the user can give a correlation ID.", readers="desk")
    found_within: Duration = field("How fast the desk finds the transaction.", readers="desk")


class Run(Record):
    """One run of a test case."""

    stage: Literal["pre-production", "after-go-live"] = field(
        "Where it was run: pre-production, or after-go-live in production.", readers="desk"
    )
    at: Moment = field("When it was run.", readers="desk")
    result: Literal["passed", "failed"] = field("passed or failed.", readers="desk")
    evidence: Term = field("Where the proof is: the number of the run, ticket or recording.", readers="desk")
    found_in: Duration | None = field("How long it took to find the transaction.", readers="desk", default=None)
    fixed_in: ScenarioId | None = field("The playbook that was fixed after a failed run.", readers="desk", default=None)


class SupportTest(Record):
    """One case of the support test script, and its runs."""

    case: CaseId = field("The case, from the desk's list.", readers="desk")
    answer: Code | None = field("The contract code that the user must see.", readers="desk", default=None)
    article: ScenarioId | None = field(
        "The playbook that covers it, if it is not the case's own.", readers="desk", default=None
    )
    user_sees: Prose | None = field(
        "What the user must see, if no contract code says it.", readers="desk", default=None
    )
    differs_from_production: Prose | None = field(
        "How the test environment differs from production.", readers="desk", default=None
    )
    accept: Acceptance | None = field("What support must be able to do.", readers="desk", default=None)
    runs: tuple[Run, ...] = field("Its runs, oldest first.", readers="desk", default=())


class Rehearsal(Record):
    """One rehearsed call: what was reported, how it was classified, what was done next."""

    scenario: ScenarioId = field("The playbook that was rehearsed.", readers="desk")
    playbook: Title | None = field(
        "Its title, if the change has several playbooks of that scenario.", readers="desk", default=None
    )
    at: Moment = field("When it was held.", readers="desk")
    reported: Prose = field("What a user would report, in a user's words.", readers="desk")
    filed_as: CategoryId = field("How the analysts classified it.", readers="desk")
    next: Prose = field("What they did next.", readers="desk")
    clear: Truth = field("Whether all three answers were clear.", readers="desk")


class Briefing(Record):
    """The pre-release briefing; its page is made from the whole record."""

    at: Moment = field("When it is held.", readers="desk")
    recording: Url | None = field("Where its recording is.", readers="desk", default=None)
    attended: tuple[TeamId, ...] = field("The teams that attended.", readers="desk", default=())
    first_15_minutes: tuple[Line, ...] = field(
        "What the desk does in the first 15 minutes, one action per line.", readers="desk", default=()
    )


class Waiver(Record):
    """A gap that is accepted for now."""

    gap: Line = field("The gap's name, as `changebook gate` prints it.", readers="desk")
    reason: Prose = field("Why it is accepted, and what is done instead.", readers="desk")
    approver: TeamId = field("The team that accepts it; not the owner.", readers="desk")
    expires: Day = field("The last day it is valid.", readers="desk")
