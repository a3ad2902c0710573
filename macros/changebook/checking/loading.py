"""A folder of records to one Book, with every problem of every file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from changebook.book import TABLES, Book, Desk
from changebook.checking.form import other_form, without_desk
from changebook.checking.loaded import Loaded
from changebook.checking.opening import BookFolder
from changebook.errors import Problem
from changebook.model import Calendar, Change, Record, Scenario, Settings, Wording
from changebook.model.mapping import TicketMapping
from changebook.model.reading import read_record
from changebook.model.scalar import moment_in
from changebook.model.text import OUTCOMES
from changebook.source import DESK_BYTES, Source
from changebook.source.events import Steps
from changebook.source.marks import not_read
from changebook.source.places import Places
from changebook.tickets.folder import TICKETS, tickets_in, with_todays_ids

_R = TypeVar("_R", bound=Record)
SINGLE = ("book", "calendar", "wording")
MAY_BE_ABSENT = ("calendar", "cases", "elsewhere", "sites", "status", "wording")


def load_book(
    folder: Path, *, shown_as: Path | None = None, today: str | None = None, clock: Callable[[], datetime]
) -> Loaded:
    """Load the records below `folder`; problems name files below `shown_as`.

    The book's now is `today` (a day or a time as in a record, in the book's zone), else the one its settings pin,
    else what `clock` says. Raises ChangebookError when `today` is neither.
    """
    loader = _Loader(folder, shown_as or folder)
    loaded = loader.load(today, clock)
    loaded.problems, loaded.private = loader.files.without_private(loaded.problems)
    desk = (shown_as or folder) / "desk"
    unread = {at for at in {one.path for one in loaded.problems} if not loaded.book or at.is_relative_to(desk)}
    loaded.unread = frozenset(one for one in loaded.problems if one.path in unread)
    return loaded


class _Loader(BookFolder):
    """Read every file once and collect what is wrong."""

    def __init__(self, folder: Path, shown_as: Path) -> None:
        super().__init__(folder, shown_as)
        self.ids: dict[str, frozenset[str] | None] = {}
        self.not_read: dict[str, tuple[Steps, ...]] = {}
        self.zone: ZoneInfo | None = None
        self.wrong_form: Problem | None = None

    def load(self, today: str | None, clock: Callable[[], datetime]) -> Loaded:
        """Load the desk, then the records."""
        if no_book := without_desk(self.folder, self.shown_as):
            return Loaded(None, [no_book])
        self.look_up_desk({"book": Settings})
        settings = self.single("book", Settings)
        if self.wrong_form:
            self.files.keep_nothing()
            return Loaded(None, [self.wrong_form])
        self.zone = settings.zone if settings else None
        self.look_up_desk({**TABLES, "wording": Wording, "calendar": Calendar})
        tables: dict[str, Any] = {table: self.table(table, cls) for table, cls in TABLES.items()}
        wording = self.single("wording", Wording) or Wording()
        calendar = self.single("calendar", Calendar) or Calendar()
        self.strangers(self.folder / "desk", {f"{name}.yaml" for name in (*TABLES, *SINGLE)}, {"scenarios", "mappings"})
        files = self.records(self.folder / "desk" / "scenarios")
        names, linked = frozenset(file.stem for file in files), (self.folder / "desk" / "scenarios").is_symlink()
        self.ids["scenarios"], self.ids["outcomes"] = (None, None) if linked else (names, names.union(OUTCOMES))
        scenarios = self.read_all(Scenario, files)
        tables["mappings"] = self.read_all(TicketMapping, self.records(self.folder / "desk" / "mappings"))
        files = self.records(self.folder, folders={"desk", TICKETS})
        self.ids["changes"] = frozenset(file.stem for file in files)
        changes = self.read_all(Change, files)
        if not settings:
            return Loaded(None, self.problems)
        teams, named = tables["teams"], self.ids["teams"]
        known = named is not None and len(teams) == len(named)
        self.ids["queues"] = frozenset(team.queue for team in teams.values()) if known else None
        groups, partners = self.ids["groups"], self.ids["partners"]
        self.ids["audiences"] = None if groups is None or partners is None else groups | partners
        pinned = moment_in(today, settings.zone) if today is not None else settings.today
        desk = Desk(settings=settings, scenarios=scenarios, wording=wording, calendar=calendar, ids=self.ids, **tables)
        now = pinned or clock().astimezone(settings.zone)
        said = self.files.said(self.shown_as, changes, now)
        undated = {name: change for name, change in changes.items() if change.phases and said[name] is not change}
        kept, wrong = tickets_in(self.folder / TICKETS, shown_as=self.shown_as / TICKETS)
        self.problems += wrong
        asides: dict[str, Any] = {**self.files.asides(), "not_read": self.not_read, "undated": undated}
        book = Book(self.shown_as, desk, said, now, tickets=tuple(with_todays_ids(kept, changes, settings)), **asides)
        outlines = self.files.outlines(self.shown_as, changes)
        return Loaded(book, self.problems, Places(self.files.lines()), outlines=outlines)

    def look_up_desk(self, lists: Mapping[str, type[Record]]) -> None:
        """Look up which of the desk's files were read before."""
        files = ((cls, self.folder / "desk" / f"{name}.yaml") for name, cls in lists.items())
        self.files.look_up(((cls, file, self.shown(file)) for cls, file in files), self.zone, DESK_BYTES)

    def single(self, name: str, cls: type[_R]) -> _R | None:
        """Read one of the desk's files that is one record."""
        file = self.folder / "desk" / f"{name}.yaml"
        if kept := self.files.kept.get(self.shown(file)):
            return kept.record(cls)
        if name in MAY_BE_ABSENT and not os.path.lexists(file):
            return None
        told = len(self.problems)
        source = self.source(file, DESK_BYTES)
        if cls is Settings:
            self.wrong_form = other_form(source)
        record = self.record(cls, source, ()) if source.values is not None else None
        if record and len(self.problems) == told:
            self.files.read(source, cls, record, self.zone)
        return record

    def table(self, table: str, cls: type[_R]) -> dict[str, _R]:
        """Read one of the desk's lists: ids to entries."""
        file = self.folder / "desk" / f"{table}.yaml"
        if kept := self.files.kept.get(self.shown(file)):
            self.ids[table] = frozenset(kept.values)
            return dict(kept.values)
        if table in MAY_BE_ABSENT and not os.path.lexists(file):
            self.ids[table] = frozenset()
            return {}
        told = len(self.problems)
        # A new desk's lists hold examples, as comments.
        source = self.source(file, DESK_BYTES, may_be_empty=True)
        if source.values is None:
            self.ids[table] = None
            return {}
        self.ids[table] = frozenset(source.values)
        entries = ((name, self.record(cls, source, (name,))) for name in source.values)
        found = {name: entry for name, entry in entries if entry}
        if len(self.problems) == told:
            self.files.read(source, cls, found, self.zone)
        return found

    def read_all(self, cls: type[_R], files: Iterable[Path]) -> dict[str, _R]:
        """Read the records in `files`, each named by its file."""
        found: dict[str, _R] = {}
        files = {file: self.shown(file) for file in files}
        self.files.look_up(((cls, file, shown) for file, shown in files.items()), self.zone)
        for file, shown in files.items():
            marked, told = tuple[Steps, ...](), len(self.problems)
            if kept := self.files.kept.get(shown):
                found[file.stem], marked = kept.record(cls), kept.marked
            elif (source := self.source(file)).values is not None:
                if record := self.record(cls, source, (), name=file.stem):
                    found[file.stem] = record
                    if len(self.problems) == told:
                        self.files.read(source, cls, record, self.zone)
                marked = not_read(source) if record and cls is Change else ()
            if marked:
                self.not_read[file.stem] = marked
        return found

    def record(self, cls: type[_R], source: Source, steps: Steps, name: str = "") -> _R | None:
        """Read the record at `steps`, whose id is its last step or the file's name."""
        values: Any = source.values
        for step in steps:
            values = values[step]
        if not isinstance(values, dict):
            message = f"{steps[-1]}: expected keys and values; write 'key: value' lines below it"
            self.problems.append(source.problem(steps, message))
            return None
        if "id" in cls.model_fields:
            if "id" in values:
                said = "unknown key 'id'; the id is the file's name or the key above, delete the line"
                self.problems.append(source.problem((*steps, "id"), said, of_key=True))
            values = {**values, "id": str(steps[-1]) if steps else name}
        key = (cls, steps, name, self.zone)
        record, faults = source.once(key, lambda: read_record(cls, values, {"zone": self.zone}))
        for fault in faults:
            # A wrong id is the key of its entry, or the name of its file.
            message = fault.message.removeprefix("id: ")
            at_key = fault.of_key or fault.steps == ("id",)
            self.problems.append(source.problem((*steps, *fault.steps), message, of_key=at_key))
        return record
