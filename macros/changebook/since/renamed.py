"""Which records only took another id."""

from __future__ import annotations

from collections.abc import Mapping

from changebook.model import Change, Partner, Record, Scenario, Team

# By the kind of record and its id.
Keyed = Mapping[tuple[str, str], Record]


def renamed_ids(old: Keyed, new: Keyed) -> dict[tuple[str, str], str]:
    """Return the new id of each record that is gone under its old one, by its kind and old id.

    It is the one that calls itself after it, is called as it was, or says all that it said.
    """
    added = {key: record for key, record in new.items() if key not in old}
    found: dict[tuple[str, str], str] = {}
    for (kind, name), record in old.items():
        if (kind, name) not in new:
            like = [to for to, other in added.items() if to[0] == kind and _same(record, other)]
            if like:
                found[kind, name] = like[0][1]
                del added[like[0]]
    return found


def _same(old: Record, new: Record) -> bool:
    if isinstance(old, Change) and isinstance(new, Change):
        names = {name.casefold() for name in (new.name, *new.former_names)}
        return old.name.casefold() in names or old.model_copy(update={"id": new.id, "name": new.name}) == new
    if isinstance(old, Scenario) and isinstance(new, Scenario):
        return old.title == new.title or old.model_copy(update={"id": new.id, "title": new.title}) == new
    if isinstance(old, Team) and isinstance(new, Team):
        return old.name == new.name or old.phone == new.phone
    if isinstance(old, Partner) and isinstance(new, Partner):
        return old.name == new.name or old.contact == new.contact
    return False
