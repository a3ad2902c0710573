"""Names that others may not read: of teams, queues, alerts, internal systems, other partners and changes not theirs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from changebook.book import Book
from changebook.editions.reader import Reader
from changebook.editions.short import partner_short_names
from changebook.names import change_address

# A name begins and ends where a word does. What it begins with: a word, or one sign where it begins with another.
_WORD = re.compile(r"(?<![\w-])(?:\w+|[^\w\s])")
_FIRST = re.compile(r"\w+|.", re.S)
_GOES_ON = re.compile(r"[\w-]")
# Where a sentence begins, any word has a capital.
_BEGINS = re.compile(r"""(?:^|[.!?:|]|\n)[\s"'“(*-]*$""")
# The desk's lists whose names some reader knows.
LISTS = ("systems", "groups", "partners", "sites")


class Hidden:
    """The names of `book` that `reader` may not read; `allowed` are those that a record may say, with a reason.

    In what people write, `short` names of other partners count too, but not where a sentence begins.
    """

    def __init__(
        self, book: Book, reader: Reader, allowed: frozenset[str] = frozenset(), *, short: bool = False
    ) -> None:
        self._book, self._reader, self._allowed = book, reader, allowed
        self._short = partner_short_names(book) if short and reader.partner else {}

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Each name, and what it is the name of."""
        desk, reader = self._book.desk, self._reader
        found: dict[str, str] = {}
        for team in desk.teams.values():
            if team.phone != desk.settings.desk.phone:
                found |= {team.name: "an internal team", team.queue: "an internal queue"}
        for system in desk.systems.values():
            if system.internal:
                found |= dict.fromkeys((system.name, *system.other_names), "an internal system")
        for partner in desk.partners.values():
            if reader.partner and partner.id != reader.partner.id:
                names = (partner.name, self._short.get(str(partner.id), partner.name))
                found |= dict.fromkeys(names, "another partner")
                endpoints = (desk.systems[name] for name in partner.systems if name in desk.systems)
                found |= {system.name: "another partner's system" for system in endpoints}
        for change in self._book.changes.values():
            found |= {watch.alert: "an alert" for watch in change.watch}
            if change.status == "draft" or (reader.partner and not reader.is_for(change)):
                what = "a draft" if change.status == "draft" else "a change that it is not told of"
                found |= dict.fromkeys((change.name, change_address(change.id).rstrip("/")), what)
        # What is said everywhere is no secret, also where a team has the same name.
        return {name: what for name, what in found.items() if name not in self._public and name not in self._allowed}

    @cached_property
    def _public(self) -> frozenset[str]:
        desk, reader = self._book.desk, self._reader
        told = (change for change in self._book.changes.values() if reader.is_for(change))
        named = (getattr(desk, table)[name].name for table in LISTS for name in reader.known[table])
        names = (change.name for change in told)
        return frozenset((desk.settings.organization, desk.settings.desk.name, *names, *named))

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        """Every name, hidden or not, by its first word; the longest first: one inside a longer one that readers know is
        no leak.
        """
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted({*self.kinds, *self._public}, key=lambda name: (-len(name), name)):
            found[(_FIRST.match(name) or [""])[0]].append(name)
        return dict(found)

    def found(self, text: str) -> Iterator[str]:
        """Yield every name in `text` that is hidden."""
        end = 0
        for first in _WORD.finditer(text):
            start = first.start()
            for name in self._names.get(first[0], ()) if start >= end else ():
                if text.startswith(name, start) and not _GOES_ON.match(text, start + len(name)):
                    end = start + len(name)
                    if name in self.kinds and not (name in self._short.values() and _BEGINS.search(text[:start])):
                        yield name
                    break
