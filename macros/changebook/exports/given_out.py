"""The replies that a helpdesk holds, read from what it exports or lists: Changebook's own forms, and the helpdesk's."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from changebook.errors import ChangebookError
from changebook.exports.helpdesks import RT_FIELD, SERVICENOW_TABLE
from changebook.exports.markup import from_html
from changebook.printing.cells import bare_cell

# The lists in which helpdesks give out many, and the keys of one item, the first that it has: of its name, of a text
# in HTML, of plain text.
_LISTS = ("macros", "canned_responses", "Articles", "text_modules", "results", "result")
_NAMES = ("title", "name", "Name")
_IN_HTML = ("content_html", "body", "content")
_PLAIN = ("text",)
_OFF = ("false", "0", "no")
_REMEDY = "give the file as the helpdesk exported it, or as 'changebook export responses' wrote it"


@dataclass(frozen=True)
class HeldReply:
    """A reply in a helpdesk: its name, its text, and whether it is offered."""

    name: str
    text: str
    offered: bool


def held_in(text: str) -> list[HeldReply]:
    """Return the replies in an export, told by its form: XML, JSON or CSV.

    Raises ChangebookError for anything else.
    """
    text = text.removeprefix("\ufeff").strip()
    if not text:
        raise ChangebookError(f"the export is empty; {_REMEDY}")
    try:
        items = list(_in_xml(text) if text[0] == "<" else _in_json(text) if text[0] in "[{" else _in_csv(text))
    except (ElementTree.ParseError, ValueError, csv.Error, RecursionError) as error:
        raise ChangebookError(f"the export cannot be read: {error}; {_REMEDY}") from error
    held = [found for item in items if (found := _held(item))]
    if not held:
        raise ChangebookError(f"the export holds no reply with a name and a text; {_REMEDY}")
    # What is updated after it was made is held once.
    return list(dict.fromkeys(held))


def _held(item: Mapping[str, Any]) -> HeldReply | None:
    name = next((item[key] for key in _NAMES if isinstance(item.get(key), str)), "")
    active = str(item.get("active", "true")).lower() not in _OFF and str(item.get("Disabled", "0")) != "1"
    text = _text(item)
    return HeldReply(name.strip(), text, active) if name.strip() and text is not None else None


def _text(item: Mapping[str, Any]) -> str | None:
    """Return the text of one item: Zendesk's is an action, Request Tracker's a field."""
    for action in _items(item.get("actions")):
        value = action.get("value")
        said = value[-1] if isinstance(value, list) and value else value
        if isinstance(said, str) and str(action.get("field")).startswith("comment_value"):
            return from_html(said) if str(action["field"]).endswith("_html") else said
    for value in _items(item.get("CustomFields")):
        # Request Tracker gives out former texts too, disabled; a long one is under a key of its own.
        said = value.get("Content") or value.get("LargeContent")
        if value.get("CustomField") == RT_FIELD and not value.get("Disabled") and isinstance(said, str):
            return said
    html = next((item[key] for key in _IN_HTML if isinstance(item.get(key), str)), None)
    plain = next((item[key] for key in _PLAIN if isinstance(item.get(key), str)), None)
    return from_html(html) if html is not None else plain


def _in_xml(text: str) -> Iterator[Mapping[str, Any]]:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ChangebookError(f"the export has declarations of its own; {_REMEDY}")
    for record in ElementTree.fromstring(text).iter(SERVICENOW_TABLE):
        yield {part.tag: part.text or "" for part in record}


def _in_json(text: str) -> Iterator[Mapping[str, Any]]:
    found = json.loads(text)
    if isinstance(found, dict):
        found = next((found[key] for key in _LISTS if key in found), [found])
    yield from _items(found)


def _in_csv(text: str) -> Iterator[Mapping[str, Any]]:
    for row in csv.DictReader(io.StringIO(text, newline=""), strict=True):
        cells = {str(key).strip().lower(): bare_cell(cell) for key, cell in row.items() if isinstance(cell, str)}
        yield cells


def _items(found: Any) -> list[Mapping[str, Any]]:
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
