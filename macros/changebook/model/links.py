"""What a change is called elsewhere: its number in other systems."""

from __future__ import annotations

from changebook.model.record import Record, field
from changebook.model.text import Term, Title, Url


class Reference(Record):
    """The number of a change in another system: the ITSM change, a vendor's note, the hazard log, board minutes."""

    system: Title = field("What the number is of, in a few words, such as ITSM change.", readers="desk")
    number: Term = field("The number; search finds the change by it.", readers="desk")
    address: Url | None = field("Where it can be read.", readers="desk", default=None)
