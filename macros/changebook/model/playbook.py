"""Guidance for one symptom: the scenario holds it whole, a change's playbook what differs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from annotated_types import MaxLen, MinLen
from pydantic import model_validator

from changebook.model.codes import PlaybookCode
from changebook.model.downtime import Downtime, DowntimeChange
from changebook.model.folding import Difference
from changebook.model.plain import fault
from changebook.model.record import Entry, Record, field
from changebook.model.scalar import Day, Duration, Level
from changebook.model.text import (
    CategoryId,
    Code,
    Id,
    Line,
    Outcome,
    Prose,
    Queue,
    ScenarioId,
    SystemId,
    TeamId,
    Term,
    Title,
)

# Who has a caller on the line gets through no more.
MOST_CHECKS = 7
RESULTS = 3
# Severity 1 and 2: callers wait for the next word.
TOLD = 2


class Otherwise(Record):
    """A sign that it is another scenario."""

    when: Line = field("What the caller says or sees that means it is something else.", readers="desk")
    scenario: ScenarioId = field("The scenario it is instead.", readers="desk")


class FileAs(Record):
    """How the ticket is filed."""

    category: CategoryId = field("The ticket category.", readers="desk")
    priority: Level = field("The usual priority, 1 to 4.", readers="desk")
    queue: Queue | None = field("The queue, if it is not that of the category's team.", readers="desk", default=None)


class Result(Record):
    """One result of a check: its sign, what to do about it, and where it leads."""

    if_: Line = field("What the analyst sees or hears, in a few words.", alias="if", readers="desk")
    do: Line | None = field("What to do about it, if anything.", readers="desk", default=None)
    then: Outcome = field(
        "Where it leads: `done`, `next`, `escalate`, or the scenario whose playbook to read instead.", readers="desk"
    )
    to: TeamId | None = field(
        "The team to call, if `then` is `escalate` and `escalate` has several.", readers="desk", default=None
    )


class Check(Record):
    """One thing to do, and where each result leads."""

    do: Line = field("One action, as an imperative of at most 14 words.", readers="desk")
    results: Annotated[tuple[Result, ...], MinLen(1), MaxLen(RESULTS)] = field(
        "What it can show, one to three results.", readers="desk"
    )

    @model_validator(mode="before")
    @classmethod
    def _no_prose(cls, values: Any) -> Any:
        """Refuse a check whose results are prose, as they once were."""
        if isinstance(values, Mapping) and "then" in values:
            raise fault(
                "'then' takes no prose; write a line for each sign under 'results', such as "
                "- {if: Nothing found, do: Search by number, then: next}; 'then' is done, next, escalate or a scenario"
            )
        return values


class Escalation(Record):
    """When to call whom."""

    when: Line = field("The condition, clear enough that two people would agree on it.", readers="desk")
    to: TeamId = field("The team to call.", readers="desk")
    backup: TeamId = field("The team to call if the first does not answer.", readers="desk")
    within: Duration | None = field(
        "How long to wait for an answer before calling the backup.", readers="desk", default=None
    )
    give: tuple[Term, ...] = field("What to have ready when calling.", readers="desk", default=())


class Severity(Record):
    """What makes it worse, and how often callers hear from the desk."""

    level: Level = field("1 critical, 2 major, 3 minor, 4 routine.", readers="desk")
    when: Line = field("The condition.", readers="desk")
    do: Line | None = field("What to do at once.", readers="desk", default=None)
    cadence: Duration | None = field("How often callers hear from the desk.", readers="desk", default=None)


class Guidance(Record):
    """The parts that a scenario and a change's playbook share."""

    title: Title | None = field("The page's title; a playbook without one takes its scenario's.", default=None)
    callers_say: tuple[Line, ...] = field(
        "What callers say, in their words.", readers="desk", default=(), old_words=True
    )
    keywords: tuple[Term, ...] = field(
        "Words that only search reads: error texts, what partners and programs call it. They are on no page.",
        readers="desk",
        default=(),
        old_words=True,
    )
    otherwise: tuple[Otherwise, ...] = field("Signs that it is another scenario.", readers="desk", default=())
    codes: tuple[Code, ...] = field("Error and status codes that lead here.", readers="desk", default=())
    file_as: FileAs | None = field("Category, priority and queue of the ticket.", readers="desk", default=None)
    checks: Annotated[tuple[Check, ...], MaxLen(MOST_CHECKS)] = field(
        "First checks, in order, seven at most.", readers="desk", default=()
    )
    first_response: Prose | None = field(
        "The first words to the caller; [blanks] in brackets, `[time + 30 min]` fills itself.",
        readers="desk",
        default=None,
    )
    escalate: tuple[Escalation, ...] = field("When to call whom, and the backup.", readers="desk", default=())
    severity: tuple[Severity, ...] = field("What makes it worse.", readers="desk", default=())
    workaround: tuple[Line, ...] = field("What the caller can do in the meantime.", readers="desk", default=())
    rollback: tuple[Line, ...] = field(
        "When to ask for a rollback, who decides, and what is lost.", readers="desk", default=()
    )
    downtime: DowntimeChange | None = field("How work goes on by hand while the system is down.", default=None)
    must_find: tuple[Line, ...] = field(
        "Searches that must find this playbook.", readers="desk", default=(), old_words=True
    )

    def called(self) -> tuple[TeamId, ...]:
        """Return the teams under `escalate`, each once."""
        return tuple(dict.fromkeys(entry.to for entry in self.escalate))


