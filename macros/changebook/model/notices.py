"""Who was told of a change before it is made, and who asks nothing about it."""

from __future__ import annotations

from typing import Annotated

from annotated_types import MinLen

from changebook.model.record import Record, field
from changebook.model.scalar import Moment
from changebook.model.text import GroupId, Line, PartnerId, Prose


class ToldPartner(Record):
    """That a partner was told of the change, before its window: when and how."""

    partner: PartnerId = field("The partner that was told.", readers="desk")
    at: Moment = field("When it was told.", readers="desk")
    how: Line = field("How: the mail, call or meeting, with its number if it has one.", readers="desk")


class PartnerToDo(Record):
    """What single partners do for a change."""

    partners: Annotated[tuple[PartnerId, ...], MinLen(1)] = field("The partners that do it.")
    do: Annotated[tuple[Line, ...], MinLen(1)] = field("What they do, one action per line.")


class NotAsked(Record):
    """User groups and partners that the change affects and that ask nothing about it."""

    groups: tuple[GroupId, ...] = field("The user groups that ask nothing.", readers="desk", default=())
    partners: tuple[PartnerId, ...] = field("The partners that ask nothing.", readers="desk", default=())
    why: Prose = field("Why they ask nothing.", readers="desk")
