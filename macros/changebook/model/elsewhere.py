"""What callers ask the desk for that is somebody else's work."""

from __future__ import annotations

from typing import Annotated

from annotated_types import MinLen

from changebook.model.record import Entry, field
from changebook.model.text import Id, Line, Phone, TeamId, Term, Title


class NotOurs(Entry):
    """`desk/elsewhere.yaml`: something callers ask for that this desk does not do, under its id, and whom to call."""

    id: Id
    what: Title = field("What it is, `Printers and toner`.", readers="desk")
    words: Annotated[tuple[Term, ...], MinLen(3)] = field(
        "What callers say when they need it, three or more.", readers="desk", old_words=True
    )
    team: TeamId | None = field(
        "The team that does it, if it is one of the desk's: its number and hours are known.",
        readers="desk",
        default=None,
    )
    name: Title | None = field("Who does it, if it is not one of the desk's teams.", readers="desk", default=None)
    phone: Phone | None = field("The number to give the caller; required with a name.", readers="desk", default=None)
    hours: Line | None = field(
        "When they answer, in words, and whom to call otherwise; only with a name.", readers="desk", default=None
    )
    note: Line | None = field("What to ask or say before the caller hangs up.", readers="desk", default=None)
