"""What changes share: the desk's teams, systems, user groups, partners, workflows, categories and kinds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Literal

from annotated_types import MaxLen, MinLen

from changebook.language import ENGLISH, LANGUAGES
from changebook.model.codes import PlaybookCode
from changebook.model.feedback import Feedback
from changebook.model.record import Entry, Record, field
from changebook.model.safety import Harm
from changebook.model.scalar import Count, Day, Duration, Moment, Truth, WorkingHours, Zone
from changebook.model.text import (
    Branch,
    CategoryId,
    Folder,
    GroupId,
    Id,
    Line,
    Phone,
    Prose,
    SystemId,
    TeamId,
    Term,
    Title,
    Url,
)
from changebook.names import slug

SystemKind = Literal[
    "ehr",
    "departmental",
    "interface-engine",
    "middleware",
    "identity",
    "alerting",
    "reporting",
    "scheduling",
    "portal",
    "partner-endpoint",
    "vendor-endpoint",
]

if TYPE_CHECKING:
    Language = str
else:
    Language = Literal[LANGUAGES]

# The form of a book's files that this changebook reads; `migrating` gives a book of an earlier one this form.
FORM = 2
# What a desk lead asks first, of every call that fits no page: where and what exactly, how many, how urgent.
QUESTIONS = (
    "Which system is it, and what does the screen say, word for word?",
    "Is it one person, one unit or everyone?",
    "Since when, and is patient care waiting on it?",
)


class ServiceDesk(Record):
    """How to reach the desk."""

    name: Title = field("The desk's name.")
    phone: Phone = field("The number callers dial.")
    outside_phone: Phone | None = field("The same number as partners dial it from outside.", default=None)
    hours: WorkingHours = field("When it answers.")


class Forge(Record):
    """Where the book's repository can be viewed and edited in a browser."""

    kind: Literal["github", "gitlab"] = field("github or gitlab, including self-hosted.", readers="desk")
    repository: Url = field("The repository's address, as a browser shows it.", readers="desk")
    branch: Branch = field("The branch that is published.", readers="desk", default="main")
    book: Folder = field("The folder of the records.", readers="desk", default="changes")
    docs: Folder = field("The folder of the hand-written pages.", readers="desk", default="docs")


class Holiday(Record):
    """A day on which only teams that answer around the clock do so."""

    day: Day = field("The day.", readers="desk")
    name: Title = field("Its name.", readers="desk")


class Settings(Record):
    """`desk/book.yaml`: whose book this is."""

    schema_version: Count = field(
        "The form of the book's files: `changebook migrate` writes it; do not edit it.", readers="desk", default=1
    )
    organization: Title = field("The organization's name.")
    desk: ServiceDesk = field("The service desk.")
    zone: Zone = field("The time zone of every time in the book.")
    language: Language = field(
        "The language of the pages and of the callers, by its two letters.", readers="desk", default=ENGLISH
    )
    paper: Literal["letter", "a4"] = field(
        "What pages and the downtime binder print on: letter or a4.", default="letter"
    )
    today: Moment | None = field("A pinned now, for a sample book; leave it out in a real one.", default=None)
    forge: Forge | None = field("Where pages link to for editing, if anywhere.", readers="desk", default=None)
    staff_edition: Url | None = field(
        "The address of the staff's site, if it is published: its feeds and calendar files link there.",
        readers="desk",
        default=None,
    )
    feedback: Feedback | None = field(
        "Where readers report that a page is wrong: an email address, or `issues` of the forge; "
        "leave it out and pages do not ask.",
        default=None,
    )
    reviewer: TeamId | None = field("The team that reviews every pull request.", readers="desk", default=None)
    lead: TeamId | None = field(
        "The team that runs the shift: call it when nobody is on call.", readers="desk", default=None
    )
    review_every: Duration = field(
        "How long a general playbook is good for after a review; `changebook verify` moves `review_by` by it.",
        readers="desk",
        default=timedelta(days=180),
    )
    retrospective_within: Duration = field(
        "How long after a change is stable its retrospective is held.", readers="desk", default=timedelta(days=30)
    )
    triage: Annotated[tuple[Line, ...], MinLen(3), MaxLen(3)] = field(
        "Three questions to ask the caller when search has no good answer; leave it out to use the built-in ones.",
        readers="desk",
        default=QUESTIONS,
    )
    harm: Harm | None = field(
        "What to do when a caller's words mean possible harm: on every playbook of a hazard.",
        readers="desk",
        default=None,
    )
    holidays: tuple[Holiday, ...] = field(
        "Days on which only teams that answer around the clock do so; a night shift ends the morning after it began.",
        readers="desk",
        default=(),
    )
    retired_codes: tuple[PlaybookCode, ...] = field(
        "Codes of playbooks that are gone without a successor: never given again.", readers="desk", default=()
    )

    @property
    def closed(self) -> frozenset[date]:
        """The days on which no shift begins."""
        return frozenset(holiday.day for holiday in self.holidays)

    def id_of(self, name: str) -> str:
        """Return the id that a name makes here: ASCII as the book's language writes it, `ae` for `ä` in German."""
        return slug(name, self.language)


class Team(Entry):
    """An assignment group: whom to call, when, and where tickets wait for it."""

    id: Id
    name: Title = field("The team's name.", readers="desk")
    phone: Phone = field("The number the desk calls.", readers="desk")
    queue: Term = field("The queue its tickets go to.", readers="desk")
    hours: WorkingHours = field("When it answers.", readers="desk")
    zone: Zone | None = field("Its time zone, if it is not the book's.", readers="desk", default=None)
    backup: TeamId | None = field("Who answers outside its hours.", readers="desk", default=None)
    does: Prose = field("What it is responsible for.", readers="desk")


class System(Entry):
    """An application, engine, endpoint or service that changes touch."""

    id: Id
    name: Title = field("What people call it.")
    kind: SystemKind = field("What kind of system it is.")
    owner: TeamId = field("The team that runs it.", readers="desk")
    about: Prose = field("What it does, in one sentence for an analyst.")
    other_names: tuple[Term, ...] = field("What else people call it.", default=())
    internal: Truth = field(
        "Whether only the desk knows it by name: true keeps its name out of what staff and partners read.",
        readers="desk",
        default=False,
    )


class Group(Entry):
    """People who use the systems in the same way."""

    id: Id
    name: Title = field("The group's name.")
    people: Count = field("How many people are in it.")
    about: Prose = field("What they do with the systems.")


class Workflow(Entry):
    """A user's workflow, as the systems it goes through."""

    id: Id
    name: Title = field("The workflow, as its users call it.")
    groups: Annotated[tuple[GroupId, ...], MinLen(1)] = field("Who does it.")
    systems: Annotated[tuple[SystemId, ...], MinLen(1)] = field("The systems it goes through, in order.")


class Category(Entry):
    """A ticket category."""

    id: CategoryId
    name: Title = field("Its name in the ticketing tool.", readers="desk")
    team: TeamId = field("The team whose queue gets these tickets.", readers="desk")
