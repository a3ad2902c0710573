"""Gaps in what the go-live card must show in full: nothing is left out there, and type is not shrunk."""

from __future__ import annotations

from collections.abc import Iterator

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change
from changebook.readiness.gap import Gap, gap
from changebook.readiness.rules import gap_rule
from changebook.source.events import Steps

CARD_LINES = 4
CARD_CHARACTERS = 90


@gap_rule("card-too-long")
def gap_card(change: Change, book: Book) -> Iterator[Gap]:
    """What the go-live card must show in full fits on it: the criteria of a rollback and the first 15 minutes
    have at most four lines each, a line at most 90 characters: `card-too-long/LIST`.
    """
    lists: dict[Steps, tuple[str, ...]] = {
        ("rollback", "criteria"): change.rollback.criteria if change.rollback else (),
        ("briefing", "first_15_minutes"): change.briefing.first_15_minutes if change.briefing else (),
    }
    for steps, lines in lists.items():
        where = ".".join(map(str, steps))
        long = [number for number, line in enumerate(lines) if len(line) > CARD_CHARACTERS]
        if len(lines) > CARD_LINES:
            said, place = (
                _(
                    "{count} lines, the go-live card holds {most}; keep the most important",
                    count=len(lines),
                    most=CARD_LINES,
                ),
                where,
            )
        elif long:
            length = len(lines[long[0]])
            said = _(
                "{length} characters, the go-live card holds {most}; shorten it",
                length=length,
                most=CARD_CHARACTERS,
            )
            place = f"{where}[{long[0]}]"
        else:
            continue
        yield gap(change, book, f"card-too-long/{where}", steps, said, where=place)
