"""Who was told of a change before it is made."""

from __future__ import annotations

from changebook.model.record import Record, field
from changebook.model.scalar import Moment
from changebook.model.text import Line, PartnerId


class Told(Record):
    """That a partner was told of the change, before its window: when and how."""

    partner: PartnerId = field("The partner that was told.", readers="desk")
    at: Moment = field("When it was told.", readers="desk")
    how: Line = field("How: the mail, call or meeting, with its number if it has one.", readers="desk")
