"""Which window of a change holds for whom, and which phase is on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from changebook.model.change import Change
from changebook.model.launch import Postponement
from changebook.model.phases import Period, Phase, Window, outage_of, whole_span
from changebook.model.status import GONE, PLANNED
from changebook.source.events import Steps

# What a change of an edition has in place of its decisions: when it was rolled back.
ROLLED_BACK_AT = "rolled_back_at"


def with_outages_of(change: Change, names: Collection[str]) -> Change:
    """Return a change as the user groups and partners `names` notice the outages of its window or phases."""

    def noticed(span: Period) -> dict[str, object]:
        return {
            "outage": outage_of(span, names),
            "outage_for": tuple(name for name in span.outage_for if name in names),
        }

    phases = tuple(phase.model_copy(update=noticed(phase)) for phase in change.phases)
    window = change.window and change.window.model_copy(update=noticed(change.window))
    return change.model_copy(update={"window": window, "phases": phases})


def spans_of(change: Change) -> tuple[Period, ...]:
    """Return what a change is made in, by time: its phases, its one window, or nothing while it has no date."""
    if change.phases:
        return tuple(sorted(change.phases, key=lambda phase: (phase.start.timestamp(), phase.end.timestamp())))
    return (change.window,) if change.window else ()


def periods(change: Change) -> tuple[tuple[Steps, Period], ...]:
    """Return the phases of a change, or its one window, as the record has them, each with the steps to it."""
    if change.phases:
        return tuple((("phases", number), phase) for number, phase in enumerate(change.phases))
    return ((("window",), change.window),) if change.window else ()


def phases_of(change: Change) -> tuple[Phase, ...]:
    """Return the phases of a change, by time; none where it is made at once."""
    return tuple(span for span in spans_of(change) if isinstance(span, Phase))


def phases_for(change: Change, who: str) -> tuple[Phase, ...]:
    """Return the phases that the user group or partner `who` is in; all of them where it is in none."""
    partner = who in change.affects.partners
    return tuple(phase for phase in phases_of(change) if phase.is_for(who, partner=partner)) or phases_of(change)


def phases_at(change: Change, site: str) -> tuple[Phase, ...]:
    """Return the phases that are for the site `site`."""
    return tuple(phase for phase in phases_of(change) if site in phase.sites)


def window_for(change: Change, who: str) -> Window | None:
    """Return when a change is made for the user group or partner `who`: from its first phase to its last."""
    found = phases_for(change, who)
    return whole_span(found) if found else change.window


def moves_of(change: Change, span: Period | None) -> tuple[Postponement, ...]:
    """Return how a phase or window of a change was moved: alone, and for the first one also with all that follow."""
    name = span.name if isinstance(span, Phase) else None
    whole = span is None or not change.phases or span.start == min(phase.start for phase in change.phases)
    return tuple(one for one in change.postponed if one.phase == name or (whole and not one.phase))


def rolled_back_at(change: Change) -> datetime | None:
    """Return when a change was rolled back; None where it was not, or its record does not say when."""
    made = change.go_no_go
    if change.status != "rolled-back":
        return None
    return made.at if made and made.decision == "roll-back" else vars(change).get(ROLLED_BACK_AT)


def over_at(change: Change, now: datetime) -> datetime | None:
    """Return when a change was rolled back, else when its window ends; None without one."""
    end = change.window.end if change.window else None
    if not end or change.status != "rolled-back":
        return end
    # Where nobody wrote when, it was no later than now.
    return rolled_back_at(change) or min(end, now)


def is_called_off(change: Change, span: Period, now: datetime) -> bool:
    """Return whether a phase or window will not be, or was not, as its change was rolled back before it."""
    return change.status == "rolled-back" and span.start > (rolled_back_at(change) or now)


def spans_told(change: Change, now: datetime) -> list[Period]:
    """Return what a change is told to be made in, by time: its windows but those that a rollback came before."""
    return [span for span in spans_of(change) if not is_called_off(change, span, now)]


def first_span(change: Change) -> Period | None:
    """Return the first phase of a change, or its one window."""
    return next(iter(spans_of(change)), None)


def is_done(change: Change, span: Period, now: datetime) -> bool:
    """Return whether a phase or window is over and was made: of a change that is still planned, none was.

    Its readers have it in use then, unless the change was given up; every page, feed and message asks this.
    """
    return span.end <= now and change.status not in PLANNED


def done(change: Change, now: datetime) -> int:
    """Return how many phases of a change are done."""
    return sum(is_done(change, phase, now) for phase in phases_of(change))


def phase_on(change: Change, now: datetime, who: str = "") -> Phase | None:
    """Return the phase of a change that is on now, else the next one; of the user group or partner `who`, if given.

    None where there are no phases, or none any more: when all are over, `who` has the last, and a change that was given
    up has none.
    """
    phases = phases_for(change, who) if who else phases_of(change)
    if not phases or change.status in GONE:
        return None
    return next((phase for phase in phases if now < phase.end), phases[-1] if who else None)
