"""JSON Schema of a change and of a scenario, made from the model and the desk's own terms.

An editor that reads it completes ids, shows what a key means, and marks a misspelled term while it is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from changebook.book import Desk
from changebook.model import Change, Record, Scenario
from changebook.model.keys import Key, keys_of
from changebook.model.shape import Node

_FOLDER = Path("docs") / "schema"
_OUTCOMES = (
    ("done", "Done", "The call ends here."),
    ("next", "Next", "Go on with the next check."),
    ("escalate", "Escalate", "Call the team under escalate."),
)
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas(desk: Desk) -> dict[Path, str]:
    """Return the two schemas as text, each under its path beside the book's folder."""
    return {
        _FOLDER / f"{name}.json": json.dumps(schema_of(cls, desk), indent=1, ensure_ascii=False) + "\n"
        for name, cls in (("change", Change), ("scenario", Scenario))
    }


def schema_of(cls: type[Record], desk: Desk) -> Node:
    """Return the JSON Schema of a file that holds one record of `cls`, with the terms of `desk`."""
    classes = list(_classes(cls))
    tables = {key.table for each in classes for key in keys_of(each)}
    terms = {table: _enumeration(found) for table, found in _terms(desk).items() if table in tables}
    records = {each.__name__: _record(each) for each in classes[1:]}
    return {"$schema": DIALECT, "title": cls.__name__, **_record(cls), "$defs": {**terms, **records}}


def _record(cls: type[Record]) -> Node:
    return {
        "description": " ".join((cls.__doc__ or "").split()),
        "type": "object",
        "additionalProperties": False,
        "required": [key.key for key in keys_of(cls) if key.required],
        "properties": {key.key: _property(key) for key in keys_of(cls)},
    }


def _property(key: Key) -> Node:
    one = _value(key)
    about = f"{key.about} Only the desk reads it." if key.readers == "desk" else key.about
    said: Node = {"description": about, "readers": key.readers}
    if not key.many:
        return {**said, **one}
    listed: Node = {"type": "array", "items": one, **({"minItems": key.least} if key.least else {})}
    listed |= {"maxItems": key.most} if key.most else {}
    # No list of plain values holds the same one twice.
    return {**said, **listed, **({} if key.inner else {"uniqueItems": True})}


def _value(key: Key) -> Node:
    """Return the schema of a key's value, or of one item where it is a list."""
    if key.inner:
        return {"$ref": f"#/$defs/{key.inner.__name__}"}
    if key.terms:
        return {"enum": list(key.terms)}
    if key.table and key.table != "changes":
        return {"$ref": f"#/$defs/{key.table}"}
    assert key.shape  # every other value is text of some shape
    return {**key.shape.schema, "patternErrorMessage": f"Expected {key.shape.name}."}


def _classes(cls: type[Record]) -> Iterator[type[Record]]:
    """Yield `cls` and every class of record inside it, each once."""
    seen, waiting = set(), [cls]
    while waiting:
        if (one := waiting.pop(0)) not in seen:
            seen.add(one)
            yield one
            waiting += [key.inner for key in keys_of(one) if key.inner]


def _terms(desk: Desk) -> dict[str, list[tuple[str, str, str]]]:
    """Return what each of the desk's lists offers: a term, its title, and what it is."""
    teams = [(team.id, team.name, f"{team.does} {team.phone}, {team.hours.text}.") for team in desk.teams.values()]
    groups = [(group.id, group.name, f"{group.about} {group.people:,} people.") for group in desk.groups.values()]
    partners = [(partner.id, partner.name, partner.about) for partner in desk.partners.values()]
    journeys = [(flow.id, flow.name, " > ".join(flow.systems)) for flow in desk.workflows.values()]
    categories = [(item.id, item.name, f"Team {item.team}.") for item in desk.categories.values()]
    scenarios = [(item.id, item.title, item.about) for item in desk.scenarios.values()]
    kinds = [(kind.id, kind.name, f"Support risk {kind.risk}. {kind.driver}") for kind in desk.kinds.values()]
    return {
        "teams": teams,
        "systems": [(system.id, system.name, system.about) for system in desk.systems.values()],
        "groups": groups,
        "partners": partners,
        "audiences": [*groups, *partners],
        "sites": [(site.id, site.name, "") for site in desk.sites.values()],
        "workflows": journeys,
        "categories": categories,
        "kinds": kinds,
        "cases": [(case.id, case.name, case.do) for case in desk.cases.values()],
        "scenarios": scenarios,
        "outcomes": [*_OUTCOMES, *scenarios],
        "queues": [(team.queue, team.name, team.does) for team in desk.teams.values()],
    }


def _enumeration(terms: Iterable[tuple[str, str, str]]) -> Node:
    listed = {term: f"{title}. {about}".strip() for term, title, about in terms}
    return {"type": "string", "enum": list(listed), "enumDescriptions": list(listed.values())}
