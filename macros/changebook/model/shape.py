"""What is known of a type beside what it refuses: its name in the handbook, its JSON Schema, its layout in a record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Node = dict[str, Any]


@dataclass(frozen=True)
class Shape:
    """How the handbook names a type, and the JSON Schema of a value of it as a file holds it, bare or in quotes.

    Patterns are those of JavaScript with the `u` flag, in which a quote or a backtick takes no backslash, and of
    Python, whose \\d knows more digits. `sentence` is set where a list has one per line, `says_how` where the
    name shows how a value is written, `dated` for what is of one change only: a day or a time, `word` for what names
    or numbers a thing: one word of it says enough.
    """

    name: str
    schema: Node = field(hash=False, compare=False)
    sentence: bool = False
    says_how: bool = False
    dated: bool = False
    word: bool = False


@dataclass(frozen=True)
class Ref:
    """A reference to an entry of one of the desk's lists."""

    table: str


def pattern(expression: str, **more: Any) -> Node:
    """Return the schema of text that matches a regular expression as a whole."""
    return {"type": "string", **more, "pattern": f"^{expression}$"}


def text(limit: int, *, lines: bool = False) -> Node:
    """Return the schema of text of at most `limit` characters, on one line unless it may have `lines`."""
    inside = r"[\s\S]" if lines else "."
    # Blanks around a text do not count.
    return pattern(rf"\s*\S(?:{inside}{{0,{limit - 2}}}\S)?\s*")


def or_bare(quoted: Node, **bare: Any) -> Node:
    """Return the schema of a value that may be in quotes, `quoted`, or bare where YAML reads it as `bare`."""
    return {"anyOf": [bare, quoted]}
