"""The brief of a change, the artifact that its kind asks for: which pages make it, and what the record lacks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from changebook.book import Book
from changebook.language import gettext as _
from changebook.model import Change
from changebook.model.kinds import Part
from changebook.names import change_address
from changebook.readiness import readiness
from changebook.views.assets import asset_pages
from changebook.views.change import symptoms_of
from changebook.views.guidance import Link

# What a record holds of a part that is not simply the section of its name.
_HELD: Mapping[Part, Callable[[Change], object]] = {
    "names": lambda change: True,
    "contacts": lambda change: True,
    "versions": lambda change: any(exchange.version for exchange in change.contract),
    "answers": lambda change: change.contract,
    "rules": lambda change: any(
        item.timeout or item.retry or item.missing_field or item.normal_failure or item.validation
        for item in change.contract
    ),
    "first_responses": lambda change: change.playbooks,
}
# The pages that show a part, by their part of the address; "" is the hub, which has what no other page holds.
_SHOWN_ON: Mapping[Part, tuple[str, ...]] = {
    "visible": ("release-note",),
    "unchanged": ("release-note",),
    "announcement": ("release-note",),
    "questions": ("faq",),
    "data_set": ("contract",),
    "versions": ("contract",),
    "rules": ("contract",),
    "answers": ("contract",),
    "tests": ("readiness",),
    "contacts": ("launch",),
    "rollback": ("launch", ""),
    "compliance": ("", "contract"),
}
# What the hub and the release note have for one part, by its anchor: left out for a kind that does not ask for it.
_SECTIONS: Mapping[Part, str] = {
    "watch": "watch",
    "queue_rules": "rules",
    "announcement": "announcement",
    "rollback": "rollback",
}
_IN_PLAYBOOKS = ("playbooks", "first_responses")


@dataclass(frozen=True)
class Brief:
    """The brief of a change: its name and use, the pages that make it in their order, and its columns to fill in;
    `left_out` has the anchors of sections that no part asks for, or that another of the pages has in full.
    """

    name: str
    use: str
    pages: list[Link]
    by_hand: tuple[str, ...]
    left_out: tuple[str, ...]


def brief_of(book: Book, change: Change) -> Brief | None:
    """Return the brief that the kind of a change asks for: none if it is cancelled, or an emergency that owes it."""
    if change.status == "cancelled" or (change.urgency == "emergency" and readiness(book)[change.id].owed):
        return None
    artifact = book.desk.kinds[change.kind].artifact
    pages = [page for part in artifact.parts if is_written(part, change) for page in _pages(book, change, part)]
    asked = artifact.parts
    left_out = [anchor for part, anchor in _SECTIONS.items() if part not in asked]
    left_out += ["touches", *(["see"] if "visible" in asked else []), *(["errors"] if "playbooks" in asked else [])]
    return Brief(artifact.name, artifact.use, list(dict.fromkeys(pages)), artifact.by_hand, tuple(left_out))


def parts_lacking(book: Book, change: Change) -> list[str]:
    """Return the headings of those parts of the brief of which the record says nothing yet."""
    parts = book.desk.kinds[change.kind].artifact.parts
    return [title for part, title in parts.items() if not is_written(part, change)]


def is_written(part: Part, change: Change) -> bool:
    """Return whether the record says anything of a part."""
    return bool(_HELD[part](change) if part in _HELD else getattr(change, part))


def _pages(book: Book, change: Change, part: Part) -> Iterator[Link]:
    if part in _IN_PLAYBOOKS:
        yield from (Link(item.title, item.address) for item in symptoms_of(book, change))
        return
    names = {"": _("This page"), **{page.part: page.name for page in asset_pages(book, change)}}
    shown = [at for at in _SHOWN_ON.get(part, ("",)) if at in names] or [""]
    yield from (Link(names[at], change_address(change.id, at)) for at in shown)
