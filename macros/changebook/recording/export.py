"""The rows of a table that another program exported: cells by the field that their column fills."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from changebook.editing.files import FileEdit
from changebook.errors import BookError, ChangebookError, Problem
from changebook.names import did_you_mean
from changebook.printing.cells import bare_cell
from changebook.source import Source, read_source
from changebook.source.tables import exported_text, headings_at

# What a spreadsheet would calculate; a telephone number may begin with a plus.
_FORMULA = re.compile(r"[=@]|[+-](?![\d\s(])")
# How people write that there is nothing.
_NOTHING = re.compile(r"[-\u2013\u2014]|n/?a", re.I)
_LONGEST = 4 * 1024 * 1024
# How many lines are named of those that say the same.
_SHOWN = 5


@dataclass(frozen=True)
class ExportRow:
    """A row: its file, its line there, and the text of each cell that is not empty, by the field."""

    path: Path
    line: int
    cells: Mapping[str, str]


def export_rows(
    file: Path, fields: Collection[str], columns: Mapping[str, str]
) -> tuple[list[ExportRow], tuple[str, ...]]:
    """Return the rows of the table in `file`, and the headings of the columns that fill none of `fields`.

    A column fills the field that it is called after, as `Other names` does other_names, or the one that `columns` says.
    A row that says what one above it says is left out.
    Raises ChangebookError where the file is no such table or has no row, BookError with each row that has more cells
    than headings, a formula, or no name.
    """
    text = _text(file)
    start, mark = headings_at(text)
    first = text.count("\n", 0, start)
    reader = csv.reader(io.StringIO(text[start:], newline=""), delimiter=mark, strict=True)
    try:
        head = [name.strip() for name in next(reader, [])]
        told = {as_key(name): field for name, field in columns.items()}
        filled = [told.get(as_key(name)) or (as_key(name) if as_key(name) in fields else "") for name in head]
        if lost := [name for name in columns if as_key(name) not in map(as_key, head)]:
            raise ChangebookError(f"{file}: no column {lost[0]!r}; {did_you_mean(lost[0], head)}")
        if "name" not in filled:
            shown = ", ".join(head) or "none"
            message = f"no column is called name; of its columns, {shown}, say which one it is: --column 'HEADING=name'"
            raise ChangebookError(f"{file}: {message}")
        if twice := [field for field in filled if field and filled.count(field) > 1]:
            raise ChangebookError(f"{file}: two columns fill {twice[0]!r}; rename one of them")
        rows: dict[frozenset[tuple[str, str]], ExportRow] = {}
        wrong: list[Problem] = []
        for cells in filter(lambda cells: any(map(str.strip, cells)), reader):
            row = ExportRow(file, first + reader.line_num, dict(_cells(filled, cells)))
            rows.setdefault(frozenset(row.cells.items()), row)
            wrong.extend([_too_many(row, cells, head, mark)] if any(cells[len(head) :]) else _wrong(row))
    except csv.Error as error:
        raise ChangebookError(f"{file}: not a CSV file: {error}; export it again") from error
    if wrong:
        raise BookError(wrong)
    if not rows:
        raise ChangebookError(f"{file} has headings and no row below them; export it again, with its entries")
    return list(rows.values()), tuple(name for name, field in zip(head, filled, strict=True) if name and not field)


def _text(file: Path) -> str:
    with file.open("rb") as stream:
        data = stream.read(_LONGEST + 1)
    if len(data) > _LONGEST:
        raise ChangebookError(f"{file} is larger than {_LONGEST // 1024 // 1024} MiB; export only what the desk needs")
    return exported_text(data)


def as_key(heading: str) -> str:
    """Return the key that a heading is meant as: `Other names` is other_names."""
    return re.sub(r"[\W_]+", "_", heading.casefold()).strip("_")


def _cells(filled: list[str], cells: list[str]) -> Iterator[tuple[str, str]]:
    for field, cell in zip(filled, cells, strict=False):
        if field and (text := " ".join(bare_cell(cell).split())) and not _NOTHING.fullmatch(text):
            yield field, text


def _too_many(row: ExportRow, cells: list[str], head: list[str], mark: str) -> Problem:
    called = {",": "a comma", ";": "a semicolon", "\t": "a tab"}.get(mark, repr(mark))
    message = f"{len(cells)} cells, {len(head)} headings; quote a cell that has {called}"
    return Problem(row.path, row.line, 1, message)


def _wrong(row: ExportRow) -> Iterator[Problem]:
    for field, cell in row.cells.items():
        if _FORMULA.match(cell):
            yield Problem(row.path, row.line, 1, f"{field}: {cell[:40]!r} is a formula; export its value")
    if "name" not in row.cells:
        yield Problem(row.path, row.line, 1, "the name is missing; every row needs one")


def cells_instead(file: Path, rows: list[ExportRow], instead: Mapping[str, str]) -> list[ExportRow]:
    """Return rows of `file` with what `instead` says in place of a cell; raise ChangebookError where no row has it."""
    there = {cell for row in rows for cell in row.cells.values()}
    if lost := [cell for cell in instead if cell not in there]:
        raise ChangebookError(f"{file}: no cell {lost[0]!r} in a column that is used; {did_you_mean(lost[0], there)}")
    return [replace(row, cells={key: instead.get(cell, cell) for key, cell in row.cells.items()}) for row in rows]


def once_each(problems: Iterable[Problem]) -> list[Problem]:
    """Return one problem for those that say the same of several rows: at the first, with the lines of the others."""
    said: dict[str, list[Problem]] = {}
    for problem in problems:
        said.setdefault(problem.message, []).append(problem)
    return [replace(first, message=f"{first.message}{_also(others)}") for first, *others in said.values()]


def _also(others: list[Problem]) -> str:
    lines = ", ".join(str(problem.line) for problem in others[:_SHOWN])
    more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
    return f" (also in line{'s' * (len(others) > 1)} {lines}{more})" if others else ""


def at_rows(problems: Iterable[Problem], edit: FileEdit, export: Path, lines: Mapping[str, int]) -> list[Problem]:
    """Return the problems of a list as it would be after `edit`, each of an entry at its row of `export`: of the list,
    such a line is not written. `lines` are the rows by the entries' ids.
    """
    keys = read_source(edit.after.decode("utf-8-sig"), Source(edit.new)).keys
    starts = sorted((place[0], str(steps[0])) for steps, place in keys.items() if len(steps) == 1)
    found = []
    for problem in problems:
        entry = next((name for line, name in reversed(starts) if line <= problem.line), "")
        ours = problem.path == edit.new and entry in lines
        found.append(replace(problem, path=export, line=lines[entry], column=1) if ours else problem)
    return found
