"""The mappings that every desk has, for exports as helpdesks make them; a desk's own of the same name goes first."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from changebook.book import Desk
from changebook.errors import UnknownTermError
from changebook.model.mapping import TicketMapping
from changebook.model.reading import read_record
from changebook.names import did_you_mean
from changebook.source import load_source

_FOLDER = Path(__file__).parent / "shipped"


def mapping_called(name: str, desk: Desk) -> TicketMapping:
    """Return the mapping with the id `name`; raise UnknownTermError, which offers the nearest one."""
    known = {**shipped(), **desk.mappings}
    if name not in known:
        raise UnknownTermError(f"no mapping {name!r}; {did_you_mean(name, known)}")
    return known[name]


@cache
def shipped() -> Mapping[str, TicketMapping]:
    """Return the mappings of the package, by id."""
    found = {}
    for file in sorted(_FOLDER.glob("*.yaml")):
        mapping, faults = read_record(TicketMapping, {**(load_source(file).values or {}), "id": file.stem}, {})
        assert mapping, faults  # a test reads each of them
        found[file.stem] = mapping
    return found
