"""The kinds of what search finds: how a result says what it is, and the icon before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of document in the words of a result and of the filter that shows only these, and its icon."""

    label: str
    many: str
    icon: str


# By the kind of a document, in the order in which the filters list them.
KINDS: Mapping[str, Kind] = {
    "scenario": Kind("Standing playbook", "Standing playbooks", "list"),
    "playbook": Kind("Playbook", "Playbooks", "list"),
    "change": Kind("Change", "Changes", "tag"),
    "question": Kind("Answer", "Answers", "question"),
    "answer": Kind("Code", "Codes", "contract"),
    "asset": Kind("Page", "Pages", "note"),
    "system": Kind("System", "Systems", "server"),
    "group": Kind("User group", "User groups", "people"),
    "partner": Kind("Partner", "Partners", "people"),
    "page": Kind("Handbook", "Handbook", "note"),
}
