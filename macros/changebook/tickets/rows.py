"""The rows of an export, CSV or JSON, each as the text of its cells by column."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from changebook.errors import ChangebookError
from changebook.model.mapping import TicketMapping
from changebook.names import did_you_mean
from changebook.source.tables import exported_text, headings_at

Cells = Callable[[str], str]


def rows_in(data: bytes, mapping: TicketMapping) -> Iterator[tuple[int, Cells]]:
    """Yield the rows of an export: the number of each, as a spreadsheet counts them, and a function that gives the text
    of a column, "" for one the row does not have.

    Raises ChangebookError where it is JSON that cannot be read, or lacks the column of the number or of the opening.
    """
    text = exported_text(data)
    if text.lstrip()[:1] in ("{", "["):
        yield from enumerate(map(_of_object, _objects(text, mapping)), 1)
        return
    # A cell may be as long as the export: its text is not kept.
    csv.field_size_limit(max(len(text), csv.field_size_limit()))
    start, mark = headings_at(text)
    lines = csv.reader(io.StringIO(text[start:], newline=""), delimiter=mark)
    head = [name.strip() for name in next(lines, [])]
    _complete(head, mapping)
    places: dict[str, list[int]] = {}
    for place, name in enumerate(head):
        places.setdefault(name, []).append(place)
    for number, cells in enumerate(lines, text.count("\n", 0, start) + 2):
        if any(cells):
            yield number, _of_cells(cells, places)


def _complete(head: Sequence[str], mapping: TicketMapping) -> None:
    for what in ("number", "opened"):
        if (column := getattr(mapping.columns, what)) not in head:
            message = f"no column {column!r}, which the mapping {mapping.id!r} has for {what}"
            raise ChangebookError(f"{message}; {did_you_mean(column, [name for name in head if name])}")


def _of_cells(cells: list[str], places: dict[str, list[int]]) -> Cells:
    def cell(column: str) -> str:
        if not (found := places.get(column)):
            return ""
        if len(found) == 1:
            return cells[found[0]].strip() if found[0] < len(cells) else ""
        # A field of many values is a column for each, all of one name.
        said = (cells[place].strip() for place in found if place < len(cells))
        return " ".join(dict.fromkeys(filter(None, said)))

    return cell


def _objects(text: str, mapping: TicketMapping) -> list[dict[str, Any]]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ChangebookError(f"not JSON: {str(error)[:80]}; export it again, or choose CSV") from error
    if isinstance(found, dict):
        lists = [key for key, value in found.items() if isinstance(value, list)]
        key = mapping.records or (lists[0] if len(lists) == 1 else "")
        if key not in found:
            remedy = f"write its key as 'records' in the mapping {mapping.id!r}; {did_you_mean(key, found)}"
            raise ChangebookError(f"which list of this JSON holds the tickets? {remedy}")
        found = found[key]
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise ChangebookError("no list of tickets in this JSON; export it again, or choose CSV")
    return found


def _of_object(item: dict[str, Any]) -> Cells:
    def cell(column: str) -> str:
        value: Any = item
        for step in [column] if column in item else column.split("."):
            if isinstance(value, list):
                value = _with_id(value, step)
            else:
                value = value.get(step) if isinstance(value, dict) else None
        return _said(value)

    return cell


def _with_id(fields: list[Any], name: str) -> Any:
    """Return the value of a desk's own field by its id, from a list of such: `{"id": 360001, "value": "search"}`."""
    own = [item.get("value") for item in fields if isinstance(item, dict) and str(item.get("id")) == name]
    return own[0] if own else None


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return " ".join(_said(item) for item in value)
    if isinstance(value, dict):
        return _said(value.get("display_value", value.get("name", value.get("value"))))
    return "" if value is None else str(value).strip()