class Playbook(Guidance):
    """What is different from a general playbook while a change is new: its lists go first, its texts replace."""

    scenario: ScenarioId = field("The scenario whose general playbook this adds to.")
    folded: tuple[Difference, ...] = field(
        "The keys that are in the general playbook now: `changebook fold`.", readers="desk", default=()
    )
    dropped: Line | None = field("Why what is not folded is not needed any more.", readers="desk", default=None)


class Scenario(Guidance, Entry):
    """The complete general playbook for one symptom."""

    title: Title = field("The symptom, as the desk calls it.")
    code: PlaybookCode = field(
        "Its short code, such as PB-014, for good: responses and tickets name it, and uses are counted by it.",
        readers="desk",
        default="",
    )
    about: Prose = field("One sentence: what fails and why it usually does.", readers="desk")
    owner: TeamId = field("The team that maintains this playbook and takes its escalations.", readers="desk")
    backup: TeamId = field("The team to call if the owner does not answer.", readers="desk")
    backup_after: Duration = field("How long to wait for the owner.", readers="desk")
    review_by: Day = field("The date by which the owner reviews it.", readers="desk")
    systems: Annotated[tuple[SystemId, ...], MinLen(1)] = field(
        "The systems a request goes through, in order.", readers="desk"
    )
    callers_say: Annotated[tuple[Line, ...], MinLen(1)] = field(
        "What callers say, in their words.", readers="desk", old_words=True
    )
    file_as: FileAs = field("Category, priority and queue of the ticket.", readers="desk")
    checks: Annotated[tuple[Check, ...], MinLen(1), MaxLen(MOST_CHECKS)] = field(
        "First checks, in order, seven at most.", readers="desk"
    )
    first_response: Prose = field(
        "The first words to the caller; [blanks] in brackets, `[time + 30 min]` fills itself.", readers="desk"
    )
    escalate: Annotated[tuple[Escalation, ...], MinLen(1)] = field("When to call whom, and the backup.", readers="desk")
    severity: Annotated[tuple[Severity, ...], MinLen(1)] = field("What makes it worse.", readers="desk")
    downtime: Downtime | None = field("How work goes on by hand while the system is down.", default=None)
    former_codes: tuple[PlaybookCode, ...] = field(
        "Codes of playbooks that are gone and whose place this one took: they lead here.", readers="desk", default=()
    )
    former_files: tuple[Id, ...] = field(
        "What its file was called before, without `.yaml`; old addresses lead to it.", readers="desk", default=()
    )

    def filed(self, playbook: Playbook | None) -> FileAs:
        """Return how a ticket is filed: as the change's `playbook` says, else as this general one does."""
        return (playbook and playbook.file_as) or self.file_as
