"""What is known of a record's file once it was read, kept by its bytes: only of files without a fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from changebook.cache.packing import BrokenError, pack, record_of, unpack
from changebook.cache.program import fingerprint, program
from changebook.checking.later import Later
from changebook.checking.private import phones_of_file
from changebook.model import Change, Record
from changebook.naming.excuses import excused_steps
from changebook.render.dated import dated, dated_part, says_its_window
from changebook.source import Source
from changebook.source.events import Steps
from changebook.source.marks import not_read
from changebook.source.places import kept_lines

_R = TypeVar("_R", bound=Record)
# What lists, and other changes, ask of every change.
_AT_ONCE = {
    *("id", "name", "kind", "status", "urgency", "owner", "window", "phases", "former_names", "references"),
    *("depends_on", "part_of", "repeats", "affects", "stable", "closed", "postponed"),
    # the calendar, and the rules of wording
    *("cover", "bridge", "watch"),
}


# What checks of one change ask of the others; see `outline_of`.
OUTLINE = (
    *("id", "name", "former_names", "status", "references", "depends_on", "part_of", "affects", "watch"),
    "announcement",
)


@dataclass(frozen=True)
class KeptFile:
    """A file's record, and what else is asked of the file.

    `values` are those that are there at once, or the records of a list by their ids, `parts` the others as bytes;
    `given` the fields that the file names, and `dated` those that say when the change is made. `scenarios` are those of
    its playbooks, `lines` the kept ones, `excused` and `marked` the steps to what is said to be right, or not read yet,
    and `phones` the numbers in it; of `outline` see `outline_of`.
    """

    values: Mapping[str, Any]
    given: tuple[str, ...]
    parts: Mapping[str, bytes]
    dated: frozenset[str]
    scenarios: tuple[str, ...]
    lines: Mapping[Steps, int]
    excused: frozenset[Steps]
    marked: tuple[Steps, ...]
    phones: frozenset[str]
    outline: bytes

    def record(self, cls: type[_R]) -> _R:
        """Return the record as its file says it."""
        if not issubclass(cls, Change):
            return cast("_R", record_of(cls, dict(self.values), self.given))
        return cast("_R", Later.of(self.values, self.given, self.parts, lambda _, part: unpack(part), self.scenarios))

    def said(self, now: datetime) -> Change:
        """Return the change with the times of its window, as `dated` does, once they are asked for."""

        def make(name: str, part: bytes) -> Any:
            return dated_part(change, unpack(part), now) if name in self.dated else unpack(part)

        change = Later.of(self.values, self.given, self.parts, make, self.scenarios)
        return dated(change, now) if self.dated - self.parts.keys() else change


def key_of_file(cls: type[Record], name: str, zone: ZoneInfo | None, said: bytes) -> bytes:
    """Return what a file's record is kept under: all that it follows from; `said` is a digest of its bytes."""
    return fingerprint("record", program(), cls.__name__, name, zone.key if zone else "", said)


def from_bytes(data: bytes) -> KeptFile | None:
    """Return what was kept of a file, None where it says something else."""
    try:
        return KeptFile(*unpack(data))
    except (BrokenError, TypeError):
        return None


def outline_of(change: Change) -> bytes:
    """Return a digest of what checks of other changes ask of this one."""
    return fingerprint(*(pack(getattr(change, name)) for name in OUTLINE))


def as_bytes(source: Source, read: Record | Mapping[str, Record]) -> bytes:
    """Return what is kept of a file that was read without a fault."""
    values, given = (read.__dict__, read.model_fields_set) if isinstance(read, Record) else (read, ())
    change = read if isinstance(read, Change) else None
    parts = {name: pack(value) for name, value in values.items() if change and value and name not in _AT_ONCE}
    kept = KeptFile(
        values={name: value for name, value in values.items() if name not in parts},
        given=tuple(sorted(given)),
        parts=parts,
        dated=says_its_window(change) if change else frozenset(),
        scenarios=change.scenarios if change else (),
        lines=kept_lines(source),
        excused=excused_steps(source),
        marked=not_read(source) if change else (),
        phones=phones_of_file(source),
        outline=outline_of(change) if change else b"",
    )
    return pack(tuple(getattr(kept, field.name) for field in fields(kept)))
