"""Values of a file to a record, or to every fault in them, in words that say what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from changebook.characters import pasted_words, shown
from changebook.model.record import Record, key_of, record_in
from changebook.names import did_you_mean
from changebook.source.events import Steps

_R = TypeVar("_R", bound=Record)
# How many unknown keys of one mapping are told apart: nobody misspells more.
UNKNOWN_KEYS = 20


@dataclass(frozen=True)
class Fault:
    """What is wrong at some steps into a file's values; `of_key` when it is the key, not its value."""

    steps: Steps
    message: str
    of_key: bool = False


def read_record(cls: type[_R], values: Mapping[str, Any], context: Mapping[str, Any]) -> tuple[_R | None, list[Fault]]:
    """Return the record that `values` make, or None and all that is wrong with them."""
    try:
        return cls.model_validate(values, context=dict(context)), []
    except ValidationError as error:
        return None, list(_faults(cls, error.errors(include_url=False)))


def dotted(steps: Steps) -> str:
    """Return steps as people write them: `playbooks[0].checks[2].do`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return text.removeprefix(".")


def _faults(cls: type[Record], found: list[ErrorDetails]) -> Iterator[Fault]:
    """Yield what is wrong, less what follows from something else; of many unknown keys the first ones."""
    inside = {details["loc"][:end] for details in found for end in range(len(details["loc"]))}
    unknown: Counter[tuple[int | str, ...]] = Counter()
    for details in found:
        around = details["loc"][:-1]
        if details["type"] == "too_short" and details["loc"] in inside:
            continue  # its items are wrong, so that none was left to count
        if details["type"] == "extra_forbidden":
            unknown[around] += 1
            if unknown[around] == UNKNOWN_KEYS:
                yield Fault(details["loc"], "more unknown keys follow from here; see the handbook, Every field", True)
            if unknown[around] >= UNKNOWN_KEYS:
                continue
        yield _fault(cls, details)


def _fault(cls: type[Record], details: ErrorDetails) -> Fault:
    steps: Steps = tuple(step for step in details["loc"] if step != "[key]")
    kind, context = details["type"], details.get("ctx", {})
    if kind == "missing":
        owner, info = _at(cls, steps)
        what = (info.description or "").rstrip(".") if info else ""
        return Fault(steps[:-1], f"{dotted(steps)} is missing; add it: {what[:1].lower() + what[1:]}")
    if kind == "extra_forbidden":
        owner, _ = _at(cls, steps)
        known = [key_of(name, info) for name, info in owner.model_fields.items() if name != "id"]
        key = str(steps[-1])
        remedy = next((pasted_words(character) for character in key if not character.isascii()), None)
        if " " in key and not details["input"]:
            remedy = remedy or "keys have no spaces; if a comma cut it off a text, put the whole text in quotes"
        return Fault(steps, f"unknown key {shown(key)}; {remedy or did_you_mean(key, known)}", of_key=True)
    return Fault(
        steps, f"{dotted(steps)}: {_message(kind, context, details['input'])}", of_key="[key]" in details["loc"]
    )


def _message(kind: str, context: Mapping[str, Any], found: Any) -> str:
    if kind == "fault":
        return str(context["message"])
    if kind == "literal_error":
        terms = [term.strip("'") for term in str(context["expected"]).replace(" or ", ", ").split(", ")]
        said = f"expected one of {', '.join(terms)}; found {_shape(found)}"
        wrong = isinstance(found, str) and found
        return f"{shown(found)} is not one of the terms; {did_you_mean(found, terms)}" if wrong else said
    if kind == "tuple_type":
        pasted = getattr(found, "pasted", "")
        said = f"expected a list, found {_shape(found)}; start each item on its own line with '- '"
        return pasted_words(pasted) if pasted else said
    if kind in ("model_type", "dict_type", "mapping_type"):
        return f"expected keys and values, found {_shape(found)}; write 'key: value' lines"
    assert kind in ("too_long", "too_short"), f"no words for the fault {kind!r}"
    if kind == "too_short":
        count, least = context["actual_length"], context["min_length"]
        few = f"only {count} of the {least} items that this list needs; add more"
        return few if count else "the list is empty; write at least one item"
    return f"{context['actual_length']} items, {context['max_length']} at most; drop one, or combine two"


def _shape(found: Any) -> str:
    """Return what a value of the wrong shape is, in an author's words."""
    if isinstance(found, list):
        return "a list"
    if isinstance(found, dict):
        return "keys and values"
    return "text" if found else "nothing"


def _at(cls: type[Record], steps: Steps) -> tuple[type[Record], FieldInfo | None]:
    """Return the record class that owns the last step, and the step's field where it has one."""
    return _field_at(cls, tuple(step for step in steps if isinstance(step, str)))


@lru_cache(maxsize=1024)  # thousands of items may lack the same key
def _field_at(cls: type[Record], keys: tuple[str, ...]) -> tuple[type[Record], FieldInfo | None]:
    owner, info = cls, None
    for step in keys:
        info = next((info for name, info in owner.model_fields.items() if key_of(name, info) == step), None)
        if info is None:
            break
        inner = record_in(info.annotation)
        if inner and step != keys[-1]:
            owner = inner
    return owner, info


def literal_terms(annotation: Any) -> tuple[str, ...]:
    """Return the terms of a `Literal`, looking through `None`."""
    terms: list[str] = []
    for part in get_args(annotation):
        terms.extend([part] if isinstance(part, str) else literal_terms(part))
    return tuple(terms)
