"""JSON Schema of a change and of a scenario, made from the model and the desk's own terms.

An editor that reads it completes ids, shows what a key means, and marks a misspelt term while it is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from annotated_types import MinLen
from pydantic.fields import FieldInfo

from changebook.book import Desk
from changebook.model import Change, Record, Scenario
from changebook.model.markdown import CHARACTERS
from changebook.model.reading import literal_terms
from changebook.model.record import key_of, marks_in, readers_of, record_in
from changebook.model.text import Ref, Shape

FOLDER = Path("docs") / "schema"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
Node = dict[str, Any]


def _text(limit: int, any_character: str) -> Node:
    # Blanks around a text do not count.
    return {"type": "string", "pattern": f"^\\s*\\S(?:{any_character}{{0,{limit - 2}}}\\S)?\\s*$"}


# Patterns are those of JavaScript with the `u` flag, in which a quote or a backtick takes no backslash, and of Python,
# whose \d knows more digits.
_DATE = r"20[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_TITLE = r'[^<>&{}"`\\\[\]|*_#\n]'
# How a value of each shape is written. YAML reads 504, true and 3 as themselves; in quotes they are right too.
_WRITTEN: dict[str, Node] = {
    "a line": _text(200, "."),
    "a phone number": {
        "type": "string",
        "pattern": r"^(?=.{1,40}$)(?=.*[0-9])[0-9+*#() .\-]+(?:,? ?(?:ext\.?|x) ?[0-9]+)?$",
    },
    "a web address": {
        "type": "string",
        "pattern": r"""^https?://[A-Za-z0-9.\-]+(?::[0-9]{1,5})?(?:/[^\s<>"'`{}\\]*)?$""",
    },
    "a whole number": {
        "anyOf": [
            {"type": "integer", "minimum": 0, "maximum": 999_999_999},
            {"type": "string", "pattern": r"^(?:0|[1-9][0-9]{0,8})$"},
        ]
    },
    "a term": _text(80, "."),
    "a code": {"anyOf": [_text(80, "."), {"type": "integer", "minimum": 1, "maximum": 999_999_999}]},
    "a title": {"type": "string", "pattern": rf"^\s*(?=\S){_TITLE}{{1,80}}$"},
    "plain text, `code` allowed": _text(1200, r"[\s\S]"),
    "Markdown": _text(CHARACTERS, r"[\s\S]"),
    "an id": {"type": "string", "maxLength": 60, "pattern": "^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$"},
    "a shared name": {"type": "string", "maxLength": 60, "pattern": r"^[A-Za-z](?: ?[A-Za-z0-9\-./()+])*$"},
    "a time, `2026-12-02 21:00`, in the book's zone": {
        "type": "string",
        "pattern": rf"^{_DATE}[ T]{_CLOCK}(?: ?(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9]))?$",
    },
    "a day, `2026-12-02`": {"type": "string", "pattern": f"^{_DATE}$"},
    "a duration, `30m`": {"type": "string", "pattern": r"^[1-9][0-9]{0,3}[smhd]$"},
    "true or false": {"anyOf": [{"type": "boolean"}, {"type": "string", "pattern": "^(?:true|false)$"}]},
    "a level, 1 to 4": {"anyOf": [{"enum": [1, 2, 3, 4]}, {"type": "string", "pattern": "^[1-4]$"}]},
}


def schemas(desk: Desk) -> dict[Path, str]:
    """Return the two schemas as text, each under its path beside the book's folder."""
    return {
        FOLDER / f"{name}.json": json.dumps(schema_of(cls, desk), indent=1, ensure_ascii=False) + "\n"
        for name, cls in (("change", Change), ("scenario", Scenario))
    }


def schema_of(cls: type[Record], desk: Desk) -> Node:
    """Return the JSON Schema of a file that holds one record of `cls`, with the terms of `desk`."""
    classes = list(_classes(cls))
    tables = {mark.table for each in classes for info in each.model_fields.values() for mark in _marks(info, Ref)}
    terms = {table: _enumeration(found) for table, found in _terms(desk).items() if table in tables}
    records = {each.__name__: _record(each) for each in classes[1:]}
    return {"$schema": DIALECT, "title": cls.__name__, **_record(cls), "$defs": {**terms, **records}}


