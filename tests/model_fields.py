"""The fields of the model, found by looking: a new one is tried without being listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from changebook.model import Record
from changebook.model.record import key_of, record_in


def missing_keys(cls: type[Record], values: Mapping[str, Any], where: str = "") -> Iterator[str]:
    """Yield every key of the records of class `cls` that no value of a file holds, such as `playbooks.checks.do`."""
    for name, info in cls.model_fields.items():
        key, inner = key_of(name, info), record_in(info.annotation)
        if name == "id":
            continue
        if key not in values:
            yield f"{where}{key}"
        elif inner:
            held = values[key]
            yield from missing_keys(inner, merged(held if isinstance(held, list) else [held]), f"{where}{key}.")


def merged(records: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one record with the keys of all, and every item of their lists."""
    found: dict[str, Any] = {}
    for record in records:
        for key, value in record.items():
            if isinstance(value, list):
                found[key] = [*found.get(key, []), *value]
            elif isinstance(value, dict):
                found[key] = merged([found.get(key, {}), value])
            else:
                found[key] = value
    return found
