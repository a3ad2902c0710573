"""Values of a record as YAML in the look of this book's records."""

from __future__ import annotations

from typing import Any

import yaml

from changebook.model import Record
from changebook.model.keys import Key, keys_of
from changebook.source.scalars import Scalar, retyped

WIDTH = 116


def as_yaml(values: Any) -> str:
    """Return `values` (mappings, lists, text) as YAML that reads as the same values."""
    # PyYAML's types name no dumper of one's own.
    text: str = yaml.dump(values, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)
    return text.removesuffix("...\n").rstrip("\n")


def without_dates(cls: type[Record], values: Any) -> Any:
    """Return the values of a record of `cls` less its times and days, and less the searches that must find it.

    What is nothing without its day, such as the last one of an older version, is left out whole.
    """
    if isinstance(values, list):
        return [without_dates(cls, item) for item in values]
    kept = {}
    for key in keys_of(cls):
        if key.key in values and not (_is_dated(key) or (key.inner and any(map(_must, keys_of(key.inner))))):
            value = values[key.key]
            kept[key.key] = without_dates(key.inner, value) if key.inner else value
    return kept


def _is_dated(key: Key) -> bool:
    return bool(key.shape and key.shape.dated) or key.key == "must_find"


def _must(key: Key) -> bool:
    return key.required and bool(key.shape and key.shape.dated)


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        # A list is indented two columns below its key.
        super().increase_indent(flow, False)


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    if isinstance(text, Scalar) and text.reads_as:
        # It was written bare, as the model allows here: 504, true.
        tag = str(dumper.resolve(yaml.ScalarNode, str(text), (True, False)))  # type: ignore[no-untyped-call]
        return dumper.represent_scalar(tag, str(text))
    style = "|" if "\n" in text else ">" if len(text) > WIDTH - 16 else '"' if retyped(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style=style)


def _list(dumper: _Dumper, items: list[Any]) -> yaml.Node:
    # Ids and codes go on one line, as authors write them; sentences and mappings one below the other.
    words = all(isinstance(item, str) and " " not in item and "," not in item for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=words and len(str(items)) < WIDTH)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Scalar, _text)
_Dumper.add_representer(list, _list)
