"""The keys of a section, laid out for an author to fill in, each with what the model says of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic.fields import FieldInfo

from changebook.model import Record
from changebook.model.reading import literal_terms
from changebook.model.record import key_of, marks_in, record_in
from changebook.model.text import Shape

OPTIONAL = " (optional)"
# A list holds sentences one a line, and words such as ids side by side.
_SENTENCES = ("a line", "plain text, `code` allowed", "Markdown")
_SAYS_HOW = ("a time", "a day", "a duration", "true or false")


@dataclass(frozen=True)
class Line:
    """A line of a record without its value: `text` up to where the value goes, and what belongs there."""

    text: str
    guidance: str = ""


def section_lines(cls: type[Record], key: str) -> list[Line]:
    """Return the lines of the section `key` of a record of `cls`, with every key it may hold."""
    info = next(info for name, info in cls.model_fields.items() if key_of(name, info) == key)
    first, *more = _lines(key, info, "")
    # Whether the section itself is needed depends on the kind of change.
    return [Line(first.text, first.guidance.removesuffix(OPTIONAL)), *more]


def _lines(key: str, info: FieldInfo, indent: str, lead: str = "") -> Iterator[Line]:
    """Yield the line of one key, then those below it; `lead` is `- ` on the first key of a list's item."""
    inner, many = record_in(info.annotation), str(info.annotation).startswith("tuple")
    shape = next(iter([*(mark for mark in info.metadata if isinstance(mark, Shape)), *_shapes(info)]), None)
    words = many and not inner and not (shape and shape.name in _SENTENCES)
    yield Line(f"{indent}{lead}{key}:{' []' if words else ''}", _guidance(info, shape))
    below = indent + " " * len(lead) + "  "
    if inner:
        for number, (name, field) in enumerate(_fields(inner)):
            if many:
                yield from _lines(name, field, below if number == 0 else below + "  ", "- " if number == 0 else "")
            else:
                yield from _lines(name, field, below)
    elif many and not words:
        yield Line(f"{below}-")


def _fields(cls: type[Record]) -> list[tuple[str, FieldInfo]]:
    """Return the keys of a record, what the class itself declares before what it shares with others."""
    fields = [(name, info) for name, info in cls.model_fields.items() if name != "id"]
    fields.sort(key=lambda field: field[0] not in cls.__annotations__)
    return [(key_of(name, info), info) for name, info in fields]


def _shapes(info: FieldInfo) -> Iterator[Shape]:
    yield from marks_in(info.annotation, Shape)


def _guidance(info: FieldInfo, shape: Shape | None) -> str:
    text = info.description or ""
    if terms := literal_terms(info.annotation):
        text += f" One of {', '.join(terms)}." if not all(term in text for term in terms) else ""
    elif shape and shape.name.startswith(_SAYS_HOW):
        text += f" Write {shape.name}."
    return text if info.is_required() else f"{text}{OPTIONAL}"
