"""A theme's page rendered once per kind of place, and filled for each page.

All pages of the same tab and depth differ in a few facts only. The theme renders one of them with
marks in place of those facts; every other page is the text between the marks and its own facts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping

from changebook.cache.notes import ReadNotes, noting, share

_MARK = re.compile("\x02([a-z]+)\x03")


class Shells:
    """The shells of one build."""

    def __init__(self) -> None:
        self._shells: dict[Hashable, tuple[list[str], ReadNotes]] = {}

    def page(self, place: Hashable, facts: Mapping[str, str], render: Callable[[Mapping[str, str]], str]) -> str:
        """Return the page at `place` that shows `facts`.

        `render` gives the theme's page for the marks it is handed, one for each fact; it is called once a place.
        """
        if place not in self._shells:
            with noting() as notes:
                self._shells[place] = _MARK.split(render({name: f"\x02{name}\x03" for name in facts})), notes
        shell, notes = self._shells[place]
        share(notes)
        return "".join(facts[part] if number % 2 else part for number, part in enumerate(shell))
