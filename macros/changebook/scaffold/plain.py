"""Values of a record as YAML in the look of this book's records."""

from __future__ import annotations

from typing import Any

import yaml

from changebook.model import Record
from changebook.model.record import key_of, marks_in, record_in
from changebook.model.text import Shape
from changebook.scalars import Scalar, retyped

WIDTH = 116
_DATES = ("a time", "a day")


def as_yaml(values: Any) -> str:
    """Return `values` (mappings, lists, text) as YAML that reads as the same values."""
    # PyYAML's types name no dumper of one's own.
    text: str = yaml.dump(values, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)
    return text.removesuffix("...\n").rstrip("\n")


def without_dates(cls: type[Record], values: Any) -> Any:
    """Return the values of a record of `cls` less its times and days, and less the searches that must find it."""
    if isinstance(values, list):
        return [without_dates(cls, item) for item in values]
    kept = {}
    for name, info in cls.model_fields.items():
        key, inner = key_of(name, info), record_in(info.annotation)
        shapes = [mark for mark in (*info.metadata, *marks_in(info.annotation, Shape)) if isinstance(mark, Shape)]
        dated = any(shape.name.startswith(_DATES) for shape in shapes)
        if key in values and not dated and key != "must_find":
            kept[key] = without_dates(inner, values[key]) if inner else values[key]
    return kept


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        # A list stands two columns below its key.
        super().increase_indent(flow, False)


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    if isinstance(text, Scalar) and text.reads_as:
        # It was written bare, as the model allows here: 504, true.
        tag = str(dumper.resolve(yaml.ScalarNode, str(text), (True, False)))  # type: ignore[no-untyped-call]
        return dumper.represent_scalar(tag, str(text))
    style = "|" if "\n" in text else ">" if len(text) > WIDTH - 16 else '"' if retyped(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style=style)


def _list(dumper: _Dumper, items: list[Any]) -> yaml.Node:
    # Ids and codes stand on one line, as authors write them; sentences and mappings one below the other.
    words = all(isinstance(item, str) and " " not in item and "," not in item for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=words and len(str(items)) < WIDTH)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Scalar, _text)
_Dumper.add_representer(list, _list)
