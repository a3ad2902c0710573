"""Another organization on the far side of an interface: what it does there, and what it must be told."""

from __future__ import annotations

from changebook.model.record import Entry, field
from changebook.model.scalar import Duration, Truth
from changebook.model.text import Id, Line, Prose, SystemId, Title, Url


class Partner(Entry):
    """Another organization on the far side of an interface."""

    id: Id
    name: Title = field("The partner's name.")
    about: Prose = field("What is exchanged with it.")
    contact: Line = field("The partner's desk and its number.", readers="desk")
    status_page: Url | None = field("Where it publishes outages.", default=None)
    edition: Url | None = field(
        "The address of the site that is made for it, if it is published: its feeds and calendar files link there.",
        readers="desk",
        default=None,
    )
    notice: Duration | None = field("How much notice it needs before a change, if any.", readers="desk", default=None)
    asks: Truth = field(
        "Whether it asks questions and is told of changes; false for one that only publishes, such as an agency.",
        readers="desk",
        default=True,
    )
    systems: tuple[SystemId, ...] = field("Its endpoints among the systems.", readers="desk", default=())
