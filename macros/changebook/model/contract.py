"""The data contract: what is exchanged, what it answers, and what the desk does then."""

from __future__ import annotations

from typing import Annotated

from annotated_types import MinLen

from changebook.model.record import Record, field
from changebook.model.scalar import Day, Duration, Truth
from changebook.model.text import Code, Id, Prose, ScenarioId, SystemId, Term


class ScopeRow(Record):
    """Data in scope, twice: for the business and for engineers."""

    business: Prose = field("In the words of the people who use it.")
    technical: Prose = field("Resources, profiles, identifiers, segments, vocabularies.")


class DataSet(Record):
    """The minimum data set of the change."""

    in_scope: tuple[ScopeRow, ...] = field("Data that changes, in business and technical words.", default=())
    out_of_scope: tuple[Prose, ...] = field("Data that people may expect but that is not included.", default=())


class OlderVersion(Record):
    """A version before the one being retired that still answers, or did until lately."""

    version: Term = field("The version.")
    until: Day = field("The last day it answers.")


class Version(Record):
    """Which version is replaced by which."""

    old: Term = field("The version being retired.")
    new: Term = field("The version that replaces it.")
    new_from: Day | None = field("The first day the new version answers.", default=None)
    old_until: Day | None = field("The last day the old version answers.", default=None)
    older: tuple[OlderVersion, ...] = field("Versions before the old one, each with its last day.", default=())
    credentials: Prose | None = field("How callers sign in to the new version, where that changes.", default=None)


class DeskAnswer(Record):
    """What the desk does when it gets an answer."""

    action: Prose = field("What the analyst does.", readers="desk")
    defect_when: Prose | None = field("When it counts as a defect.", readers="desk", default=None)
    scenario: ScenarioId | None = field("The playbook to open.", readers="desk", default=None)


class Answer(Record):
    """One answer of an exchange."""

    code: Code = field("The code people read to the desk, such as LKP-404.")
    status: Code = field("The status on the wire, such as an HTTP status or an HL7 acknowledgment code.")
    means: Prose = field("What it means, in one sentence.")
    user_sees: Prose = field("What the user sees.")
    retryable: Truth = field("Whether trying again can help.")
    desk: DeskAnswer | None = field("What the desk does.", readers="desk", default=None)


class Exchange(Record):
    """One exchange between two systems."""

    exchange: Id = field("Its id.")
    from_: SystemId = field("The system that asks or sends.", alias="from", readers="desk")
    to: SystemId = field("The system that answers or receives.", readers="desk")
    version: Version | None = field("The version replaced, and until when it still answers.", default=None)
    timeout: Duration | None = field("How long the sender waits.", default=None)
    retry: Prose | None = field("How often and when it retries.", default=None)
    missing_field: Prose | None = field("What happens when a field is missing.", default=None)
    normal_failure: Prose | None = field("How much failure is normal.", default=None)
    validation: tuple[Prose, ...] = field("Rules a message must follow.", default=())
    answers: Annotated[tuple[Answer, ...], MinLen(1)] = field("Every answer people can get.")
