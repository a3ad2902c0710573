"""The handbook's tables: every field from the model, every check and macro from its docstring."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pydantic.fields import FieldInfo

from changebook.blocks import BLOCKS
from changebook.book import TABLES, Book
from changebook.checks import CHECKS
from changebook.model import Change, Record, Scenario, Settings, Wording
from changebook.model.reading import literal_terms
from changebook.model.record import key_of, marks_in, readers_of, record_in
from changebook.model.text import Shape
from changebook.readiness import GAPS
from changebook.render import Block

ROOTS: tuple[type[Record], ...] = (Change, Scenario, Settings, Wording, *TABLES.values())


@dataclass(frozen=True)
class FieldRow:
    """One key of a record, as the handbook lists it."""

    key: str
    anchor: str
    required: bool
    holds: str
    terms: tuple[str, ...]
    says: str
    readers: str
    inner: str


@dataclass(frozen=True)
class FieldTable:
    """The keys of one kind of record."""

    title: str
    anchor: str
    about: str
    rows: list[FieldRow]


@dataclass(frozen=True)
class Rule:
    """A check, a gap or a macro: its name, what its docstring says, and an example."""

    name: str
    anchor: str
    text: str
    example: str


def field_reference(book: Book) -> Block:
    """Place every key that a record, a scenario and the desk's lists may hold.

    Example: {{ field_reference() }}
    """
    return Block("fields", {"tables": [_table(cls) for cls in record_classes()]})


def check_reference(book: Book) -> Block:
    """Place every check and gap with its rule.

    Example: {{ check_reference() }}
    """
    rules: tuple[Callable[..., object], ...] = (*CHECKS, *GAPS)
    return Block("rules", {"rules": [_rule(function) for function in rules]})


def macro_reference(book: Book) -> Block:
    """Place every macro with its arguments, errors and an example.

    Example: {{ macro_reference() }}
    """
    return Block("rules", {"rules": [_rule(macro) for macro in MACROS]})


def record_classes() -> Iterator[type[Record]]:
    """Yield every class of record once, a class before those inside it."""
    seen: set[type[Record]] = set()
    waiting = list(ROOTS)
    while waiting:
        cls = waiting.pop(0)
        if cls not in seen:
            seen.add(cls)
            yield cls
            waiting[:0] = [inner for info in cls.model_fields.values() if (inner := record_in(info.annotation))]


def _table(cls: type[Record]) -> FieldTable:
    rows = [_row(cls, name, info) for name, info in cls.model_fields.items() if name != "id"]
    return FieldTable(_title(cls), _anchor(cls), inspect.getdoc(cls) or "", rows)


def _row(cls: type[Record], name: str, info: FieldInfo) -> FieldRow:
    key, inner = key_of(name, info), record_in(info.annotation)
    shapes = [mark for mark in info.metadata if isinstance(mark, Shape)] or list(marks_in(info.annotation, Shape))
    terms = literal_terms(info.annotation)
    kind = "one of" if terms else shapes[-1].name if shapes else "keys and values"
    many = "list, each " if str(info.annotation).startswith("tuple") else ""
    if str(info.annotation).startswith("dict"):
        many = "for each of these sections "
        kind = f"{shapes[-1].name}:"
    return FieldRow(
        key=key,
        anchor=f"{_anchor(cls)}-{key.replace('_', '-')}",
        required=info.is_required(),
        holds=many + kind,
        terms=terms,
        says=info.description or "",
        readers=readers_of(info),
        inner=_anchor(inner) if inner else "",
    )


def _rule(function: Callable[..., object]) -> Rule:
    text, _, example = (inspect.getdoc(function) or "").partition("Example: ")
    return Rule(function.__name__, function.__name__.replace("_", "-"), text.strip(), example.strip())


def _title(cls: type[Record]) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in cls.__name__).strip().capitalize()


def _anchor(cls: type[Record]) -> str:
    return f"record-{_title(cls).lower().replace(' ', '-')}"


MACROS: tuple[Callable[..., Block], ...] = (*BLOCKS, check_reference, field_reference, macro_reference)
