"""The keys of a section, laid out for an author to fill in, each with what the model says of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from changebook.model import Record
from changebook.model.keys import Key, keys_of

OPTIONAL = " (optional)"
# Nobody can fill these in before the change is live.
_AT_THE_END = ("folded", "dropped", "after_rollback")


@dataclass(frozen=True)
class OutlineLine:
    """A line of a record without its value: `text` up to where the value goes, and what belongs there."""

    text: str
    guidance: str = ""


def section_lines(cls: type[Record], section: str) -> list[OutlineLine]:
    """Return the lines of the section of a record of `cls` whose key is `section`, with every key it may hold."""
    first, *more = _lines(next(key for key in keys_of(cls) if key.key == section), "")
    # Whether the section itself is needed depends on the kind of change.
    return [OutlineLine(first.text, first.guidance.removesuffix(OPTIONAL)), *more]


def _lines(key: Key, indent: str, lead: str = "") -> Iterator[OutlineLine]:
    """Yield the line of one key, then those below it; `lead` is `- ` on the first key of a list's item."""
    # A list holds sentences one a line, and words such as ids side by side.
    words = key.many and not key.inner and not (key.shape and key.shape.sentence)
    yield OutlineLine(f"{indent}{lead}{key.key}:{' []' if words else ''}", _guidance(key))
    below = indent + " " * len(lead) + "  "
    if key.inner:
        # What a class declares itself comes before what it shares with others.
        asked = [inner for inner in keys_of(key.inner) if inner.key not in _AT_THE_END]
        for number, inner in enumerate(sorted(asked, key=lambda inner: not inner.own)):
            if key.many:
                yield from _lines(inner, below if number == 0 else below + "  ", "- " if number == 0 else "")
            else:
                yield from _lines(inner, below)
    elif key.many and not words:
        yield OutlineLine(f"{below}-")


def _guidance(key: Key) -> str:
    text = key.about
    if key.terms:
        text += f" One of {', '.join(key.terms)}." if not all(term in text for term in key.terms) else ""
    elif key.shape and key.shape.says_how:
        text += f" Write {key.shape.name}."
    return text if key.required else f"{text}{OPTIONAL}"
