"""Records as they were and as they are to the guidance that changed between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from changebook.book import Book
from changebook.language import gettext as _
from changebook.language import plural
from changebook.model import Change
from changebook.names import audience_address, change_address, error_address, scenario_address
from changebook.since.items import FIRST_RESPONSE, NUMBER, ItemKey, NameWords, Piece, items_of
from changebook.since.renamed import Keyed
from changebook.since.words import Reworded, differences

HowChanged = Literal["new", "changed", "removed", "fixed", "open again"]
_CALLED = {"playbook": "playbook", "error": "known error", "team": "team", "desk": "service desk"}
# Parts that are told on their own, whatever else changed with them.
_ALONE = {FIRST_RESPONSE: "first response", NUMBER: "number"}
_COUNTED: Mapping[str, Callable[[int], str]] = {
    "playbook": lambda count: plural(count, "playbook", "playbooks"),
    "known error": lambda count: plural(count, "known error", "known errors"),
    "team": lambda count: plural(count, "team", "teams"),
    "service desk": lambda count: plural(count, "service desk", "service desks"),
    "first response": lambda count: plural(count, "first response", "first responses"),
    "number": lambda count: plural(count, "number", "numbers"),
}
_HOW: Mapping[HowChanged, str] = {
    "new": "New {what}",
    "changed": "{what} changed",
    "removed": "{what} removed",
    "fixed": "{what} fixed",
    "open again": "{what} open again",
}
_FILES = {"team": "desk/teams.yaml", "partner": "desk/partners.yaml", "desk": "desk/book.yaml"}


@dataclass(frozen=True)
class Changed:
    """One piece of guidance that changed: what it is and how it changed, its title, and its change's shared name if it
    is of one. `address` is the place on the page that shows it, "" where none does any more. `file` is the file of the
    book that holds it, and `number` a known error's.
    """

    what: str
    how: HowChanged
    title: str
    change: str
    address: str
    file: str
    number: str = ""
    said: tuple[Reworded, ...] = ()

    @property
    def heading(self) -> str:
        """What happened, as people say it: `First response changed`."""
        what = changed_thing(self.what)
        return _(_HOW[self.how], what=what if self.how == "new" else f"{what[:1].upper()}{what[1:]}")

    @property
    def line(self) -> str:
        """The heading with what it is about: `Known error fixed: KE-4, No score (Score Search)`."""
        number, of = f"{self.number}, " if self.number else "", f" ({self.change})" if self.change else ""
        return f"{self.heading}: {number}{self.title}{of}"


def changed_thing(what: str, count: int = 1) -> str:
    """Return what pages call so many pieces of guidance that changed: `known errors`."""
    return _COUNTED[what](count)


def compared(book: Book, old: Keyed, new: Keyed, words: NameWords) -> Iterator[Changed]:
    """Yield the guidance that differs between `old` records and `new` ones, each by its kind and id."""
    before, after = _items(old, words), _items(new, words)
    names = {words.id(*key): record.name for key, record in old.items() if isinstance(record, Change)}
    names |= {record.id: record.name for record in new.values() if isinstance(record, Change)}
    for key, item in {**before, **after}.items():
        gone, was = key not in after, before.get(key)
        told = Changed(
            what=_CALLED.get(key.what, "number"),
            how="removed" if gone else "changed",
            title=item.title,
            change=names.get(key.change, ""),
            address="" if gone else _address(key, item),
            file=_file(key),
            number=key.id if key.what == "error" else "",
        )
        if not was:
            number = tuple(Reworded(NUMBER, "", line) for line in item.parts.get(NUMBER, ()))
            yield replace(told, how="new", said=number)
        elif gone:
            yield told
        elif was.parts != item.parts:
            yield from _told(told, was, item)


def _items(records: Keyed, words: NameWords) -> dict[ItemKey, Piece]:
    return {key: item for record in records.values() for key, item in items_of(record, words).items()}


def _told(told: Changed, was: Piece, item: Piece) -> Iterator[Changed]:
    """Yield what happened to one piece of guidance; a first response and a number are told on their own."""
    said = list(differences(was, item))
    rest = tuple(one for one in said if one.part not in (*_ALONE, "State"))
    how = told.how
    if was.parts.get("State") != item.parts.get("State"):
        how = "fixed" if item.parts["State"] == ("fixed",) else "open again"
    if rest or how != told.how:
        yield replace(told, how=how, said=rest)
    for part, what in _ALONE.items():
        if alone := tuple(one for one in said if one.part == part):
            address = f"{told.address}#say" if part == FIRST_RESPONSE else told.address
            yield replace(told, what=what, address=address, said=alone)


def _file(key: ItemKey) -> str:
    """Return the file that holds a piece of guidance, by its path below the book's folder."""
    if key.change:
        return f"{key.change}.yaml"
    return f"desk/scenarios/{key.id}.yaml" if key.what == "playbook" else _FILES[key.what]


def _address(key: ItemKey, item: Piece) -> str:
    """Return the place on the page that shows a piece of guidance; a fixed error has none but its change's."""
    if key.what == "playbook":
        return change_address(key.change, "playbooks", key.id) if key.change else scenario_address(key.id)
    if key.what == "error" and item.parts["State"] != ("fixed",):
        return error_address(key.change, key.id)
    if key.what in ("error", "bridge"):
        return change_address(key.change)
    return audience_address(key.id, groups=False) if key.what == "partner" else f"on-call/#{key.id}".removesuffix("#")
