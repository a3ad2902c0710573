"""Figures of the changes of one kind, and of one playbook, before, at and after launch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from changebook.book import Book
from changebook.language import gettext as _
from changebook.language import plural
from changebook.model import Kind, Scenario
from changebook.tickets.figures import Lot
from changebook.tickets.gathered import Gathered, of_kind, of_playbook, whole_time
from changebook.tickets.rounding import rounded
from changebook.tickets.shape import Suggestion, shape_of
from changebook.views.figures import FigureRow, figure_rows
from changebook.views.metrics import PHASES, Counts, by_group

# What a lead compares playbooks by.
_COMPARED = ("Tickets", "First-contact resolution", "Escalation rate", "Repeat-ticket rate", "Preventable share")


@dataclass(frozen=True)
class GatheredMetrics:
    """A kind or a playbook in tickets: how many are `tied` to it; when its changes were back to normal; what its
    launches suggest; every figure in each time, the columns with how many days they have, and those to compare by; and
    tickets by user group.
    """

    tied: int
    normal: str
    suggests: Suggestion
    times: list[tuple[str, str]]
    rows: list[FigureRow]
    compared: list[FigureRow]
    groups: list[Counts]


def kind_metrics(book: Book, kind: Kind) -> GatheredMetrics | None:
    """Return the changes of a kind in tickets, None where nothing was counted."""
    found = of_kind(book, kind)
    if not found.lives:
        return None
    suggests = shape_of(found.lots["launch"], found.lots.get("baseline"))
    affects = [name for change, _ in found.lives for name in change.affects.groups]
    return _metrics(book, found, [(_(PHASES[name]), lot) for name, lot in found.lots.items()], suggests, affects)


def playbook_metrics(book: Book, scenario: Scenario) -> GatheredMetrics | None:
    """Return a playbook in the tickets that lead to it, None where none does: in all the time of which tickets were
    imported, and around the launches of changes that have one of their own for it.
    """
    found = of_playbook(book, scenario)
    if not found.about:
        return None
    whole = whole_time(book, found.about)
    times = [(_("All"), whole), *((_(PHASES[name]), lot) for name, lot in found.lots.items())]
    launch, before = found.lots.get("launch", whole), found.lots.get("baseline")
    suggests = shape_of(replace(launch, playbook=scenario.code), before)
    return _metrics(book, found, times, suggests, ())


def _metrics(
    book: Book, found: Gathered, times: list[tuple[str, Lot]], suggests: Suggestion, affects: Iterable[str]
) -> GatheredMetrics:
    rows = figure_rows([lot for _, lot in times])
    return GatheredMetrics(
        tied=len(found.about),
        normal=_normal(found),
        suggests=suggests,
        times=[(title, _("{number} days", number=rounded(lot.days))) for title, lot in times],
        rows=rows,
        compared=[row for row in rows if row.title in {_(title) for title in _COMPARED}],
        groups=list(by_group(book, found.about, affects=affects)),
    )


def _normal(found: Gathered) -> str:
    """Return when the changes were back to normal: `Days to normal: 1 to 4, after 3 changes; 1 is not back yet.`"""
    calm, left = found.calm, found.not_calm
    if not calm and not left:
        return _("Days to normal: unknown; import the tickets of four weeks before a launch.") if found.lives else ""
    span = _(" to ").join(str(days) for days in dict.fromkeys((*calm[:1], *calm[-1:])))
    after = plural(len(calm), "{span}, after {count} change", "{span}, after {count} changes")
    known = after.format(span=span, count=len(calm)) if calm else ""
    open_still = plural(left, "{left} is not back yet", "{left} are not back yet").format(left=left) if left else ""
    unknown = len(found.lives) - len(calm) - left
    not_known = _("unknown for {unknown} of {count}", unknown=unknown, count=len(found.lives)) if unknown else ""
    return _("Days to normal: {items}.", items="; ".join(filter(None, (known, open_still, not_known))))
