"""Whether a ticket was answered by something published before it was opened, as far as git knows."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache

from changebook.book import Book
from changebook.model import Change, Scenario
from changebook.names import change_address, scenario_address

NOTHING = "no"


class Published:
    """What a book had published at some moment; `book.past` reaches back to the first moment that is asked about."""

    def __init__(self, book: Book) -> None:
        self.book, self.past = book, book.past
        self.scenarios = {item.code: item for item in book.desk.scenarios.values() if item.code}
        # For each file, when it was changed and what it held before, the newest change first.
        self.edits: dict[str, list[tuple[float, str]]] = {}
        for edit in self.past.edits:
            for file, before in edit.before.items():
                self.edits.setdefault(file, []).append((float("inf") if edit.at is None else edit.at, before))

    def answer(self, change: str, code: str, opened: datetime) -> str:
        """Return the address of the playbook that was there for a ticket when it was opened.

        It is the change's own one, else the general one; "no" where neither was there yet, and "" where nobody can
        know: a ticket without a playbook, or from before what git remembers.
        """
        scenario, own = self.scenarios.get(code), self.book.changes.get(change)
        begins = self.past.begins
        at = opened.timestamp()
        if not scenario or self.past.unknown or (begins is not None and at < begins):
            return ""
        if own and own.playbook_for(scenario.id) and self._had_playbook(own, scenario, at):
            return change_address(own.id, "playbooks", scenario.id)
        return scenario_address(scenario.id) if self._was_there(scenario, at) else NOTHING

    def _was_there(self, scenario: Scenario, at: float) -> bool:
        files = (f"desk/scenarios/{name}.yaml" for name in (scenario.id, *scenario.former_files))
        return any(self._blob(file, at) != "" for file in files)

    def _had_playbook(self, change: Change, scenario: Scenario, at: float) -> bool:
        blob = self._blob(f"{change.id}.yaml", at)
        return blob is None or (blob != "" and _names(self.past.contents.get(blob, b""), scenario.id))

    def _blob(self, file: str, at: float) -> str | None:
        """Return what a file held at a moment, by its hash: None for what it holds now, "" where it was not there."""
        held = None
        for changed, before in self.edits.get(file, ()):
            if changed <= at:
                break
            held = before
        return held


@cache
def _names(content: bytes, scenario: str) -> bool:
    return (
        re.search(rb"^[ \t-]*scenario:[ \t]*['\"]?%s['\"]?[ \t]*$" % re.escape(scenario.encode()), content, re.M)
        is not None
    )
