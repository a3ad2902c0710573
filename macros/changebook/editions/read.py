"""Who reads a field of a record, by the tables in `fields`."""

from __future__ import annotations

from functools import cache

from changebook.editions.fields import PARTNERS, STAFF, STAFF_AND_PARTNERS
from changebook.model import Record


@cache
def fields_for(cls: type[Record], edition: str) -> frozenset[str]:
    """Return the fields of records of `cls` that the edition `staff` or `partners` may hold."""
    tables = (STAFF_AND_PARTNERS, STAFF if edition == "staff" else PARTNERS)
    return frozenset(name for table in tables for name in table.get(cls, "").split())


@cache
def readers_in(cls: type[Record], name: str) -> str:
    """Return who reads a field of records of `cls`: `desk`, or besides it `staff`, `partners` or `everyone`."""
    edition = [edition for edition in ("staff", "partners") if name in fields_for(cls, edition)]
    return "everyone" if len(edition) == 2 else edition[0] if edition else "desk"
