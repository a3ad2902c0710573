"""One change: what a release owner writes in `changes/NAME.yaml`."""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from annotated_types import MinLen
from pydantic import model_validator

from changebook.model.contract import DataSet, Exchange
from changebook.model.evidence import Briefing, Compliance, Rehearsal, SupportTest, Waiver
from changebook.model.launch import Bridge, Decision, KnownError, Postponement, QueueRule, Rollback, Watch
from changebook.model.links import Reference
from changebook.model.notices import Announcement, NotAsked, Notice, ToldPartner
from changebook.model.phases import Phase, Window, whole_span
from changebook.model.playbook import Playbook
from changebook.model.record import Entry, Record, field
from changebook.model.retrospective import Retrospective
from changebook.model.safety import Safety
from changebook.model.scalar import Day, Moment
from changebook.model.status import Status, Urgency
from changebook.model.text import (
    AudienceId,
    CategoryId,
    ChangeId,
    GroupId,
    Id,
    KindId,
    Line,
    Markdown,
    Name,
    PartnerId,
    Prose,
    SystemId,
    TeamId,
    WorkflowId,
)
from changebook.model.updates import Update
from changebook.names import anchor

Audience = Literal["desk", "staff", "partners", "patients"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)


class Affects(Record):
    """Everything and everyone the change touches."""

    systems: tuple[SystemId, ...] = field("Systems that change or carry the change.", default=())
    workflows: tuple[WorkflowId, ...] = field("Workflows that will notice.", default=())
    groups: tuple[GroupId, ...] = field("User groups that will notice.", default=())
    partners: tuple[PartnerId, ...] = field("Partners that will notice.", default=())
    categories: tuple[CategoryId, ...] = field("Ticket categories that will grow.", readers="desk", default=())


class Visible(Record):
    """One thing people will see: before, after, and who."""

    what: Line = field("The field, message, rule or file.")
    change: Literal["added", "removed", "changed", "renamed", "reworded", "new-rule", "timing"] = field(
        "What happens to it."
    )
    before: Line | None = field("How it was; required unless it is added or a new rule.", default=None, old_words=True)
    after: Line | None = field("How it is now; required unless it is removed.", default=None)
    for_: Annotated[tuple[AudienceId, ...], MinLen(1)] = field(
        "Who sees it, among those the change affects.", alias="for"
    )


class Question(Record):
    """One question readers ask about a change, and its answer."""

    question: Line = field("The question, in the reader's words.")
    answer: Markdown = field("The answer, first sentence first.")
    groups: tuple[GroupId, ...] = field("The user groups that ask it; none means all.", default=())
    partners: tuple[PartnerId, ...] = field("The partners that ask it.", default=())
    readers: tuple[Audience, ...] = field("Who may read it: desk, staff, partners, patients; none is all.", default=())
    must_find: tuple[Line, ...] = field(
        "Searches that must find this answer.", readers="desk", default=(), old_words=True
    )
    was: tuple[Line, ...] = field("Former wordings; links to them open the answer.", default=(), old_words=True)

    def for_readers(self, *audiences: Audience) -> bool:
        """Return whether one of `audiences` may read it."""
        return not self.readers or any(audience in self.readers for audience in audiences)


