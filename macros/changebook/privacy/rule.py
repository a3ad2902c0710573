"""A rule for what no record may hold, and what a rule found."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

# A judge looks at a match in its text, and returns where the private part begins and ends, or None for a false alarm.
Judge = Callable[[str, re.Match[str]], tuple[int, int] | None]


def whole(text: str, found: re.Match[str]) -> tuple[int, int]:
    """Return the span of the last group that took part, or of the whole match where there is none."""
    return found.span(found.lastindex or 0)


@dataclass(frozen=True)
class Rule:
    """One kind of private data: its name, what a message calls it, and the pattern that finds it.

    It is tried near its `hints`, texts in lower case of which each match holds one, or near `numbers`, near `people`,
    or near long words that may be keys, the `tokens`. `masked` is the pattern that a browser masks by, where it is not
    `pattern`: a browser has no judge, and rather hides too much. Both mean the same in Python and in JavaScript, and
    `pattern` ignores case unless `exact`, `masked` always.
    """

    name: str
    what: str
    pattern: str
    hints: tuple[str, ...] = ()
    judge: Judge = whole
    masked: str = ""
    near: Literal["hints", "numbers", "people", "tokens"] = "hints"
    exact: bool = False
    secret: bool = False

    @property
    def message(self) -> str:
        """What is wrong, and what to do; it never holds the text that was found."""
        remedy = "revoke it, then delete it here" if self.secret else "delete it, and describe the case without it"
        return f"looks like {self.what} ({self.name}); {remedy}, or write 'privacy-ok: REASON' on its line"


@dataclass(frozen=True, order=True)
class Private:
    """Private data in a text, from `start` to `end`, and the name of the rule that found it."""

    start: int
    end: int
    rule: str
