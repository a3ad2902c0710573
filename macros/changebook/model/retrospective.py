"""What was learned from a change: how it went, why people called, and what the next one of its kind must know."""

from __future__ import annotations

from typing import Literal

from changebook.model.record import Record, field
from changebook.model.scalar import Day
from changebook.model.text import Line, Prose, TeamId, Term


class GuideGap(Record):
    """Something that no page said, or said wrongly, and where it is fixed."""

    gap: Line = field("What was missing or wrong.", readers="desk")
    owner: TeamId = field("The team that fixes it.", readers="desk")
    fixed_in: Term | None = field(
        "The playbook's id, or the page, where it is fixed; needed to close the change.", readers="desk", default=None
    )


class Retrospective(Record):
    """The review of a change after it: `changebook close` asks for `held`, `outcome` and `summary`."""

    held: Day | None = field("The date it was held.", readers="desk", default=None)
    outcome: Literal["successful", "with-issues", "failed"] | None = field(
        "successful, with-issues or failed.", readers="desk", default=None
    )
    summary: Prose | None = field("How it went, in one or two sentences.", readers="desk", default=None)
    causes: tuple[Line, ...] = field("Why people called, the most frequent cause first.", readers="desk", default=())
    confusion: tuple[Line, ...] = field("What confused callers or analysts.", readers="desk", default=())
    gaps: tuple[GuideGap, ...] = field("What the pages lacked.", readers="desk", default=())
    lessons: tuple[Line, ...] = field(
        "What the next change of this kind must do; `changebook new` asks its author about each.",
        readers="desk",
        default=(),
    )
