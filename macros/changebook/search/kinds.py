"""The kinds of what search finds: how a result says what it is, and the icon before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document in the words of a result and of the filter that shows only these, and its icon."""

    label: str
    many: str
    icon: str


# By the kind of a document, in the order in which the filters list them. A scenario is the general form of a playbook.
KINDS: Mapping[str, DocumentKind] = {
    "scenario": DocumentKind("Playbook", "Playbooks", "list"),
    "playbook": DocumentKind("Playbook", "Playbooks", "list"),
    "change": DocumentKind("Change", "Changes", "tag"),
    "elsewhere": DocumentKind("Not this desk", "Not this desk", "phone"),
    "question": DocumentKind("Answer", "Answers", "question"),
    "answer": DocumentKind("Code", "Codes", "contract"),
    "error": DocumentKind("Known error", "Known errors", "alert"),
    "asset": DocumentKind("Page", "Pages", "note"),
    "team": DocumentKind("Team", "Teams", "phone"),
    "system": DocumentKind("System", "Systems", "server"),
    "group": DocumentKind("User group", "User groups", "people"),
    "partner": DocumentKind("Partner", "Partners", "people"),
    "page": DocumentKind("Handbook", "Handbook", "note"),
}
