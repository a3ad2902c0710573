"""A list of the desk filled from an export: ids are kept, comments stay, and the book is right afterward."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from changebook.book import NOUNS, TABLES, Book
from changebook.checking.loading import load_book
from changebook.checking.trial import check_edited
from changebook.editing.files import BYTE_ORDER_MARK, FileEdit
from changebook.editing.lines import Value, as_read
from changebook.editing.record import Action, Append, Put, revised_text
from changebook.errors import BookError, ChangebookError, Problem
from changebook.model import Entry
from changebook.model.keys import Key, keys_of
from changebook.model.reading import read_record
from changebook.names import did_you_mean, id_fault, nearest, slug
from changebook.recording.cells import plain_cells, plain_number
from changebook.recording.export import ExportRow, as_key, at_rows, cells_instead, export_rows, once_each
from changebook.scaffold.plain import as_yaml
from changebook.source import DESK_BYTES, Source, load_source, read_source

# A number has no quotes in a list.
_NUMBER = "a whole number"
IMPORTED = ("teams", "systems", "groups", "partners")


@dataclass(frozen=True)
class Filled:
    """What an export does to a list: the edit of its file, the ids that are new and that change, columns not used."""

    edit: FileEdit
    new: tuple[str, ...]
    changed: tuple[str, ...]
    unused: tuple[str, ...]


def plan_import(
    folder: Path,
    table: str,
    export: Path,
    *,
    columns: Mapping[str, str],
    defaults: Mapping[str, str],
    instead: Mapping[str, str],
    clock: Callable[[], datetime],
) -> Filled:
    """Return what the table in `export` does to the list `table` of the book in `folder`.

    `columns` says which field a column with another heading fills, `defaults` what a field is where a new entry has
    nothing for it, `instead` what a cell is read as. Entries that the export lacks stay. Raises ChangebookError where
    the export cannot be read, BookError with every cell that is wrong, or with what would be wrong in the book.
    """
    loaded = load_book(folder, clock=clock)
    if not loaded.book:
        raise BookError(loaded.problems)
    cls, file = TABLES[table], folder / "desk" / f"{table}.yaml"
    fields = {"id", *(key.key for key in keys_of(cls))}
    columns = {heading: as_key(field) for heading, field in columns.items()}
    defaults = {as_key(field): value for field, value in defaults.items()}
    if unknown := [name for name in (*columns.values(), *defaults) if name not in fields]:
        raise ChangebookError(f"no field {unknown[0]!r} in {table}; {did_you_mean(unknown[0], fields)}")
    rows, unused = export_rows(export, fields, columns)
    source = load_source(file, limit=DESK_BYTES, may_be_empty=True)
    if source.values is None:
        raise BookError(source.problems)
    entries = _Entries(loaded.book, cls, source.values, table)
    wanted = entries.read(cells_instead(export, rows, instead), defaults)
    if entries.problems:
        raise BookError(once_each(entries.problems))
    edit, new, changed = _edit(file, source, wanted, cls)
    if edit.before != edit.after and (wrong := check_edited([edit], folder, clock=clock).problems):
        raise BookError(once_each(at_rows(wrong, edit, export, entries.lines)))
    return Filled(edit, new, changed, unused)


class _Entries:
    """The rows of an export as entries by their id, and what is wrong with them."""

    def __init__(self, book: Book, cls: type[Entry], there: Mapping[str, Any], table: str) -> None:
        self._book, self._cls, self._there, self._table = book, cls, there, table
        self._names = {name: str(entry.get("name", "")) for name, entry in there.items()}
        self._ids = {called.casefold(): name for name, called in self._names.items()}
        self._keys = {key.key: key for key in keys_of(cls)}
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}

    def read(self, rows: list[ExportRow], defaults: Mapping[str, str]) -> dict[str, dict[str, Any]]:
        """Return the values of each entry by its id, in the order of the rows."""
        wanted: dict[str, dict[str, Any]] = {}
        names = {"name", *(key for key, about in self._keys.items() if about.table)}
        plain = partial(plain_cells, names=names, language=self._book.desk.settings.language)
        rows, defaults = [replace(row, cells=plain(row.cells)) for row in rows], plain(defaults)
        for row in rows:
            called = row.cells["name"]
            name = self._ids.setdefault(called.casefold(), row.cells.get("id") or self._new_id(called))
            self._names[row.cells.get("id") or name] = called
        for row in rows:
            name = row.cells.get("id") or self._ids[row.cells["name"].casefold()]
            if name and name in wanted:
                first = f"the same entry as in line {self.lines[name]}, {name!r}"
                self._wrong(row, f"{first}; give each a name, or an id, of its own")
                continue
            self.lines[name] = row.line
            given = row.cells if name in self._there else {**defaults, **row.cells}
            unknown = [fault for key in self._keys if given.get(key) for fault in self._unknown(key, given[key])]
            for message in unknown:
                self._wrong(row, message)
            told = len(self.problems)
            wanted[name] = {key: self._value(key, given[key]) for key in self._keys if given.get(key)}
            if not unknown:
                self._check(row, name or "new", wanted[name])
            if not name and len(self.problems) == told:
                self._wrong(row, f"no id can be made of {row.cells['name']!r}; add a column id, such as 'night-desk'")
        return wanted

    def _value(self, name: str, cell: str) -> Value:
        key = self._keys[name]
        if key.shape and key.shape.name == _NUMBER and (number := plain_number(cell)) is not None:
            return number
        found: list[Value] = [self._term(key, part) for part in _parts(key, cell)]
        return found if key.many else found[0]

    def _new_id(self, name: str) -> str:
        """Return the id for an entry called `name`, "" where none can be made."""
        made = self._book.desk.settings.id_of(name)
        return "" if id_fault(made) else made

    def _term(self, key: Key, text: str) -> str:
        """Return the id that an entry of another list has which is called `text`, and a term as it is written here."""
        if key.table:
            called = self._called(key.table).items()
            return next((one for one, name in called if name.casefold() == text.casefold()), text)
        return slug(text) if key.terms and slug(text) in key.terms else text

    def _called(self, table: str) -> dict[str, str]:
        """Return the names of the entries of a list by their id, with those that the file adds."""
        if table == self._table:
            return self._names
        return {str(one.id): one.name for one in getattr(self._book.desk, table).values()}

    def _unknown(self, name: str, cell: str) -> Iterator[str]:
        """Yield what a cell names that is in no list, with the nearest of names and ids."""
        key = self._keys[name]
        called = self._called(key.table) if key.table else {}
        for part in _parts(key, cell) if key.table else ():
            if self._term(key, part) not in called:
                terms = (*called.values(), *(called if nearest(part, called) else ()))
                yield f"{name}: no {NOUNS[key.table]} {part!r}; {did_you_mean(part, terms)}"

    def _check(self, row: ExportRow, name: str, values: dict[str, Any]) -> None:
        whole = {**self._there.get(name, {}), **{key: as_read(value) for key, value in values.items()}, "id": name}
        _, faults = read_record(self._cls, whole, {"zone": self._book.desk.settings.zone})
        for fault in faults:
            self._wrong(row, fault.message)

    def _wrong(self, row: ExportRow, message: str) -> None:
        self.problems.append(Problem(row.path, row.line, 1, message))


def _parts(key: Key, cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()] if key.many else [cell]


def _edit(
    file: Path, source: Source, wanted: Mapping[str, dict[str, Any]], cls: type[Entry]
) -> tuple[FileEdit, tuple[str, ...], tuple[str, ...]]:
    """Return the edit of a list that lets it say what is wanted, and the ids that are new and that change."""
    there = source.values or {}
    actions = {name: list(_actions(name, there[name], values)) for name, values in wanted.items() if name in there}
    text, before = source.text, file.read_bytes()
    if made := [action for several in actions.values() for action in several]:
        text = revised_text(text, made, cls, path=file)
    if new := {name: values for name, values in wanted.items() if name not in there}:
        # Below all that is there, examples in comments too.
        text = f"{text.rstrip()}\n{as_yaml(new)}\n"
        if list(read_source(text, Source(file)).values or {}) != [*there, *new]:
            raise ChangebookError(f"{file} is laid out unusually; write its entries below each other, without braces")
    mark = BYTE_ORDER_MARK if before.startswith(BYTE_ORDER_MARK) else b""
    changed = tuple(name for name, several in actions.items() if several)
    return FileEdit(file, file, before, mark + text.encode()), tuple(new), changed


def _actions(name: str, there: Mapping[str, Any], values: Mapping[str, Any]) -> Iterator[Action]:
    """Yield what lets an entry hold `values`; a list is added to, and nothing is taken from it."""
    for key, value in values.items():
        if not isinstance(value, list):
            if there.get(key) != as_read(value):
                yield Put((name, key), value)
            continue
        for item in value:
            if item not in (there.get(key) or ()):
                yield Append((name, key), item)
