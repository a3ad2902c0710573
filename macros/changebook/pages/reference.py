"""The handbook's tables: every field from the model, every check and macro from its docstring."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from changebook.book import TABLES, Book
from changebook.checks import CHECKS
from changebook.editions.read import readers_in
from changebook.model import Calendar, Change, Record, Scenario, Settings, Wording
from changebook.model.keys import Key, keys_of
from changebook.model.mapping import TicketMapping
from changebook.names import anchor
from changebook.pages.blocks import BLOCKS
from changebook.privacy.check import check_privacy
from changebook.readiness import change_rules, desk_rules
from changebook.render import Block, Listed
from changebook.tickets.figures import KPIS
from changebook.tickets.shape import SHAPES, rule_words

_ABOUT_ONE = {"change", "scenario", "system", "group", "partner"}
ROOTS: tuple[type[Record], ...] = (Change, Scenario, Settings, Wording, Calendar, *TABLES.values(), TicketMapping)


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
    inner_title: str


@dataclass(frozen=True)
class FieldTable:
    """The keys of one kind of record."""

    title: str
    anchor: str
    about: str
    rows: list[FieldRow]


@dataclass(frozen=True)
class ReferenceEntry:
    """A check, a gap or a macro: its name, what its docstring says, and an example."""

    name: str
    anchor: str
    text: str
    example: str


def field_reference(book: Book) -> Block:
    """Place every key that a record, a scenario and the desk's lists can have.

    Example: {{ field_reference() }}
    """
    tables = [_table(cls) for cls in record_classes()]
    starts = [tables.index(_table(cls)) for cls in (Change, Scenario, Settings)] + [len(tables)]
    titles = ("A change, `changes/NAME.yaml`:", "A scenario, `desk/scenarios/NAME.yaml`:", "The desk, `desk/*.yaml`:")
    return Block("fields", Listed([(titles[at], tables[starts[at] : starts[at + 1]]) for at in range(3)]))


def check_reference(book: Book) -> Block:
    """Place every check and gap with its rule.

    Example: {{ check_reference() }}
    """
    desk = ("Gaps in general playbooks are reported", desk_rules())
    return _rules(
        ("Problems stop the build", sorted((*CHECKS, check_privacy), key=lambda check: check.__name__)),
        ("Gaps are reported and shown", change_rules()),
        desk,
    )


def macro_reference(book: Book) -> Block:
    """Place every macro with its arguments, errors and an example.

    Example: {{ macro_reference() }}
    """
    one = [macro for macro in BLOCKS if _ABOUT_ONE & set(inspect.signature(macro).parameters)]
    more = [macro for macro in BLOCKS if macro not in one]
    return _rules(
        ("One change, scenario or system", one), ("Lists, and a badge", more), ("This handbook", HANDBOOK_MACROS)
    )


def figure_reference(book: Book) -> Block:
    """Place every figure that is counted from tickets, with its definition.

    Example: {{ figure_reference() }}
    """
    return Block("figure_rules", Listed([ReferenceEntry(kpi.title, kpi.anchor, kpi.about, "") for kpi in KPIS]))


def shape_reference(book: Book) -> Block:
    """Place every rule that says what the shape of a launch suggests.

    Example: {{ shape_reference() }}
    """
    found = [ReferenceEntry(title, anchor(title), rule_words(rule), "") for title, rule in SHAPES]
    return Block("figure_rules", Listed(found))


def record_classes() -> Iterator[type[Record]]:
    """Yield every class of record once, a class before those inside it."""
    seen: set[type[Record]] = set()
    waiting = list(ROOTS)
    while waiting:
        cls = waiting.pop(0)
        if cls not in seen:
            seen.add(cls)
            yield cls
            waiting[:0] = [key.inner for key in keys_of(cls) if key.inner]


def _table(cls: type[Record]) -> FieldTable:
    rows = [_row(cls, key) for key in keys_of(cls)]
    return FieldTable(_title(cls), _anchor(cls), inspect.getdoc(cls) or "", rows)


def _row(cls: type[Record], key: Key) -> FieldRow:
    kind = "one of" if key.terms else key.shape.name if key.shape else "the keys of"
    many = f"list, each {'with ' if key.inner else ''}" if key.many else ""
    return FieldRow(
        key=key.key,
        anchor=f"{_anchor(cls)}-{key.key.replace('_', '-')}",
        required=key.required,
        holds=f"for each of these {kind}:" if key.named else f"{many}{kind}",
        terms=key.terms,
        says=key.about,
        readers=readers_in(cls, key.name),
        inner=_anchor(key.inner) if key.inner else "",
        inner_title=_title(key.inner) if key.inner else "",
    )


def _rules(*groups: tuple[str, Iterable[Callable[..., object]]]) -> Block:
    found = [(title, anchor(title), [_rule(function) for function in rules]) for title, rules in groups]
    return Block("rules", Listed(found))


def _rule(function: Callable[..., object]) -> ReferenceEntry:
    text, _, example = (inspect.getdoc(function) or "").partition("Example: ")
    return ReferenceEntry(function.__name__, function.__name__.replace("_", "-"), text.strip(), example.strip())


def _title(cls: type[Record]) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in cls.__name__).strip().capitalize()


def _anchor(cls: type[Record]) -> str:
    return f"record-{_title(cls).lower().replace(' ', '-')}"


HANDBOOK_MACROS: tuple[Callable[..., Block], ...] = (
    check_reference,
    field_reference,
    figure_reference,
    macro_reference,
    shape_reference,
)
MACROS: tuple[Callable[..., Block], ...] = (*BLOCKS, *HANDBOOK_MACROS)
