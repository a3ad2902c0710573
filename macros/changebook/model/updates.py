"""What callers are told while something is wrong: one word after another, each with the time of the next."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from changebook.model.record import Entry, Record, field
from changebook.model.scalar import Moment, Truth
from changebook.model.text import Line, Prose

UpdateState = Literal["investigating", "identified", "monitoring", "resolved"]
OutageState = Literal["degraded", "down", "ok"]


class Update(Record):
    """One update: what is known at a moment, and when the next one comes."""

    at: Moment = field("When it was said.")
    state: UpdateState = field("investigating, identified (the cause is found), monitoring (it is fixed) or resolved.")
    text: Prose = field("What callers are told, in words to say.")
    known: Truth = field("Whether the cause is known.", default=False)
    checking: Line | None = field("What is being checked; required until the cause is known.", default=None)
    expect: Line | None = field("What callers can expect meanwhile; required until the cause is known.", default=None)
    next: Moment | None = field("When the next update is due; required until it is resolved.", default=None)
    readers: tuple[Literal["desk", "staff", "partners"], ...] = field(
        "Who reads it besides the desk: staff, partners; none is the desk alone.", default=()
    )


class FormerWord(Record):
    """What was said of an outage before."""

    at: Moment = field("When it was said.", readers="desk")
    state: OutageState = field("degraded, down or ok.", readers="desk")
    says: Prose = field("What was said.", readers="desk")


class Outage(Entry):
    """`desk/status.yaml`: a system or partner that is known to be slow or down, under its id. `changebook outage`
    writes it.
    """

    state: OutageState = field("degraded: slow or partly failing; down: answers nobody; ok: it works again.")
    since: Moment = field("Since when; of one that works again, when it began.")
    updated: Moment | None = field("When that was last said; else when it began.", default=None)
    next_update: Moment | None = field("When the next update is due; required unless it is ok.", default=None)
    where: Line | None = field("Which sites, if not all.", default=None)
    says: Prose = field("What callers notice and what works in the meantime, in words to say.")
    earlier: tuple[FormerWord, ...] = field("What was said before, the oldest first.", default=())

    @property
    def said_at(self) -> datetime:
        """When its words were last said."""
        return self.updated or self.since
