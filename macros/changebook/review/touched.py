"""Which records a proposal touches, and which names come and go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from changebook.book import NOUNS, TABLES, Book
from changebook.model import Change, Record
from changebook.model.phases import Phase
from changebook.model.record import key_of
from changebook.model.timeline import spans_of
from changebook.render.timing import window_words
from changebook.review.record import Side, Touched


def touched_records(base: Side, head: Side) -> list[Touched]:
    """Return every record that differs, the changes first; a change that took its old name along is renamed."""
    moved = renames(base.book, head.book)
    broken = {problem.path for problem in head.problems if not problem.gap}
    found = []
    before = {(what, name): record for what, name, record in _records(base.book)}
    after = {(what, name): record for what, name, record in _records(head.book)}
    for (what, name), record in after.items():
        was = next((old for old, new in moved.items() if new == name), "") if what == "change" else ""
        old = before.get((what, was or name))
        if not old:
            found.append(Touched("added", what, name, _name(record, name)))
        elif sections := _different(old, record):
            how = "renamed" if was else "changed"
            moved_to = _moved(old, record, head.book.now)
            found.append(Touched(how, what, name, _name(record, name), was, sections, moved_to))  # type: ignore[arg-type]
    for (what, name), record in before.items():
        if (what, name) not in after and not (what == "change" and name in moved):
            is_broken = base.book.spot(record).path in broken
            found.append(Touched("broken" if is_broken else "removed", what, name, _name(record, name)))
    order = ["change", "scenario", *NOUNS.values(), "settings", "wording", "calendar"]
    return sorted(found, key=lambda item: (order.index(item.what), item.id))


def renames(base: Book, head: Book) -> dict[str, str]:
    """Return the new id of each change whose id is gone and whose name is a former name of a new change."""
    gone = {change.name.casefold(): change.id for change in base.changes.values() if change.id not in head.changes}
    new = [change for change in head.changes.values() if change.id not in base.changes]
    former = [(name.casefold(), change.id) for change in new for name in change.former_names]
    return {gone[name]: to for name, to in former if name in gone}


def names_of(book: Book) -> set[str]:
    """Return every shared name and former name of a book."""
    return {name for change in book.changes.values() for name in (change.name, *change.former_names)}


def _records(book: Book) -> Iterator[tuple[str, str, Record]]:
    """Yield every record: what it is, its id, and itself."""
    tables: dict[str, Mapping[str, Any]] = {"change": book.changes, "scenario": book.desk.scenarios}
    tables |= {NOUNS[table]: getattr(book.desk, table) for table in TABLES}
    tables |= {"settings": {"desk/book.yaml": book.desk.settings}, "wording": {"desk/wording.yaml": book.desk.wording}}
    tables |= {"calendar": {"desk/calendar.yaml": book.desk.calendar}}
    for what, records in tables.items():
        for name, record in records.items():
            yield what, name, record


def _different(old: Record, new: Record) -> tuple[str, ...]:
    """Return the keys whose values differ."""
    if old is new:
        return ()
    fields = [(name, key_of(name, info)) for name, info in type(new).model_fields.items() if name != "id"]
    return tuple(key for name, key in fields if getattr(old, name) != getattr(new, name))


def _moved(old: Record, new: Record, now: datetime) -> tuple[str, str] | None:
    """Return the window of a change, or the phases that differ, before and after, as pages say it, if any."""
    if not (isinstance(old, Change) and isinstance(new, Change)):
        return None
    before, after = _when(old, now), _when(new, now)
    if before == after:
        return None
    was, now_is = (
        "; ".join(one for one in here if one not in there) for here, there in ((before, after), (after, before))
    )
    return was or "no window", now_is or "no window"


def _when(change: Change, now: datetime) -> list[str]:
    """Return when a change is made, in words: its window, or each of its phases under its name."""
    return [
        f"{span.name}: {window_words(span, now)}" if isinstance(span, Phase) else window_words(span, now)
        for span in spans_of(change)
    ]


def _name(record: Record, name: str) -> str:
    """Return what people call the record under `name`."""
    return str(next((getattr(record, key) for key in ("what", "name", "title") if hasattr(record, key)), name))
