"""What a file of a book held: its records, read as they are today; one that cannot be read is not guessed at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from changebook.book import Book
from changebook.cache.notes import once
from changebook.cache.packing import BrokenError, pack, unpack
from changebook.cache.program import fingerprint, program
from changebook.cache.store import store
from changebook.model import Change, Entry, Partner, Record, Scenario, Settings, Team
from changebook.model.reading import read_record
from changebook.render.dated import dated
from changebook.source import DESK_BYTES
from changebook.source.reading import Source, read_source

_TABLES: Mapping[str, type[Entry]] = {"desk/teams.yaml": Team, "desk/partners.yaml": Partner}
_SETTINGS = "desk/book.yaml"
# By the name of its file, or by the key of an entry in it.
Records = Mapping[str, Record]


def holds_guidance(path: str) -> bool:
    """Return whether a file of the book can hold guidance, by its path below the book's folder."""
    place = PurePosixPath(path)
    is_record = place.suffix == ".yaml" and str(place.parent) in (".", "desk/scenarios")
    return is_record or path in _TABLES or path == _SETTINGS


def records_now(book: Book, path: str) -> Records:
    """Return the records that a file of the book holds now, none where there is no such file."""
    name = PurePosixPath(path).stem
    if path == _SETTINGS:
        return {"": book.desk.settings}
    if path in _TABLES:
        return book.desk.teams if _TABLES[path] is Team else book.desk.partners
    table: Mapping[str, Record] = book.desk.scenarios if path.startswith("desk/") else book.changes
    return {name: table[name]} if name in table else {}


def is_read(book: Book, path: str) -> bool:
    """Return whether every record could be read in a file of the book that is there now."""
    found = records_now(book, path)
    return frozenset(found) == book.desk.ids[PurePosixPath(path).stem] if path in _TABLES else bool(found)


@once  # feeds, the first page and the page of all that changed ask for it
def past_records(book: Book) -> Mapping[tuple[str, str], Records | None]:
    """Return what each file that may hold guidance held before each edit, by its path and content; see `records_in`.

    What was read before comes from the cache.
    """
    zone, contents = book.desk.settings.zone, book.past.contents
    both = {at for edit in book.past.edits for at in edit.before.items() if at[1] and holds_guidance(at[0])}
    keys = {at: fingerprint("past", program(), at[0], zone.key, contents[at[1]]) for at in both}
    kept = store()
    known = kept.get(keys.values())
    found: dict[tuple[str, str], Records | None] = {}
    new: dict[bytes, bytes] = {}
    for at, key in keys.items():
        try:
            found[at] = unpack(known[key])
        except (BrokenError, KeyError):
            found[at] = records_in(at[0], contents[at[1]], zone)
            new[key] = pack(found[at])
    kept.put(new)
    return {at: records and as_told(records, book.now) for at, records in found.items()}


def records_in(path: str, content: bytes, zone: ZoneInfo) -> Records | None:
    """Return the records that a file of the book with this content holds, None when one of them cannot be read."""
    source = Source(Path(path))
    try:
        read_source(content[: DESK_BYTES + 1].decode("utf-8-sig"), source)
    except UnicodeDecodeError:
        return None
    if source.values is None or len(content) > DESK_BYTES:
        return None
    if path in _TABLES:
        entries = {name: _record(_TABLES[path], value, zone, name=name) for name, value in source.values.items()}
        found = {name: entry for name, entry in entries.items() if entry}
        return found if len(found) == len(entries) else None
    name = "" if path == _SETTINGS else PurePosixPath(path).stem
    cls = Settings if path == _SETTINGS else Scenario if path.startswith("desk/") else Change
    record = _record(cls, source.values, zone, name=name)
    return {name: record} if record else None


def as_told(records: Records, now: datetime) -> Records:
    """Return records as they are told of at `now`: a change has its own times written in."""
    return {name: dated(one, now) if isinstance(one, Change) else one for name, one in records.items()}


def _record(cls: type[Record], values: object, zone: ZoneInfo, *, name: str) -> Record | None:
    if not isinstance(values, dict):
        return None
    named = {**values, "id": name} if "id" in cls.model_fields else values
    return read_record(cls, named, {"zone": zone})[0]
