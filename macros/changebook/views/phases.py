"""The phases of a change, as its page lists them: when, where, for whom, and which one is on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change
from changebook.model.phases import Phase
from changebook.model.status import GONE
from changebook.model.timeline import is_done, phase_on, phases_of
from changebook.names import phase_anchor
from changebook.render.phasing import listed


@dataclass(frozen=True)
class PhaseRow:
    """A phase: its place on the page, how far it is, the names of its sites and of its readers, and both in words."""

    phase: Phase
    anchor: str
    state: Literal["done", "now", "next", "later"]
    sites: tuple[str, ...]
    readers: tuple[str, ...]
    who: str


def phase_rows(book: Book, change: Change) -> list[PhaseRow]:
    """Return the phases of a change, by time; of a change that was given up, none is on."""
    return [_row(book, change, phase) for phase in phases_of(change)]


def _row(book: Book, change: Change, phase: Phase) -> PhaseRow:
    desk, on = book.desk, phase_on(change, book.now)
    state: Literal["done", "now", "next", "later"] = "later"
    if is_done(change, phase, book.now) and change.status not in GONE:
        state = "done"
    elif phase is on:
        state = "now" if phase.start <= book.now < phase.end else "next"
    sites = tuple(desk.sites[name].name for name in phase.sites)
    return PhaseRow(
        phase=phase,
        anchor=phase_anchor(phase.name),
        state=state,
        sites=sites,
        readers=tuple(desk.audience(name).name for name in (*phase.groups, *phase.partners)),
        who=_who(book, phase, sites),
    )


def _who(book: Book, phase: Phase, sites: tuple[str, ...]) -> str:
    """Return whom a phase is for: `Nurses at Lighthouse Hill, Far Labs`. Its own name is not said again."""
    groups = ", ".join(book.desk.groups[name].name for name in phase.groups)
    if not groups and (sites or not phase.partners):
        groups = _("Everyone")
    where = _(" there") if sites == (phase.name,) else _(" at {sites}", sites=listed(sites)) if sites else ""
    return ", ".join(filter(None, (f"{groups}{where}", *(book.desk.partners[name].name for name in phase.partners))))