def _record(cls: type[Record]) -> Node:
    fields = {key_of(name, info): info for name, info in cls.model_fields.items() if name != "id"}
    return {
        "description": " ".join((cls.__doc__ or "").split()),
        "type": "object",
        "additionalProperties": False,
        "required": [key for key, info in fields.items() if info.is_required()],
        "properties": {key: _property(info) for key, info in fields.items()},
    }


def _property(info: FieldInfo) -> Node:
    readers, one = readers_of(info), _value(info)
    about = f"{info.description} Only the desk reads it." if readers == "desk" else str(info.description)
    said: Node = {"description": about, "readers": readers}
    if not str(info.annotation).startswith("tuple"):
        return {**said, **one}
    least = next((mark.min_length for mark in _marks(info, MinLen)), 0)
    listed: Node = {"type": "array", "items": one, **({"minItems": least} if least else {})}
    # No list of plain values holds the same one twice.
    return {**said, **listed, **({} if record_in(info.annotation) else {"uniqueItems": True})}


def _value(info: FieldInfo) -> Node:
    """Return the schema of a field's value, or of one item where it is a list."""
    if inner := record_in(info.annotation):
        return {"$ref": f"#/$defs/{inner.__name__}"}
    if terms := literal_terms(info.annotation):
        return {"enum": list(terms)}
    if refs := _marks(info, Ref):
        return {"$ref": f"#/$defs/{refs[0].table}"}
    shape = _marks(info, Shape)[0].name
    return {**_WRITTEN[shape], "patternErrorMessage": f"Expected {shape}."}


def _marks(info: FieldInfo, mark: type) -> list[Any]:
    return [found for found in info.metadata if isinstance(found, mark)] or list(marks_in(info.annotation, mark))


def _classes(cls: type[Record]) -> Iterator[type[Record]]:
    """Yield `cls` and every class of record inside it, each once."""
    seen, waiting = set(), [cls]
    while waiting:
        if (one := waiting.pop(0)) not in seen:
            seen.add(one)
            yield one
            waiting += [inner for info in one.model_fields.values() if (inner := record_in(info.annotation))]


def _terms(desk: Desk) -> dict[str, list[tuple[str, str, str]]]:
    """Return what each of the desk's lists offers: a term, its title, and what it is."""
    teams = [(team.id, team.name, f"{team.does} {team.phone}, {team.hours.text}.") for team in desk.teams.values()]
    groups = [(group.id, group.name, f"{group.about} {group.people:,} people.") for group in desk.groups.values()]
    partners = [(partner.id, partner.name, partner.about) for partner in desk.partners.values()]
    journeys = [(flow.id, flow.name, " > ".join(flow.systems)) for flow in desk.workflows.values()]
    categories = [(item.id, item.name, f"Team {item.team}.") for item in desk.categories.values()]
    kinds = [(kind.id, kind.name, f"Support risk {kind.risk}. {kind.driver}") for kind in desk.kinds.values()]
    return {
        "teams": teams,
        "systems": [(system.id, system.name, system.about) for system in desk.systems.values()],
        "groups": groups,
        "partners": partners,
        "audiences": [*groups, *partners],
        "workflows": journeys,
        "categories": categories,
        "kinds": kinds,
        "cases": [(case.id, case.name, case.do) for case in desk.cases.values()],
        "scenarios": [(item.id, item.title, item.about) for item in desk.scenarios.values()],
        "queues": [(team.queue, team.name, team.does) for team in desk.teams.values()],
    }


def _enumeration(terms: Iterable[tuple[str, str, str]]) -> Node:
    listed = {term: f"{title}. {about}" for term, title, about in terms}
    return {"type": "string", "enum": list(listed), "enumDescriptions": list(listed.values())}
