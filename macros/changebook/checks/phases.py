"""What makes the window or the phases of a change wrong."""

from __future__ import annotations

from collections.abc import Iterator

from changebook.book import Book
from changebook.model.phases import Phase
from changebook.model.reading import dotted
from changebook.model.timeline import periods
from changebook.names import phase_anchor
from changebook.source.places import Spot


def check_window_or_phases(book: Book) -> Iterator[tuple[Spot, str]]:
    """A change has one window, or phases, and not both."""
    for change in book.asked:
        # Of a change in phases the window is their whole span, unless one was written.
        if change.phases and "window" in change.model_fields_set:
            message = "window: this change has phases, each with its own dates; delete one of the two"
            yield book.spot(change, "window"), message


def check_phases(book: Book) -> Iterator[tuple[Spot, str]]:
    """A phase ends after it starts, and no two phases of a change have the same name: each has its own place on the
    page.
    """
    for change in book.asked:
        seen: dict[str, str] = {}
        for number, phase in enumerate(change.phases):
            if phase.end <= phase.start:
                when = "when" if phase.end == phase.start else "before"
                message = f"phases[{number}].end: {phase.name!r} ends {when} it starts; fix one of the two"
                yield book.spot(change, "phases", number, "end"), message
            if first := seen.get(phase_anchor(phase.name)):
                said = "is listed here twice" if first == phase.name else f"reads like {first!r}"
                message = f"phases[{number}].name: {phase.name!r} {said}; give each phase its own name"
                yield book.spot(change, "phases", number, "name"), message
            seen.setdefault(phase_anchor(phase.name), phase.name)


def check_phase_readers(book: Book) -> Iterator[tuple[Spot, str]]:
    """A user group or partner is in two phases of a change only if the two are for different sites: it has one date at
    each.
    """
    for change in book.asked:
        for number, phase in enumerate(change.phases):
            for key, names in (("groups", phase.groups), ("partners", phase.partners)):
                for index, name in enumerate(names):
                    if first := _met_before(name, phase, change.phases[:number]):
                        where = f"phases[{number}].{key}[{index}]"
                        said = f"{name!r} is in {first.name!r} too; keep one, or name different sites in each"
                        yield book.spot(change, "phases", number, key, index), f"{where}: {said}"


def check_outage_readers(book: Book) -> Iterator[tuple[Spot, str]]:
    """`outage_for` says who notices an outage, so `outage` says that there is one: slow, read-only or down."""
    for change in book.asked:
        for steps, span in periods(change):
            if span.outage_for and span.outage in (None, "none"):
                where = dotted((*steps, "outage_for"))
                said = f"{where}: nobody notices an outage that is not there; write 'outage: slow', read-only or down"
                yield book.spot(change, *steps, "outage_for"), f"{said}, or delete this"


def _met_before(name: str, phase: Phase, earlier: tuple[Phase, ...]) -> Phase | None:
    """Return the first of `earlier` phases that names somebody whom `phase` names for a site of both, or for none."""
    for other in earlier:
        named = name in (*other.groups, *other.partners)
        apart = other.sites and phase.sites and not set(other.sites) & set(phase.sites)
        if named and not apart:
            return other
    return None
