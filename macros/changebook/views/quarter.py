"""What fits on a quarter of a page: a playbook, and the go-live card of a change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from changebook.language import gettext as _
from changebook.model import Change
from changebook.render.prose import plain_prose
from changebook.views.card import GoLiveCard
from changebook.views.duty import Rota
from changebook.views.finding import Folded
from changebook.views.fitting import Fitted, Opening, fitted, opening
from changebook.views.guidance import CheckRow, OutcomeRow
from changebook.views.launch import Point
from changebook.views.playbook import PlaybookPage

# A quarter of a page: characters in a row, rows of each list, words to say, and teams to call.
QUARTER_WIDTH = 56
SAID_ROWS, CHECK_ROWS, WORSE_ROWS, POINT_ROWS = 2, 15, 4, 7
QUARTER_SAY_WORDS, QUARTER_CALLS = 34, 2
# The index is one page: characters in a row, and the rows that all playbooks share for what their callers say.
INDEX_WIDTH, INDEX_ROWS = 50, 130
# Severities that a card warns of.
_GRAVE = 2


@dataclass(frozen=True)
class QuarterCheck:
    """A check in a line: what to do, and each result with what follows."""

    do: str
    results: str

    def __len__(self) -> int:
        """Return how many characters it takes."""
        return len(self.do) + 1 + len(self.results)


@dataclass(frozen=True)
class Quarter:
    """A playbook's card, its number in the binder, and the changes that add to it while they are new.

    `index` is what callers say as the printed index has it.
    """

    number: int
    page: PlaybookPage
    said: Fitted[str]
    index: Folded[str]
    checks: Fitted[QuarterCheck]
    say: Opening
    calls: list[Rota]
    worse: Fitted[str]
    new: list[Change]


@dataclass(frozen=True)
class LiveQuarter:
    """The go-live card of a change, and as much of its lists as fits."""

    card: GoLiveCard
    normal: Fitted[Point]
    signs: Fitted[Point]
    rollback: Fitted[str]


def quarter(page: PlaybookPage, number: int, *, new: Iterable[Change], of: int) -> Quarter:
    """Return the card of a general playbook, one `of` so many: of every list what fits."""
    words = [item.value for item in page.callers_say]
    first = fitted(words, width=INDEX_WIDTH, rows=max(INDEX_ROWS // of, 2), most=len(words)).shown
    worse = [
        _("Sev {level}: {when}", level=item.value.level, when=item.value.when)
        for item in page.worse
        if item.value.level <= _GRAVE
    ]
    return Quarter(
        number=number,
        page=page,
        said=fitted(words, width=QUARTER_WIDTH, rows=SAID_ROWS, most=2),
        index=Folded(first, [word for word in words if word not in first]),
        checks=fitted([_in_a_line(check) for check in page.checks], width=QUARTER_WIDTH, rows=CHECK_ROWS, most=9),
        say=opening(plain_prose(page.first_response), QUARTER_SAY_WORDS),
        calls=[call.rota for call in page.calls[:QUARTER_CALLS]],
        worse=fitted(worse, width=QUARTER_WIDTH, rows=WORSE_ROWS),
        new=[change for change in new if change.playbook_for(page.scenario.id)],
    )


def live_quarter(card: GoLiveCard) -> LiveQuarter:
    """Return a quarter of a page of a go-live card."""
    return LiveQuarter(
        card=card,
        normal=fitted(card.normal.shown, width=QUARTER_WIDTH, rows=POINT_ROWS),
        signs=fitted(card.signs.shown, width=QUARTER_WIDTH, rows=POINT_ROWS),
        rollback=fitted(card.rollback.shown, width=QUARTER_WIDTH, rows=POINT_ROWS),
    )


def _in_a_line(check: CheckRow) -> QuarterCheck:
    return QuarterCheck(check.do, " ".join(map(_result, check.outcomes)))


def _result(outcome: OutcomeRow) -> str:
    """Return a result and what follows; after something to do, the next check follows without a word."""
    if outcome.call:
        after = _("call {phone}", phone=outcome.call.team.phone)
    elif outcome.playbook:
        after = _("see {title}", title=outcome.playbook.title)
    else:
        after = _(outcome.verb) if outcome.verb == "done" or not outcome.do else ""
    parts = filter(None, (outcome.do.rstrip("."), after))
    return f"{outcome.sign.rstrip('.')}: {'; '.join(parts)}."