class Change(Entry):
    """A change and everything the desk publishes about it."""

    id: Id
    name: Name = field("The one shared name. Its id is the file's name.")
    kind: KindId = field("The kind of change; it decides which sections are required.")
    status: Status = field("draft, ready, live, stable, closed, rolled-back or cancelled.")
    stable: Day | None = field("The date it became stable.", readers="desk", default=None)
    closed: Day | None = field(
        "The date it was closed; its waivers must have been valid that day.", readers="desk", default=None
    )
    urgency: Urgency = field(
        "planned, standard (the repeat of a closed change), expedited or emergency.", readers="desk", default="planned"
    )
    repeats: ChangeId | None = field("The closed change that a standard change repeats.", readers="desk", default=None)
    owner: TeamId = field("The team that makes the change.", readers="desk")
    sentence: Prose = field("One sentence: what changed and what to expect; pages add whom to call.")
    communications: TeamId | None = field("The team that sends the announcements.", readers="desk", default=None)
    window: Window | None = field("When the change is made, if it is made at once.", default=None)
    phases: tuple[Phase, ...] = field("Its phases instead of one window, each with its own dates.", default=())
    postponed: tuple[Postponement, ...] = field("Former windows, the oldest first.", default=())
    cover: Literal["normal", "strong"] = field(
        "strong: owner and desk stay on, so it may be late in the week.", readers="desk", default="normal"
    )
    board: Moment | None = field("When the change advisory board meets.", readers="desk", default=None)
    revised: Day | None = field(
        "The date the change itself was last revised; older evidence no longer counts.", readers="desk", default=None
    )
    why: Prose | None = field("Why it is made, in a sentence; partners do not read it.", default=None)
    details: Markdown | None = field("More detail for those who want it; partners do not read it.", default=None)
    former_names: tuple[Line, ...] = field(
        "Names people here used before; partners do not read them.", default=(), old_words=True
    )
    references: tuple[Reference, ...] = field("Its numbers in other systems.", readers="desk", default=())
    depends_on: tuple[Id, ...] = field("The changes it needs, by their ids.", readers="desk", default=())
    part_of: Id | None = field("The change that it is a part of, by its id.", readers="desk", default=None)
    review_by: Day | None = field("The date by which its owner reviews its pages.", readers="desk", default=None)
    affects: Affects = field("Systems, workflows, user groups, partners and ticket categories.", default=Affects())
    visible: tuple[Visible, ...] = field("What people will see, before and after.", default=())
    unchanged: tuple[Prose, ...] = field(
        "What will not change; everyone who is told of the change reads it.", default=()
    )
    questions: tuple[Question, ...] = field("What each group asks, and the answer.", default=())
    not_asked: tuple[NotAsked, ...] = field(
        "Groups and partners that it affects and that ask nothing, with the reason.", readers="desk", default=()
    )
    announcement: Announcement | None = field("Who is told what at launch.", default=None)
    told: tuple[ToldPartner, ...] = field("The partners that were told, when and how.", readers="desk", default=())
    data_set: DataSet | None = field("What data is in scope and what is not.", default=None)
    contract: tuple[Exchange, ...] = field("What each exchange answers, and what the desk does then.", default=())
    playbooks: tuple[Playbook, ...] = field(
        "What is different from the general playbooks while the change is new.", default=()
    )
    watch: tuple[Watch, ...] = field("What is watched under the shared name.", readers="desk", default=())
    rollback: Rollback | None = field("When and how to roll it back.", readers="desk", default=None)
    compliance: Compliance | None = field("Privacy, audit, and what to put in tickets.", readers="desk", default=None)
    safety: Safety | None = field("Clinical safety: the assessment and its hazards.", readers="desk", default=None)
    tests: tuple[SupportTest, ...] = field(
        "The support test script: each case and its runs.", readers="desk", default=()
    )
    rehearsals: tuple[Rehearsal, ...] = field("Calls that were rehearsed.", readers="desk", default=())
    briefing: Briefing | None = field("The briefing before the release.", readers="desk", default=None)
    bridge: Bridge | None = field("The bridge everybody joins, and who leads it.", readers="desk", default=None)
    queue_rules: tuple[QueueRule, ...] = field("Queue rules while the change is new.", readers="desk", default=())
    go_no_go: Decision | None = field("The go/no-go checkpoint.", readers="desk", default=None)
    waivers: tuple[Waiver, ...] = field("Gaps that are accepted for now.", readers="desk", default=())
    known_errors: tuple[KnownError, ...] = field("Known faults, with workarounds.", readers="desk", default=())
    retrospective: Retrospective | None = field("What was learned from it.", readers="desk", default=None)
    updates: tuple[Update, ...] = field("What callers were told, oldest first: `changebook update`.", default=())

    @model_validator(mode="after")
    def _span_the_phases(self) -> Self:
        # Whoever asks for the window of a change in phases gets all of it, from the first start to the last end.
        if self.phases and self.window is None:
            self.__dict__["window"] = whole_span(self.phases)
        return self

    @property
    def is_outdated(self) -> bool:
        """Whether it was rolled back, and its sentence and announcement still are of the time before."""
        return self.status == "rolled-back" and not (self.announcement and self.announcement.after_rollback)

    @property
    def announced_now(self) -> Announcement | None:
        """Its announcement, without the texts of one that is out of date."""
        said = self.announcement
        if not said or not self.is_outdated:
            return said
        left_out: dict[str, object] = {audience: Notice() for audience in AUDIENCES if getattr(said, audience)}
        return said.model_copy(update={**left_out, "to_do": ()})

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The scenarios that its playbooks are for."""
        return tuple(playbook.scenario for playbook in self.playbooks)

    def playbooks_by_id(self) -> dict[str, Playbook]:
        """Return the playbooks by their ids, in the record's order: the first of a scenario has the scenario's id, so
        that its address stays, each further one an id from its title.
        """
        found: dict[str, Playbook] = {}
        for playbook in self.playbooks:
            further = playbook.scenario in found and playbook.title
            found.setdefault(anchor(further) if further else playbook.scenario, playbook)
        return found

    def playbook_for(self, name: str) -> Playbook | None:
        """Return the playbook with the id `name`, that of a scenario or of one of several playbooks of it, or None."""
        first = next((playbook for playbook in self.playbooks if playbook.scenario == name), None)
        return first or self.playbooks_by_id().get(name)
