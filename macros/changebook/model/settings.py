"""Whose book it is: the organization, its desk, zone, language and holidays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Literal

from annotated_types import MaxLen, MinLen

from changebook.language import ENGLISH, LANGUAGES
from changebook.model.codes import PlaybookCode
from changebook.model.feedback import Feedback
from changebook.model.record import Record, field
from changebook.model.safety import Harm
from changebook.model.scalar import Count, Day, Duration, Moment, WorkingHours, Zone
from changebook.model.text import (
    Branch,
    Folder,
    Line,
    Phone,
    TeamId,
    Title,
    Url,
)
from changebook.names import slug

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
