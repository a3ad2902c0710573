"""What readers of a change are told, who was told before it is made, and who asks nothing about it."""

from __future__ import annotations

from typing import Annotated

from annotated_types import MinLen

from changebook.model.record import Record, field
from changebook.model.scalar import Moment, Truth
from changebook.model.text import GroupId, Line, PartnerId, Prose


class ToldPartner(Record):
    """That a partner was told of the change, before its window: when and how."""

    partner: PartnerId = field("The partner that was told.", readers="desk")
    at: Moment = field("When it was told.", readers="desk")
    how: Line = field("How: the email, call or meeting, with its number if it has one.", readers="desk")


class PartnerToDo(Record):
    """What single partners do for a change."""

    partners: Annotated[tuple[PartnerId, ...], MinLen(1)] = field("The partners that do it.")
    do: Annotated[tuple[Line, ...], MinLen(1)] = field("What they do, one action per line.")


class NotAsked(Record):
    """User groups and partners that the change affects and that ask nothing about it."""

    groups: tuple[GroupId, ...] = field("The user groups that ask nothing.", readers="desk", default=())
    partners: tuple[PartnerId, ...] = field("The partners that ask nothing.", readers="desk", default=())
    why: Prose = field("Why they ask nothing.", readers="desk")


class Notice(Record):
    """What one kind of reader is told, besides what the record already says."""

    do: tuple[Line, ...] = field("What to do, one action per line.", default=())
    do_not: tuple[Line, ...] = field("What not to do, each line complete: `Do not ...`.", default=())
    expect: tuple[Line, ...] = field("What may look odd at first but is expected.", default=())


class Announcement(Record):
    """What each kind of reader is told at launch; name, sentence, dates and what stays come from the record."""

    desk: Notice | None = field("For the service desk.", readers="desk", default=None)
    staff: Notice | None = field("For clinical and operations staff, in plain words.", default=None)
    partners: Notice | None = field("For partners.", default=None)
    patients: Notice | None = field("For patients, in words that need no training.", default=None)
    after_rollback: Truth = field(
        "true once the texts and the sentence say that it was rolled back; they are left out before.",
        default=False,
    )
    to_do: tuple[PartnerToDo, ...] = field("What single partners do, besides what all of them do.", default=())

    def to_do_of(self, partner: str) -> tuple[str, ...]:
        """Return what the partner with the id `partner` does, besides what all partners do."""
        return tuple(line for item in self.to_do if partner in item.partners for line in item.do)
