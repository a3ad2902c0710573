"""The kinds of what search finds: how a result says what it is, the icon before it, and how much it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document in the words of a result and of the filter that shows only these, and its icon. Its score is
    multiplied by its weight: callers' words before documents, answers before lists.
    """

    label: str
    many: str
    icon: str
    weight: float


# By the kind of a document, in the order in which the filters list them. A scenario is the general form of a playbook.
KINDS: Mapping[str, DocumentKind] = {
    "scenario": DocumentKind("Playbook", "Playbooks", "list", 1),
    "playbook": DocumentKind("Playbook", "Playbooks", "list", 1),
    "change": DocumentKind("Change", "Changes", "tag", 0.92),
    "elsewhere": DocumentKind("Not this desk", "Not this desk", "phone", 1),
    "question": DocumentKind("Answer", "Answers", "question", 0.95),
    "answer": DocumentKind("Code", "Codes", "contract", 0.55),
    "error": DocumentKind("Known error", "Known errors", "alert", 0.55),
    "asset": DocumentKind("Page", "Pages", "note", 0.55),
    "team": DocumentKind("Team", "Teams", "phone", 0.7),
    "system": DocumentKind("System", "Systems", "server", 0.7),
    "group": DocumentKind("User group", "User groups", "people", 0.6),
    "partner": DocumentKind("Partner", "Partners", "people", 0.7),
    "page": DocumentKind("Handbook|result", "Handbook|result", "note", 0.75),
}
