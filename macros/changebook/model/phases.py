"""When a change is made: at once, in one window, or in phases, each with its own window and its own readers."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

from changebook.model.record import Entry, Record, field
from changebook.model.scalar import Moment
from changebook.model.text import AudienceId, GroupId, Id, Line, PartnerId, SiteId, Title

PlannedOutage = Literal["none", "slow", "read-only", "down"]
_OUTAGE = "How the systems work in the meantime: none (as always), slow, read-only or down."
_OUTAGE_FOR = "The user groups and partners who notice the outage, if not all whom the window is for."


class Site(Entry):
    """`desk/sites.yaml`: a place whose people a change may reach on a day of their own, under its id."""

    id: Id
    name: Title = field("What people call it.")


class Window(Record):
    """When the change is made."""

    start: Moment = field("When the change begins.")
    end: Moment = field("When it is in place.")
    outage: PlannedOutage | None = field(_OUTAGE, default=None)
    outage_for: tuple[AudienceId, ...] = field(_OUTAGE_FOR, default=())


class Phase(Record):
    """One phase of a change that is made site by site, or reader by reader."""

    name: Line = field("What people call the phase, such as a site.")
    start: Moment = field("When the phase begins.")
    end: Moment = field("When the change is in place for its readers.")
    sites: tuple[SiteId, ...] = field("The sites it is for.", default=())
    groups: tuple[GroupId, ...] = field(
        "The user groups it is for, among those the change affects; none means all, unless it names only partners.",
        default=(),
    )
    partners: tuple[PartnerId, ...] = field("The partners it is for, among those the change affects.", default=())
    outage: PlannedOutage | None = field(_OUTAGE, default=None)
    outage_for: tuple[AudienceId, ...] = field(_OUTAGE_FOR, default=())

    def is_for(self, who: str, *, partner: bool) -> bool:
        """Return whether the user group, or partner, with the id `who` is in this phase.

        A phase that names sites or nobody at all is for every user group; only one that names nobody is for every
        partner.
        """
        if who in (self.partners if partner else self.groups):
            return True
        if partner:
            return not (self.partners or self.groups or self.sites)
        return not self.groups and (bool(self.sites) or not self.partners)


# What a change is made in: one window, or one of its phases.
Period = Window | Phase


def outage_of(span: Period, names: Collection[str]) -> PlannedOutage | None:
    """Return the outage of a window or phase as the user groups and partners `names` notice it: none where only others
    do.
    """
    only_others = span.outage_for and not set(span.outage_for) & set(names)
    return None if only_others else span.outage


def whole_span(phases: Iterable[Phase]) -> Window:
    """Return the window from the first start of `phases`, which are not empty, to the last end."""
    starts, ends = zip(*((phase.start, phase.end) for phase in phases), strict=True)
    return Window.model_construct(start=min(starts), end=max(ends), outage=None, outage_for=())
